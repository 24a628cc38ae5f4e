import { evenlySpaced } from '../../core/distributions/evenlySpaced';
import { duplicateClusters, memberToKeep, type KnownPair } from '../../core/ranking/checks/duplicates';
import { doubtfulLabels, isReported, type DoubtfulLabel } from '../../core/ranking/checks/doubtfulLabels';
import { unusualFactor } from '../../core/ranking/checks/outliers';
import { memoized } from '../../core/index/memoized';
import type { NeighbourGraph } from '../../core/ranking/neighbours/graph';
import { faultsOf, usualVitals } from '../../core/recordings/faults/faults';
import type { FoundFault, UsualVitals } from '../../core/recordings/faults/usual';
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
  /** What is wrong with it beside the others, as far as it is known. */
  readonly faults: readonly FoundFault[];
  /** From 1, how far it is beyond the limit of its factor or of its worst fault. */
  readonly score: number;
}

/** A fault is reported from so much beyond what is told at all. */
const leastSevere = 1.25;

type VitalsOf = (sequence: number) => readonly ChannelVitals[] | null;

/**
 * Sequences that are unusually far from their neighbours, or of which something is wrong beside the others, the worst first:
 * by how far they are beyond the limit of either.
 *
 * @param factors the local outlier factor of each
 * @param vitalsOf of a sequence, `null` where they are not known (yet)
 */
export function outlierFindings(
  graph: NeighbourGraph,
  factors: Float64Array,
  vitalsOf: VitalsOf,
): readonly OutlierFinding[] {
  const limit = unusualFactor(factors);
  const faultsOfAll = faultFinder(graph, vitalsOf);
  const found = graph.keys.flatMap((_, sequence) => {
    const factor = factors[sequence]!;
    const faults = faultsOfAll(sequence);
    const score = Math.max(factor / limit, (faults[0]?.severity ?? 0) / leastSevere);
    return score >= 1 ? [{ sequence, factor, faults, score }] : [];
  });
  return found.sort((a, b) => b.score - a.score || a.sequence - b.sequence);
}

/** So many sequences stand for all. */
export const comparedWith = 100;

/**
 * Finds what is wrong with a sequence beside a sample of all.
 *
 * @param vitalsOf of a sequence, `null` where they are not known (yet)
 */
export function faultFinder({ keys }: NeighbourGraph, vitalsOf: VitalsOf): (sequence: number) => readonly FoundFault[] {
  const sample = evenlySpaced([...keys.keys()], comparedWith).flatMap((sequence) => {
    const vitals = vitalsOf(sequence);
    return vitals === null ? [] : [vitals];
  });
  const usual = new Map<number, UsualVitals>();
  return (sequence) => {
    const own = vitalsOf(sequence);
    if (own === null) return [];
    const beside = memoized(usual, own.length, () => usualVitals(sample.filter(({ length }) => length === own.length)));
    return faultsOf(own, beside);
  };
}

/** Labels that the neighbours contradict clearly, the clearest first. */
export function labelFindings(graph: NeighbourGraph, labels: Int32Array, scopes: Int32Array): readonly DoubtfulLabel[] {
  return doubtfulLabels(graph, { labels, scopes }).filter(isReported);
}
