import { drawCounts, interval, meanReplicates, replicates, type Interval } from '../evaluation/bootstrap';

/** A figure with what it would be in every replicate of the bootstrap. */
export interface Estimate {
  readonly value: number;
  readonly replicates: Float64Array;
}

/** The mean of a value per query; draws are those of the pack. */
export function meanEstimate(pack: string, values: readonly number[]): Estimate {
  return { value: average(values), replicates: meanReplicates(pack, values) };
}

/** The mean over things that are not drawn, such as packs: in every replicate that of theirs. */
export function overall(estimates: readonly Estimate[]): Estimate {
  return {
    value: average(estimates.map(({ value }) => value)),
    replicates: Float64Array.from({ length: replicates }, (_, r) => average(estimates.map((e) => e.replicates[r]!))),
  };
}

/**
 * The mean over seeds. In every replicate the seeds are drawn as well as the queries, so that the interval also holds what
 * another seed would change; as few as three say only roughly how much that is.
 */
export function overSeeds(bySeed: readonly Estimate[]): Estimate {
  return {
    value: average(bySeed.map(({ value }) => value)),
    replicates: Float64Array.from(
      drawCounts('seeds', bySeed.length),
      (counts, r) => bySeed.reduce((sum, { replicates: own }, s) => sum + counts[s]! * own[r]!, 0) / bySeed.length,
    ),
  };
}

/** By how much one figure is above another on the same queries and seeds. */
export function difference(a: Estimate, b: Estimate): Estimate {
  return {
    value: a.value - b.value,
    replicates: Float64Array.from({ length: replicates }, (_, r) => a.replicates[r]! - b.replicates[r]!),
  };
}

export function intervalOf({ value, replicates: all }: Estimate): Interval {
  return interval(value, all);
}

export function average(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
