import { onnxruntime } from '../../../../../src/core/encoder/onnx/runtime';
import { multiply } from '../../../../../src/core/training/autodiff/arithmetic';
import { total } from '../../../../../src/core/training/autodiff/reductions';
import { Tape, type Variable } from '../../../../../src/core/training/autodiff/tape';

export interface Input {
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

export const sizeOf = (shape: readonly number[]) => shape.reduce((product, n) => product * n, 1);

/** Reproducible numbers in [-1, 1), never two alike. */
export function numbers(count: number, seed: number): Float32Array {
  return Float32Array.from({ length: count }, (_, i) => {
    const x = Math.sin(i * 12.9898 + seed * 78.233) * 43758.5453;
    return 2 * (x - Math.floor(x)) - 1;
  });
}

export function input(shape: readonly number[], seed: number, map = (x: number) => x): Input {
  return { shape, values: numbers(sizeOf(shape), seed).map(map) };
}

/** A session of one thread for some outputs of a tape; it takes the tape's inputs `x0`, `x1`, ... */
export async function sessionOf(tape: Tape, outputs: readonly Variable[]) {
  for (const output of outputs) tape.graph.output(output.value, output.shape);
  const options = { intraOpNumThreads: 1, interOpNumThreads: 1, graphOptimizationLevel: 'extended' } as const;
  const { InferenceSession, Tensor } = await onnxruntime();
  const session = await InferenceSession.create(tape.graph.finish('test'), options);
  return async (inputs: readonly Input[]): Promise<readonly Float32Array[]> => {
    const feeds = Object.fromEntries(
      inputs.map(({ shape, values }, i) => [`x${i}`, new Tensor('float32', values, shape)]),
    );
    const results = await session.run(feeds);
    return outputs.map((output) => results[output.value]!.data as Float32Array);
  };
}

type Build = (...inputs: Variable[]) => Variable;

/** The value of a graph without gradients. */
export async function valueOf(build: Build, inputs: readonly Input[]): Promise<Float32Array> {
  const tape = new Tape();
  const output = build(...inputs.map(({ shape }, i) => tape.input(`x${i}`, shape)));
  const run = await sessionOf(tape, [output]);
  return (await run(inputs))[0]!;
}

/**
 * The largest difference, relative to the size of the gradient, between the gradients of a randomly weighted sum of
 * outputs and central differences with Richardson's extrapolation. Differences are taken output by output in float64, so
 * that the rounding of a long sum in float32 does not drown them.
 *
 * @param checked the inputs that are differentiated; all unless given
 */
export async function gradientError(
  build: Build,
  inputs: readonly Input[],
  checked: readonly number[] = inputs.map((_, i) => i),
): Promise<number> {
  const tape = new Tape();
  const variables = inputs.map(({ shape }, i) =>
    checked.includes(i) ? tape.parameter(`x${i}`, shape) : tape.input(`x${i}`, shape),
  );
  const output = build(...variables);
  const factors = numbers(sizeOf(output.shape), 99);
  const sum = total(multiply(output, tape.constant(output.shape, factors)));
  const gradients = tape.gradients(
    sum,
    checked.map((i) => variables[i]!),
  );
  const run = await sessionOf(tape, [output, ...gradients]);
  const analytic = (await run(inputs)).slice(1);
  const at = async (which: number, entry: number, by: number) => {
    const moved = inputs.map((all, i) => (i === which ? { ...all, values: all.values.slice() } : all));
    moved[which]!.values[entry]! += by;
    return (await run(moved))[0]!;
  };
  const slope = async (which: number, entry: number, by: number) => {
    const [up, down] = [await at(which, entry, by), await at(which, entry, -by)];
    return factors.reduce((all, factor, j) => all + factor * (up[j]! - down[j]!), 0) / (2 * by);
  };
  let worst = 0;
  for (const [c, which] of checked.entries()) {
    const scale = Math.max(...analytic[c]!.map(Math.abs), 1e-3);
    for (let entry = 0; entry < inputs[which]!.values.length; entry++) {
      const [coarse, fine] = [await slope(which, entry, step), await slope(which, entry, step / 2)];
      const numeric = (4 * fine - coarse) / 3;
      worst = Math.max(worst, Math.abs(numeric - analytic[c]![entry]!) / scale);
    }
  }
  return worst;
}

/** A power of two, so that the step itself is exact. */
const step = 1 / 64;
