import { radixSort } from './radixSort';

/**
 * The quantile function of a sample at the mid-point levels (i + 0.5) / Q, by linear interpolation between order
 * statistics at the plotting positions (k - 0.5) / n (Hazen 1914; definition 5 of Hyndman and Fan 1996, "Sample
 * Quantiles in Statistical Packages"). With n = Q it is the sorted sample itself, so that the Wasserstein distance
 * of two such functions is exact.
 *
 * @param sorted n ascending values, n at least 1
 * @param out receives Q values from `offset` on
 * @param length n
 * @param first where the smallest value stands
 * @param stride how far the values are apart
 */
export function quantilesOfSorted(
  sorted: Float32Array,
  levels: number,
  out: Float32Array,
  offset = 0,
  length = sorted.length,
  first = 0,
  stride = 1,
): void {
  const last = length - 1;
  for (let i = 0; i < levels; i++) {
    const position = ((i + 0.5) / levels) * length - 0.5;
    const below = Math.min(Math.max(Math.floor(position), 0), last);
    const above = Math.min(below + 1, last);
    const weight = Math.min(Math.max(position - below, 0), 1);
    const a = sorted[first + stride * below]!;
    out[offset + i] = a + weight * (sorted[first + stride * above]! - a);
  }
}

/** The quantile function of `values` at `levels` mid-point levels; the order of the values does not matter. */
export function quantileFunction(values: Float32Array, levels: number): Float32Array {
  const sorted = values.slice();
  radixSort(sorted, new Float32Array(sorted.length));
  const out = new Float32Array(levels);
  quantilesOfSorted(sorted, levels, out);
  return out;
}
