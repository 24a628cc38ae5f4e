import { distance1, distanceP, type Numbers } from '../../distributions/wasserstein';
import type { Distance } from '../losses/distances';

/**
 * The distance of the rows of a matrix, by their numbers: what `pairwiseDistances` is in training.
 *
 * @param rows `count` rows of one length; the distance of bytes is in their steps
 */
export function rowDistance(rows: Numbers, count: number, distance: Distance = 'd1'): (a: number, b: number) => number {
  const size = rows.length / count;
  const views = Array.from({ length: count }, (_, n) => rows.subarray(n * size, (n + 1) * size));
  const view = numbered(views);
  switch (distance) {
    case 'd1':
      return (a, b) => distance1(view(a), rows, b * size);
    case 'd2':
      return (a, b) => distanceP(view(a), view(b), 2);
    case 'cosine': {
      const unit = numbered(views.map(direction));
      return (a, b) => 1 - product(unit(a), unit(b));
    }
  }
}

function numbered<T extends Numbers>(vectors: readonly T[]): (n: number) => T {
  return (n) => {
    const vector = vectors[n];
    if (vector === undefined) throw new RangeError(`there is no row ${n}`);
    return vector;
  };
}

function direction(vector: Numbers): Float32Array {
  const norm = Math.sqrt(product(vector, vector));
  return Float32Array.from(vector, (value) => (norm === 0 ? value : value / norm));
}

function product(a: Numbers, b: Numbers): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

/** Computes a symmetric distance of `count` items once per pair. */
export function remembered(
  count: number,
  distance: (a: number, b: number) => number,
): (a: number, b: number) => number {
  const known = new Float64Array((count * (count + 1)) / 2).fill(NaN);
  return (a, b) => {
    const [low, high] = a < b ? [a, b] : [b, a];
    const at = (high * (high + 1)) / 2 + low;
    const found = known[at]!;
    return Number.isNaN(found) ? (known[at] = distance(low, high)) : found;
  };
}
