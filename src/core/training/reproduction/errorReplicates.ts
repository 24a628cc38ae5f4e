import type { Protocol } from '../evaluation/protocol';
import { drawCounts } from '../evaluation/bootstrap';

/** Distances are sorted into so many bins, with as many pairs of one label in each as in any other. */
const bins = 100;

/**
 * The equal error rate in every replicate of a bootstrap over queries: the pairs of a query count as often as it is drawn.
 * Thresholds are the bounds of bins, between which both error rates are interpolated linearly.
 *
 * @param name of the pack
 * @param same distances of all pairs of one label, ascending
 * @param queries the numbers of the queries that count, as draws number them
 */
export function errorReplicates(
  name: string,
  protocol: Protocol,
  queries: readonly number[],
  same: Float64Array,
  distance: (query: number, item: number) => number,
): Float64Array {
  const bounds = binBounds(same);
  const histograms = queries.map((query) => histogramsOf(query, protocol, bounds, distance));
  return Float64Array.from(drawCounts(name, queries.length), (counts) => {
    const total = { same: new Float64Array(bins + 1), different: new Float64Array(bins + 1) };
    histograms.forEach((own, q) => {
      const times = counts[q]!;
      if (times === 0) return;
      for (let b = 0; b <= bins; b++) {
        total.same[b]! += times * own.same[b]!;
        total.different[b]! += times * own.different[b]!;
      }
    });
    return crossing(total.same, total.different);
  });
}

interface Histograms {
  readonly same: Float64Array;
  readonly different: Float64Array;
}

/** The largest distance of each bin but the last, which has no bound. */
function binBounds(same: Float64Array): Float64Array {
  return Float64Array.from({ length: bins }, (_, b) => same[Math.ceil(((b + 1) / bins) * same.length) - 1]!);
}

function histogramsOf(
  query: number,
  { gallery, labels, allows }: Protocol,
  bounds: Float64Array,
  distance: (query: number, item: number) => number,
): Histograms {
  const own = { same: new Float64Array(bins + 1), different: new Float64Array(bins + 1) };
  for (const item of gallery) {
    if (!allows(query, item)) continue;
    const bin = firstAtLeast(bounds, distance(query, item));
    (labels[query] === labels[item] ? own.same : own.different)[bin]!++;
  }
  return own;
}

/** The number of the first of ascending bounds that is at least `value`. */
function firstAtLeast(bounds: Float64Array, value: number): number {
  let low = 0;
  let high = bounds.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (bounds[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Where the shares of false acceptances and false refusals meet; the counts are by ascending distance. */
function crossing(same: Float64Array, different: Float64Array): number {
  const all = { same: sumOf(same), different: sumOf(different) };
  const counts = { accepted: 0, falselyAccepted: 0 };
  let acceptance = 0;
  let refusal = 1;
  for (let b = 0; ; b++) {
    const nextAcceptance = (counts.falselyAccepted += different[b]!) / all.different;
    const nextRefusal = 1 - (counts.accepted += same[b]!) / all.same;
    if (nextRefusal <= nextAcceptance || b === bins) {
      const gap = refusal - acceptance;
      const weight = gap / (gap + nextAcceptance - nextRefusal);
      return acceptance + weight * (nextAcceptance - acceptance);
    }
    acceptance = nextAcceptance;
    refusal = nextRefusal;
  }
}

function sumOf(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0);
}
