import { add } from './arithmetic';
import { concat, pad, reshape, sizeOf } from './shape';
import type { Gradient, Variable } from './tape';

/**
 * The symmetric matrix with zeros on its diagonal whose upper triangle is given row by row.
 *
 * @param x size (size - 1) / 2 entries
 */
export function symmetric(x: Variable, size: number): Variable {
  const pairs = sizeOf(x.shape);
  const upper: number[] = [];
  const lower: number[] = [];
  const places = new Array<number>(size * size).fill(pairs);
  for (let i = 0; i < size; i++) {
    for (let j = i + 1; j < size; j++) {
      places[i * size + j] = places[j * size + i] = upper.length;
      upper.push(i * size + j);
      lower.push(j * size + i);
    }
  }
  const withZero = concat([reshape(x, [pairs]), x.tape.constant([1], new Float32Array(1))], 0);
  const entries = take(withZero, places, [
    (g) => {
      const flat = reshape(g, [size * size]);
      return pad(add(take(flat, upper, []), take(flat, lower, [])), 0, 0, 1);
    },
  ]);
  return reshape(entries, [size, size]);
}

/** Entries of a vector by their numbers. */
function take(x: Variable, numbers: readonly number[], gradients: readonly Gradient[]): Variable {
  return x.tape.apply('Gather', [x], [numbers.length], gradients, { integers: [numbers] });
}
