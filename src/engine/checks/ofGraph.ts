import type { DuplicateCounts } from '../../core/ranking/checks/duplicates';
import type { Group } from '../../core/ranking/checks/groups';
import type { NeighbourGraph } from '../../core/ranking/neighbours/graph';
import type { GraphEdges } from '../workers/tasks';
import type { Threads } from '../workers/threads';
import { oncePer } from './oncePer';
import type { Scanned } from './sampleScan';

/** Thresholds of which counts are told. */
const countedThresholds = 41;

/** What is made of a graph alone, on a worker thread and once, as long as somebody has the graph. */
export class GraphFacts {
  /** The local outlier factor of every sequence. */
  readonly factors: (graph: NeighbourGraph) => Promise<Float64Array>;
  /** The groups of more than one sequence. */
  readonly groups: (graph: NeighbourGraph) => Promise<readonly Group[]>;
  /** How many copies there are for a number of thresholds. */
  readonly counts: (scanned: Scanned) => Promise<DuplicateCounts>;

  /** @param closed ends all work */
  constructor(threads: Pick<Threads, 'check'>, closed: AbortSignal) {
    this.factors = oncePer((graph) => threads.check('outlierFactors', { graph: edgesOf(graph) }, closed));
    this.groups = oncePer((graph) => threads.check('groups', { graph: edgesOf(graph) }, closed));
    this.counts = oncePer(({ graph, copies }) =>
      threads.check('duplicateCounts', { graph: edgesOf(graph), steps: countedThresholds, known: copies }, closed),
    );
  }
}

function edgesOf({ keys, k, ids, distances }: NeighbourGraph): GraphEdges {
  return { count: keys.length, k, ids, distances };
}
