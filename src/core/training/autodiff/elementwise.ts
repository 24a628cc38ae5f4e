import { add, divide, multiply, scale, subtract } from './arithmetic';
import type { Variable } from './tape';

/** SiLU, x times its sigmoid s: Elfwing, Uchibe and Doya 2018; its derivative is s + y (1 - s) = s + y - y s. */
export function silu(x: Variable): Variable {
  const { tape, shape } = x;
  const sigmoid = tape.apply('Sigmoid', [x], shape, []);
  const { value } = tape.apply('Mul', [x, sigmoid], shape, []);
  const result: Variable = tape.record(value, [x], shape, [
    (g) => multiply(g, add(sigmoid, subtract(result, multiply(result, sigmoid)))),
  ]);
  return result;
}

export function exp(x: Variable): Variable {
  const result: Variable = x.tape.apply('Exp', [x], x.shape, [(g) => multiply(g, result)]);
  return result;
}

export function log(x: Variable): Variable {
  return x.tape.apply('Log', [x], x.shape, [(g) => divide(g, x)]);
}

/** @param x positive: the derivative at 0 is infinite */
export function sqrt(x: Variable): Variable {
  const result: Variable = x.tape.apply('Sqrt', [x], x.shape, [(g) => divide(g, scale(result, 2))]);
  return result;
}

/** max(x, 0), with derivative 0 at 0. */
export function relu(x: Variable): Variable {
  return x.tape.apply('Relu', [x], x.shape, [(g) => multiply(g, lessMask(x.tape.scalar(0), x))]);
}

/** 1 where a < b, else 0; constant almost everywhere. */
export function lessMask(a: Variable, b: Variable): Variable {
  return comparison('Less', a, b);
}

/** 1 where a = b, else 0. */
export function equalMask(a: Variable, b: Variable): Variable {
  return comparison('Equal', a, b);
}

function comparison(operator: 'Less' | 'Equal', a: Variable, b: Variable): Variable {
  const float32 = 1;
  const shape = a.shape.length >= b.shape.length ? a.shape.map((n, i) => Math.max(n, b.shape[i] ?? 1)) : b.shape;
  const truth = a.tape.apply(operator, [a, b], shape, []);
  return a.tape.apply('Cast', [truth], shape, [], { attributes: { to: float32 } });
}
