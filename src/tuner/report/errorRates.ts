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
    const edges = Array.from({ length: this.sets }, (_, s) => edgesOf(outcomes.filter(({ set }) => set === s)));
    this.counts = outcomes.map(({ set, same, different }) => ({
      set,
      same: counted(same, edges[set]!),
      different: counted(different, edges[set]!),
    }));
  }

  /** @param items numbers of queries, perhaps several times */
  of(items: Int32Array): number {
    const sums = Array.from({ length: this.sets }, () => ({
      queries: 0,
      same: new Float64Array(bins),
      different: new Float64Array(bins),
    }));
    for (const item of items) {
      const { set, same, different } = this.counts[item]!;
      const sum = sums[set]!;
      sum.queries++;
      add(sum.same, same);
      add(sum.different, different);
    }
    return (
      sums.reduce((total, { queries, same, different }) => total + queries * crossing(same, different), 0) /
      items.length
    );
  }
}

interface BinnedQuery {
  readonly set: number;
  /** Pairs of bin and count, for the bins that are not empty. */
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

function counted(sorted: Float64Array, edges: Float64Array): Int32Array {
  const pairs: number[] = [];
  let bin = 0;
  for (const distance of sorted) {
    while (bin < edges.length && distance > edges[bin]!) bin++;
    if (pairs.at(-2) === bin) pairs[pairs.length - 1]!++;
    else pairs.push(bin, 1);
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
