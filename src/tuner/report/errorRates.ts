import type { Outcome } from './outcomes';

const bins = 1024;

/**
 * Equal error rates of resampled queries, fast: the distances of every query are counted once in bins that hold about
 * as many each, and a resample only adds up counts. Within a bin the rates are interpolated linearly.
 */
export class BinnedErrorRates {
  private readonly counts: readonly BinnedQuery[];
  private readonly sets: number;

  constructor(outcomes: readonly Outcome[]) {
    this.sets = Math.max(0, ...outcomes.map(({ set }) => set + 1));
    const edges = new Map<number, Float64Array>();
    this.counts = outcomes.map(({ set, same, different }) => {
      const own = edges.get(set) ?? edgesOf(outcomes.filter((other) => other.set === set));
      edges.set(set, own);
      return { set, same: counted(same, own, set * bins), different: counted(different, own, set * bins) };
    });
  }

  /**
   * @param items numbers of queries, perhaps several times
   * @throws RangeError when there is no query of a number
   */
  of(items: Int32Array): number {
    const queries = new Uint32Array(this.sets);
    const same = new Float64Array(this.sets * bins);
    const different = new Float64Array(this.sets * bins);
    for (const item of items) {
      const query = this.counts[item];
      if (query === undefined) throw new RangeError(`there is no query ${item}`);
      queries[query.set]!++;
      add(same, query.same);
      add(different, query.different);
    }
    const rates = Float64Array.from(queries, (_, set) => {
      const [start, end] = [set * bins, (set + 1) * bins];
      return crossing(same.subarray(start, end), different.subarray(start, end));
    });
    return queries.reduce((total, count, set) => total + count * rates[set]!, 0) / items.length;
  }
}

interface BinnedQuery {
  readonly set: number;
  /** Pairs of bin and count, for the bins that are not empty; the bins of all sets are numbered through. */
  readonly same: Int32Array;
  readonly different: Int32Array;
}

function edgesOf(outcomes: readonly Outcome[]): Float64Array {
  const sample: number[] = [];
  for (const { same, different } of outcomes) {
    for (const distances of [same, different]) {
      const step = Math.max(Math.floor(distances.length / 256), 1);
      for (let i = 0; i < distances.length; i += step) sample.push(distances[i]!);
    }
  }
  const sorted = Float64Array.from(sample).sort();
  return Float64Array.from({ length: bins - 1 }, (_, i) => sorted[Math.floor(((i + 1) * sorted.length) / bins)] ?? 0);
}

/** @param firstBin the number of the first bin of the set */
function counted(sorted: Float64Array, edges: Float64Array, firstBin: number): Int32Array {
  const pairs: number[] = [];
  let start = 0;
  for (let bin = 0; start < sorted.length; bin++) {
    let end = start;
    while (end < sorted.length && (bin === edges.length || sorted[end]! <= edges[bin]!)) end++;
    if (end > start) pairs.push(firstBin + bin, end - start);
    start = end;
  }
  return Int32Array.from(pairs);
}

function add(sums: Float64Array, pairs: Int32Array): void {
  for (let i = 0; i < pairs.length; i += 2) sums[pairs[i]!]! += pairs[i + 1]!;
}

/** Where the share of accepted different pairs equals the share of refused same pairs. */
function crossing(same: Float64Array, different: Float64Array): number {
  const total = (counts: Float64Array) => counts.reduce((sum, count) => sum + count, 0);
  const [sames, differents] = [total(same), total(different)];
  if (sames === 0 || differents === 0) return 0;
  let acceptance = 0;
  let refusal = 1;
  for (let bin = 0; bin < bins; bin++) {
    const nextAcceptance = acceptance + different[bin]! / differents;
    const nextRefusal = refusal - same[bin]! / sames;
    if (nextRefusal <= nextAcceptance) {
      const gap = refusal - acceptance;
      return acceptance + (gap / (gap + nextAcceptance - nextRefusal)) * (nextAcceptance - acceptance);
    }
    [acceptance, refusal] = [nextAcceptance, nextRefusal];
  }
  return acceptance;
}
