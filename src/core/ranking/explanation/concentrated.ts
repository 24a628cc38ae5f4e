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
