/** The constants of Adam; `weightDecay` is decoupled from the gradient. */
export interface AdamOptions {
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
  readonly weightDecay: number;
}

export const usualAdam: AdamOptions = { beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 1e-4 };

/** What Adam remembers from step to step. */
export interface AdamState {
  /** Running means of the gradients. */
  readonly first: Float32Array;
  /** Running means of their squares. */
  readonly second: Float32Array;
  steps: number;
}

export function adamState(size: number): AdamState {
  return { first: new Float32Array(size), second: new Float32Array(size), steps: 0 };
}

/**
 * One step of Adam (Kingma and Ba 2015, algorithm 1) with decoupled weight decay (Loshchilov and Hutter 2019,
 * algorithm 2), in place.
 *
 * @param decays 1 where weight decay acts, else 0
 */
export function adamStep(
  state: AdamState,
  weights: Float32Array,
  gradient: Float32Array,
  rate: number,
  decays: Uint8Array,
  { beta1, beta2, epsilon, weightDecay }: AdamOptions,
): void {
  state.steps++;
  const { first, second, steps } = state;
  const firstShare = 1 - beta1 ** steps;
  const secondShare = 1 - beta2 ** steps;
  for (let i = 0; i < weights.length; i++) {
    const g = gradient[i]!;
    const m = (first[i] = beta1 * first[i]! + (1 - beta1) * g);
    const v = (second[i] = beta2 * second[i]! + (1 - beta2) * g * g);
    const update = m / firstShare / (Math.sqrt(v / secondShare) + epsilon);
    weights[i]! -= rate * (update + weightDecay * decays[i]! * weights[i]!);
  }
}
