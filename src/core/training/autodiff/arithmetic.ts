import { reduceTo } from './shape';
import type { Variable } from './tape';

/** The shape of two tensors combined entry by entry, by NumPy's rules. */
function broadcast(a: readonly number[], b: readonly number[]): readonly number[] {
  const rank = Math.max(a.length, b.length);
  return Array.from({ length: rank }, (_, axis) => {
    const m = a[axis - rank + a.length] ?? 1;
    const n = b[axis - rank + b.length] ?? 1;
    if (m !== n && m !== 1 && n !== 1) throw new RangeError(`[${a.join()}] and [${b.join()}] do not fit`);
    return Math.max(m, n);
  });
}

export function add(a: Variable, b: Variable): Variable {
  const gradients = [(g: Variable) => reduceTo(g, a.shape), (g: Variable) => reduceTo(g, b.shape)];
  return a.tape.apply('Add', [a, b], broadcast(a.shape, b.shape), gradients);
}

export function subtract(a: Variable, b: Variable): Variable {
  const gradients = [(g: Variable) => reduceTo(g, a.shape), (g: Variable) => negate(reduceTo(g, b.shape))];
  return a.tape.apply('Sub', [a, b], broadcast(a.shape, b.shape), gradients);
}

export function multiply(a: Variable, b: Variable): Variable {
  const gradients = [
    (g: Variable) => reduceTo(multiply(g, b), a.shape),
    (g: Variable) => reduceTo(multiply(g, a), b.shape),
  ];
  return a.tape.apply('Mul', [a, b], broadcast(a.shape, b.shape), gradients);
}

export function divide(a: Variable, b: Variable): Variable {
  const quotient: Variable = a.tape.apply('Div', [a, b], broadcast(a.shape, b.shape), [
    (g) => reduceTo(divide(g, b), a.shape),
    (g) => negate(reduceTo(divide(multiply(g, quotient), b), b.shape)),
  ]);
  return quotient;
}

export function negate(x: Variable): Variable {
  return x.tape.apply('Neg', [x], x.shape, [negate]);
}

/** `x` times a number. */
export function scale(x: Variable, factor: number): Variable {
  return x.tape.apply('Mul', [x, x.tape.scalar(factor)], x.shape, [(g) => scale(g, factor)]);
}

/** `x` plus a number. */
export function shift(x: Variable, by: number): Variable {
  return x.tape.apply('Add', [x, x.tape.scalar(by)], x.shape, [(g) => g]);
}

/** Matrix products over the last two axes; the axes before are the same, or those of `b` are missing. */
export function matmul(a: Variable, b: Variable): Variable {
  const shape = [...a.shape.slice(0, -1), b.size(-1)];
  return a.tape.apply('MatMul', [a, b], shape, [
    (g) => matmul(g, matrixTranspose(b)),
    (g) => reduceTo(matmul(matrixTranspose(a), g), b.shape),
  ]);
}

/** Exchanges the last two axes; onnxruntime fuses it into a following product. */
export function matrixTranspose(x: Variable): Variable {
  const rank = x.shape.length;
  const order = x.shape.map((_, axis) => (axis < rank - 2 ? axis : 2 * rank - 3 - axis));
  return x.tape.apply(
    'Transpose',
    [x],
    order.map((axis) => x.size(axis)),
    [matrixTranspose],
    {
      attributes: { perm: order },
    },
  );
}
