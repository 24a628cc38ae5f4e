import {
  duplicateClusters,
  memberToKeep,
  suggestedThreshold,
  type KnownPair,
} from '../../core/ranking/checks/duplicates';
import { doubtfulLabels, isReported, type DoubtfulLabel } from '../../core/ranking/checks/doubtfulLabels';
import { outlierFactors, unusualFactor } from '../../core/ranking/checks/outliers';
import type { NeighbourGraph } from '../../core/ranking/neighbours/graph';
import { faultsOf, type FoundFault } from '../../core/recordings/faults/faults';
import type { ChannelVitals } from '../../core/recordings/faults/vitals';

/** What counts as a finding of each check, for pages and reports alike. Sequences are numbers of the graph. */

/**
 * Clusters of sequences no farther apart than a threshold, or known as copies by their samples, the largest first; the
 * member to keep comes first, then the others by their numbers.
 */
export function duplicateFindings(
  graph: NeighbourGraph,
  threshold: number,
  known: readonly KnownPair[],
  stepsOf: (sequence: number) => number,
): readonly (readonly number[])[] {
  return duplicateClusters(graph, threshold, known).map((members) => {
    const kept = memberToKeep(graph, members, stepsOf);
    return [kept, ...members.filter((member) => member !== kept)];
  });
}

export interface OutlierFinding {
  readonly sequence: number;
  /** The local outlier factor. */
  readonly factor: number;
  /** What is wrong with it beside its neighbours, as far as it is known. */
  readonly faults: readonly FoundFault[];
  /** From 1, how far it is beyond the limit of its factor or of its worst fault. */
  readonly score: number;
}

/** A fault is reported from so much beyond what is told at all. */
const leastSevere = 1.25;

/**
 * Sequences that are unusually far from their neighbours, or of which something is wrong beside them, the worst first: by
 * how far they are beyond the limit of either.
 */
export function outlierFindings(
  graph: NeighbourGraph,
  vitalsOf: (sequence: number) => readonly ChannelVitals[] | null,
): readonly OutlierFinding[] {
  const factors = outlierFactors(graph, suggestedThreshold(graph));
  const limit = unusualFactor(factors);
  const found = graph.keys.flatMap((_, sequence) => {
    const factor = factors[sequence]!;
    const faults = neighbourFaults(graph, sequence, vitalsOf);
    const score = Math.max(factor / limit, (faults[0]?.severity ?? 0) / leastSevere);
    return score >= 1 ? [{ sequence, factor, faults, score }] : [];
  });
  return found.sort((a, b) => b.score - a.score || a.sequence - b.sequence);
}

/** What is wrong with a sequence beside its neighbours. */
export function neighbourFaults(
  { k, ids }: NeighbourGraph,
  sequence: number,
  vitalsOf: (sequence: number) => readonly ChannelVitals[] | null,
): readonly FoundFault[] {
  const own = vitalsOf(sequence);
  if (own === null) return [];
  const others = Array.from(ids.subarray(sequence * k, (sequence + 1) * k)).flatMap((other) => {
    const vitals = vitalsOf(other);
    return vitals?.length === own.length ? [vitals] : [];
  });
  return faultsOf(own, others);
}

/** Labels that the neighbours contradict clearly, the clearest first. */
export function labelFindings(graph: NeighbourGraph, labels: Int32Array, scopes: Int32Array): readonly DoubtfulLabel[] {
  return doubtfulLabels(graph, { labels, scopes }).filter(isReported);
}
