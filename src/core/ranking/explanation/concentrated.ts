import type { Span } from '../../encoder/windows';

/** A stretch of a recording that carries more of a cost than its length. */
export interface Concentrated extends Span {
  /** What it carries of the cost, and what it takes of the time: shares of 1. */
  readonly share: number;
  readonly length: number;
}

/**
 * The stretch whose share of the costs exceeds its share of the time by most. It is the one with the largest sum of
 * cost / total - 1 / n (Kadane's algorithm; Bentley 1984, "Programming pearls: algorithm design techniques").
 *
 * @param costs of n cells of equal length, none negative
 * @returns cells [start, end), or `null` where all costs are 0
 */
export function mostConcentrated(costs: Float64Array): Concentrated | null {
  const n = costs.length;
  let total = 0;
  for (let i = 0; i < n; i++) total += costs[i]!;
  if (!(total > 0)) return null;
  let best = { start: 0, end: n, excess: 0 };
  let start = 0;
  let excess = 0;
  for (let i = 0; i < n; i++) {
    if (excess <= 0) [start, excess] = [i, 0];
    excess += costs[i]! / total - 1 / n;
    if (excess > best.excess + 1e-12) best = { start, end: i + 1, excess };
  }
  const { end } = best;
  let carried = 0;
  for (let i = best.start; i < end; i++) carried += costs[i]!;
  return { start: best.start, end, share: carried / total, length: (end - best.start) / n };
}

/** So much more of the costs than of the time is worth a look, if it is no longer than this share of the time. */
const [leastExcess, mostLength] = [0.05, 0.5];

/** A stretch that has no borders of its own is this share of the time. */
const usualLength = 0.125;

/**
 * The stretch to look at to see a cost: the one that carries most beside its length, or, where costs are spread too evenly for
 * that, the dearest one of an eighth of the time.
 *
 * @returns cells [start, end), or `null` where all costs are 0
 */
export function stretchToSee(costs: Float64Array): Span | null {
  const found = mostConcentrated(costs);
  if (found === null) return null;
  const { start, end, share, length } = found;
  if (share - length >= leastExcess && length <= mostLength) return { start, end };
  return dearest(costs, Math.max(1, Math.round(usualLength * costs.length)));
}

function dearest(costs: Float64Array, width: number): Span {
  let sum = 0;
  let best = { end: width, sum: -Infinity };
  for (let i = 0; i < costs.length; i++) {
    sum += costs[i]!;
    if (i >= width) sum -= costs[i - width]!;
    if (i >= width - 1 && sum > best.sum) best = { end: i + 1, sum };
  }
  return { start: best.end - width, end: best.end };
}
