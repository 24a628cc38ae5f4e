import type { Variable } from './tape';

export const sizeOf = (shape: readonly number[]): number => shape.reduce((product, n) => product * n, 1);

export function reshape(x: Variable, shape: readonly number[]): Variable {
  if (sizeOf(shape) !== sizeOf(x.shape))
    throw new RangeError(`[${x.shape.join()}] has not the size of [${shape.join()}]`);
  if (shape.join() === x.shape.join()) return x;
  return x.tape.apply('Reshape', [x], shape, [(g) => reshape(g, x.shape)], { integers: [shape] });
}

/** @param order which axis of `x` becomes axis 0, 1, ... */
export function transpose(x: Variable, order: readonly number[]): Variable {
  const inverse = order.map((_, axis) => order.indexOf(axis));
  const shape = order.map((axis) => x.size(axis));
  return x.tape.apply('Transpose', [x], shape, [(g) => transpose(g, inverse)], { attributes: { perm: order } });
}

/** Repeats `x` along its axes of size 1. */
export function expand(x: Variable, shape: readonly number[]): Variable {
  if (shape.join() === x.shape.join()) return x;
  return x.tape.apply('Expand', [x], shape, [(g) => reduceTo(g, x.shape)], { integers: [shape] });
}

/** Sums over the axes along which a tensor of this shape was repeated: the gradient of broadcasting. */
export function reduceTo(x: Variable, shape: readonly number[]): Variable {
  const offset = x.shape.length - shape.length;
  const axes = x.shape.flatMap((n, axis) => (axis < offset || (shape[axis - offset] === 1 && n > 1) ? [axis] : []));
  if (axes.length === 0) return reshape(x, shape);
  const kept = x.shape.map((n, axis) => (axes.includes(axis) ? 1 : n));
  const extras = { attributes: { keepdims: 1 }, integers: [axes] };
  return reshape(x.tape.apply('ReduceSum', [x], kept, [(g) => expand(g, x.shape)], extras), shape);
}

/** @throws RangeError when there are no parts */
export function concat(parts: readonly Variable[], axis: number): Variable {
  const [first, ...others] = parts;
  if (first === undefined) throw new RangeError('there is nothing to concatenate');
  if (others.length === 0) return first;
  let total = 0;
  const gradients = parts.map((part) => {
    const start = total;
    const end = (total += part.size(axis));
    return (g: Variable) => slice(g, axis, start, end);
  });
  const shape = first.shape.map((n, a) => (a === axis ? total : n));
  return first.tape.apply('Concat', parts, shape, gradients, { attributes: { axis } });
}

/** Every `step`-th entry of an axis from `start` up to `end`, which is left out. */
export function slice(x: Variable, axis: number, start: number, end: number, step = 1): Variable {
  const size = x.size(axis);
  if (start === 0 && end === size && step === 1) return x;
  const count = Math.ceil((end - start) / step);
  const shape = x.shape.map((n, a) => (a === axis ? count : n));
  const extras = { integers: [[start], [end], [axis], [step]] };
  return x.tape.apply('Slice', [x], shape, [(g) => unslice(g, axis, start, step, size)], extras);
}

/** Spreads the entries of an axis over a longer one of zeros: the gradient of `slice`. */
function unslice(x: Variable, axis: number, start: number, step: number, size: number): Variable {
  const count = x.size(axis);
  const before = x.shape.slice(0, axis);
  const after = x.shape.slice(axis + 1);
  const single = reshape(x, [...before, count, 1, ...after]);
  const spread = reshape(pad(single, axis + 1, 0, step - 1), [...before, count * step, ...after]);
  const longer = size - start - count * step;
  return longer < 0 ? pad(slice(spread, axis, 0, size - start), axis, start, 0) : pad(spread, axis, start, longer);
}

/** Puts zeros before and after an axis. */
export function pad(x: Variable, axis: number, before: number, after: number): Variable {
  if (before === 0 && after === 0) return x;
  const size = x.size(axis);
  const shape = x.shape.map((n, a) => (a === axis ? n + before + after : n));
  const pads = [before, after].flatMap((n) => x.shape.map((_, a) => (a === axis ? n : 0)));
  return x.tape.apply('Pad', [x], shape, [(g) => slice(g, axis, before, before + size)], { integers: [pads] });
}
