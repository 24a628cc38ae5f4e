import type { Comparison } from './comparison';
import { equalErrorRate } from './equalErrorRate';

/** How well distances find the sequences of a query's label. */
export interface Metrics {
  /** The share of queries whose nearest gallery item has their label. */
  readonly recallAt1: number;
  /** The mean over queries of the average precision over the whole ranked gallery. */
  readonly meanAveragePrecision: number;
  /** Of accepting pairs by their distance, over all pairs that the protocol allows. */
  readonly equalErrorRate: number;
  /** How many queries count: those with at least one item of their label in their gallery. */
  readonly queries: number;
}

/** @param comparison with at least one pair of one label and one pair of different labels */
export function metricsOf({ rankings, same, different }: Comparison): Metrics {
  const queries = rankings.length;
  return {
    recallAt1: rankings.filter(({ hit }) => hit).length / queries,
    meanAveragePrecision: rankings.reduce((sum, { averagePrecision }) => sum + averagePrecision, 0) / queries,
    equalErrorRate: equalErrorRate(same, different),
    queries,
  };
}
