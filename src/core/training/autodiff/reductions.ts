import { add, divide, multiply, scale, subtract } from './arithmetic';
import { equalMask, exp, log } from './elementwise';
import { reduceTo, reshape } from './shape';
import type { Variable } from './tape';

/** Every reduction keeps its axes, with size 1. */
function reducedShape(x: Variable, axes: readonly number[]): readonly number[] {
  return x.shape.map((n, axis) => (axes.includes(axis) ? 1 : n));
}

export function sum(x: Variable, axes: readonly number[]): Variable {
  return reduceTo(x, reducedShape(x, axes));
}

/** The sum of all entries, a scalar. */
export function total(x: Variable): Variable {
  return reshape(
    reduceTo(
      x,
      x.shape.map(() => 1),
    ),
    [],
  );
}

export function mean(x: Variable, axes: readonly number[]): Variable {
  return scale(sum(x, axes), 1 / axes.reduce((product, axis) => product * x.size(axis), 1));
}

/** Sums of absolute values. */
export function absoluteSum(x: Variable, axes: readonly number[]): Variable {
  const sign = (): Variable => x.tape.apply('Sign', [x], x.shape, []);
  const extras = { attributes: { axes, keepdims: 1 } };
  return x.tape.apply('ReduceL1', [x], reducedShape(x, axes), [(g) => multiply(g, sign())], extras);
}

/** Sums of squares. */
export function squareSum(x: Variable, axes: readonly number[]): Variable {
  const extras = { attributes: { axes, keepdims: 1 } };
  return x.tape.apply('ReduceSumSquare', [x], reducedShape(x, axes), [(g) => multiply(scale(g, 2), x)], extras);
}

/** The largest entries; equal ones share the gradient. */
export function max(x: Variable, axes: readonly number[]): Variable {
  const result: Variable = maxima(x, axes, [
    (g) => {
      const holders = equalMask(x, result);
      return multiply(divide(g, sum(holders, axes)), holders);
    },
  ]);
  return result;
}

function maxima(x: Variable, axes: readonly number[], gradients: readonly ((g: Variable) => Variable)[]): Variable {
  const extras = { attributes: { axes, keepdims: 1 } };
  return x.tape.apply('ReduceMax', [x], reducedShape(x, axes), gradients, extras);
}

/** log sum exp over axes, shifted by the maximum so that nothing overflows; its derivative is the softmax. */
export function logSumExp(x: Variable, axes: readonly number[]): Variable {
  const { tape } = x;
  const largest = maxima(x, axes, []);
  const untracked = tape.record(x.value, [], x.shape, []);
  const { value, shape } = add(largest, log(sum(exp(subtract(untracked, largest)), axes)));
  const result: Variable = tape.record(value, [x], shape, [(g) => multiply(g, exp(subtract(x, result)))]);
  return result;
}
