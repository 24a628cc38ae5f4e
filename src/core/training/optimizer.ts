export interface ScheduleOptions {
  /** The highest learning rate. */
  readonly rate: number;
  /** The rate rises linearly for so many steps. */
  readonly warmUp: number;
  /** The share of the highest rate that is left at the end. */
  readonly floor: number;
}

/**
 * Linear warm-up, then half a cosine down to the floor (Loshchilov and Hutter 2017, equation 5, without restarts).
 *
 * @param step from 0
 * @param total how many steps there are
 */
export function learningRate(step: number, total: number, { rate, warmUp, floor }: ScheduleOptions): number {
  if (step < warmUp) return (rate * (step + 1)) / warmUp;
  const progress = Math.min((step - warmUp) / Math.max(total - warmUp, 1), 1);
  return rate * (floor + ((1 - floor) * (1 + Math.cos(Math.PI * progress))) / 2);
}

/**
 * Scales a gradient, in place, so that its Euclidean norm is at most `limit` (Pascanu, Mikolov and Bengio 2013).
 * @returns the norm before
 */
export function clipNorm(gradient: Float32Array, limit: number): number {
  let squares = 0;
  for (const g of gradient) squares += g * g;
  const norm = Math.sqrt(squares);
  if (norm > limit) {
    const factor = limit / norm;
    for (let i = 0; i < gradient.length; i++) gradient[i]! *= factor;
  }
  return norm;
}

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

/**
 * Draws weights a part of the way back to where they started, in place: the decoupled form of the penalty L2-SP of Li,
 * Grandvalet and Davoine 2018, "Explicit inductive bias for transfer learning with convolutional networks" (equation 3).
 *
 * @param share of the way; at most all of it
 */
export function drawTowards(weights: Float32Array, anchor: Float32Array, share: number): void {
  const part = Math.min(share, 1);
  for (let i = 0; i < weights.length; i++) weights[i]! += part * (anchor[i]! - weights[i]!);
}

/**
 * Moves an exponential moving average of the weights on by one step, in place. The average forgets faster at the start,
 * so that the random weights do not linger: its decay is min(decay, (1 + steps) / (10 + steps)).
 *
 * @param steps how many steps came before
 */
export function updateAverage(average: Float32Array, weights: Float32Array, decay: number, steps: number): void {
  const kept = Math.min(decay, (1 + steps) / (10 + steps));
  for (let i = 0; i < average.length; i++) average[i] = kept * average[i]! + (1 - kept) * weights[i]!;
}
