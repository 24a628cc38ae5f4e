import { radixSort } from '../../distributions/radixSort';

/**
 * What each value of a sample must travel so that the sample's distribution becomes another one: the integrand of W_1
 * in the order of the values, |f(t) - G^-1(F(f(t)))|. The mean over the values is W_1.
 *
 * W_1 is measured on Q levels, so the sample is cut by rank into Q equal shares, and share q is given exactly the cost
 * |a_q - b_q| per value. Within a share the values divide it in proportion to the distance from each to the other
 * function at its rank (interpolated between the levels), evenly where all of them are at distance 0. A value that
 * lies across the border of two shares takes part in both, and equal values cost the same.
 *
 * @param values n values in any order, n at least 1
 * @param own the Q levels of the sample's quantile function
 * @param other the Q levels of the other one
 * @returns n costs in the order of the values; their mean is the mean of |own - other|
 */
export function valueCosts(values: Float32Array, own: Float32Array, other: Float32Array): Float64Array {
  const sorted = values.slice();
  radixSort(sorted, new Float32Array(sorted.length));
  const byRank = evenAmongEqual(sorted, rankCosts(sorted, own, other));
  return inOrderOf(values, sorted, byRank);
}

function rankCosts(sorted: Float32Array, own: Float32Array, other: Float32Array): Float64Array {
  const n = sorted.length;
  const levels = own.length;
  const travel = new Float64Array(n);
  for (let rank = 0; rank < n; rank++) {
    travel[rank] = Math.abs(sorted[rank]! - interpolated(other, ((rank + 0.5) / n) * levels - 0.5));
  }
  const out = new Float64Array(n);
  for (let q = 0; q < levels; q++) {
    const start = (q * n) / levels;
    const end = ((q + 1) * n) / levels;
    const cost = Math.abs(own[q]! - other[q]!) * (end - start);
    let sum = 0;
    for (let rank = Math.floor(start); rank < end; rank++) sum += travel[rank]! * overlap(rank, start, end);
    for (let rank = Math.floor(start); rank < end; rank++) {
      const share = sum > 0 ? travel[rank]! / sum : 1 / (end - start);
      out[rank]! += cost * share * overlap(rank, start, end);
    }
  }
  return out;
}

/** How much of [rank, rank + 1) lies within [start, end). */
function overlap(rank: number, start: number, end: number): number {
  return Math.min(rank + 1, end) - Math.max(rank, start);
}

function interpolated(levels: Float32Array, position: number): number {
  const last = levels.length - 1;
  const below = Math.min(Math.max(Math.floor(position), 0), last);
  const weight = Math.min(Math.max(position - below, 0), 1);
  const value = levels[below]!;
  return value + weight * (levels[Math.min(below + 1, last)]! - value);
}

function evenAmongEqual(sorted: Float32Array, costs: Float64Array): Float64Array {
  for (let start = 0; start < costs.length;) {
    let end = start + 1;
    let sum = costs[start]!;
    while (end < costs.length && sorted[end] === sorted[start]) sum += costs[end++]!;
    if (end > start + 1) costs.fill(sum / (end - start), start, end);
    start = end;
  }
  return costs;
}

/**
 * What stands at the rank of each value. A value's rank is looked for among the sorted values of its own bucket of the range,
 * about one each: a search among all of them takes most of an explanation's time.
 */
function inOrderOf(values: Float32Array, sorted: Float32Array, byRank: Float64Array): Float64Array {
  const n = values.length;
  const least = sorted[0]!;
  const range = sorted[n - 1]! - least;
  const perUnit = range > 0 ? n / range : 0;
  const firsts = new Uint32Array(n + 1).fill(n);
  for (let rank = n - 1; rank >= 0; rank--) {
    firsts[Math.min(Math.floor((sorted[rank]! - least) * perUnit), n - 1)] = rank;
  }
  for (let bucket = n - 1; bucket >= 0; bucket--) firsts[bucket] = Math.min(firsts[bucket]!, firsts[bucket + 1]!);
  const out = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    const value = values[i]!;
    const bucket = Math.min(Math.floor((value - least) * perUnit), n - 1);
    out[i] = byRank[firstAtLeast(sorted, value, firsts[bucket]!, firsts[bucket + 1]!)]!;
  }
  return out;
}

/** The first of some ranks whose value is no less; the one after them if all are. */
function firstAtLeast(sorted: Float32Array, value: number, from: number, to: number): number {
  let low = from;
  let high = to;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! >= value) high = middle;
    else low = middle + 1;
  }
  return low;
}
