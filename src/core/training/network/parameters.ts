import { convolutionsOf, type Architecture, type Weights } from '../../encoder/architecture';

/** A tensor that is trained. */
export interface Parameter {
  readonly name: string;
  readonly shape: readonly number[];
  /** Whether weight decay draws it to zero: kernels, not biases and scales. */
  readonly decays: boolean;
  /** Where it starts in the vector of all parameters. */
  readonly offset: number;
  readonly size: number;
}

/** What the second convolution of a residual block is scaled by at the start. */
const initialScale = 0.5;

/** Whether a convolution ends a residual block, and so has a learned scale per channel. */
export const endsBlock = (name: string): boolean => name.endsWith('conv1');

/**
 * Every parameter of an encoder in the order of its convolutions, then those of the loss, side by side in one vector.
 *
 * @param extra names of single numbers that the loss learns
 */
export function parametersOf(architecture: Architecture, extra: readonly string[] = []): readonly Parameter[] {
  const all: Parameter[] = [];
  let offset = 0;
  const push = (name: string, shape: readonly number[], decays: boolean) => {
    const size = shape.reduce((product, n) => product * n, 1);
    all.push({ name, shape, decays, offset, size });
    offset += size;
  };
  for (const c of convolutionsOf(architecture)) {
    push(`${c.name}.weight`, [c.outputs, c.inputs, 1, c.kernel], true);
    if (c.bias) push(`${c.name}.bias`, [c.outputs], false);
    if (endsBlock(c.name)) push(`${c.name}.scale`, [c.outputs], false);
  }
  for (const name of extra) push(name, [], false);
  return all;
}

export function parameterCount(parameters: readonly Parameter[]): number {
  return parameters.reduce((sum, { size }) => sum + size, 0);
}

/** The part of a vector of all parameters that belongs to one. */
export function partOf(vector: Float32Array, { offset, size }: Parameter): Float32Array {
  return vector.subarray(offset, offset + size);
}

/**
 * The vector of all parameters that makes an encoder: the scales start at 0.5 and the kernels that they scale at twice
 * the encoder's.
 *
 * @param values of the single numbers that the loss learns
 * @throws RangeError when a weight or a value is missing
 */
export function parameterVector(
  parameters: readonly Parameter[],
  weights: Weights,
  values: Readonly<Record<string, number>> = {},
): Float32Array {
  const vector = new Float32Array(parameterCount(parameters));
  for (const parameter of parameters) {
    const { name } = parameter;
    const part = partOf(vector, parameter);
    const given = weights.get(name);
    const value = values[name];
    if (given !== undefined) part.set(name.endsWith('conv1.weight') ? given.map((w) => w / initialScale) : given);
    else if (name.endsWith('.scale')) part.fill(initialScale);
    else if (value !== undefined) part.fill(value);
    else throw new RangeError(`the weights lack ${name}`);
  }
  return vector;
}

/**
 * The weights of the inference graph: the learned scales are folded into the kernels.
 *
 * @throws RangeError when a scale has no kernel
 */
export function encoderWeights(parameters: readonly Parameter[], vector: Float32Array): Weights {
  const weights = new Map<string, Float32Array>();
  for (const parameter of parameters) weights.set(parameter.name, partOf(vector, parameter).slice());
  for (const [name, scales] of weights) {
    if (!name.endsWith('.scale')) continue;
    weights.delete(name);
    const kernel = weights.get(name.replace(/scale$/, 'weight'));
    if (kernel === undefined) throw new RangeError(`the parameters lack the kernel of ${name}`);
    const perOutput = kernel.length / scales.length;
    kernel.forEach((value, i) => (kernel[i] = value * scales[Math.floor(i / perOutput)]!));
  }
  return weights;
}
