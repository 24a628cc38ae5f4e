import type { NeighbourGraph } from '../neighbours/graph';
import { quantileOf } from './quantile';
import { Unions } from './unions';

/** Two sequences that are copies though they are farther apart than a threshold: their samples say so. */
export type KnownPair = readonly [number, number];

/** How many clusters, and sequences in them, there are for each of some thresholds. */
export interface DuplicateCounts {
  readonly thresholds: readonly number[];
  readonly clusters: readonly number[];
  readonly sequences: readonly number[];
}

/**
 * Sets of sequences that are linked by pairs no farther apart than a threshold (single linkage), of those pairs that the
 * graph has. Where more than k sequences are nearer to one another than to the rest, the graph has no pair that leaves
 * them: such sets stay apart, even when a pair between them is below the threshold.
 *
 * @param known pairs that are linked as well
 * @returns the sets of two and more, each in order, the largest first
 */
export function duplicateClusters(
  graph: NeighbourGraph,
  threshold: number,
  known: readonly KnownPair[] = [],
): readonly (readonly number[])[] {
  const unions = unionsAt(graph, threshold);
  for (const [a, b] of known) unions.unite(a, b);
  const sets = unions.sets().filter(({ length }) => length > 1);
  return [...sets].sort((a, b) => b.length - a.length);
}

/** All sequences in sets of those no farther apart than a threshold, linked as for `duplicateClusters`. */
export function unionsAt({ keys, k, ids, distances }: NeighbourGraph, threshold: number): Unions {
  const unions = new Unions(keys.length);
  for (let edge = 0; edge < ids.length; edge++) {
    if (distances[edge]! <= threshold) unions.unite(Math.floor(edge / k), ids[edge]!);
  }
  return unions;
}

/** The neighbour whose distance tells how far other recordings are: copies take the places before it. */
const usualPlace = 5;

/** Its distances are small in this share of all, and copies are so much nearer than those. */
const [usualShare, copyShare] = [0.1, 0.1];

/**
 * A threshold below which pairs are copies, from the distribution of the distances to the fifth neighbour. A copy takes one
 * of the places before, so that these are distances of other recordings even in a folder in which everything is there two or
 * three times; and it is near enough to be of the same kind where kinds are small. The threshold is a tenth of the distance
 * below which a tenth of them lies. A folder without copies has hardly a pair so near. It is 0 where everything is equal.
 */
export function suggestedThreshold({ keys, k, distances }: NeighbourGraph): number {
  const place = Math.min(usualPlace, k);
  const usual = keys.flatMap((_, i) => {
    const distance = place === 0 ? 0 : distances[i * k + place - 1]!;
    return distance > 0 ? [distance] : [];
  });
  return copyShare * (quantileOf(usual, usualShare) ?? 0);
}

/**
 * Counts for thresholds from 0 up to where half of the sequences have a neighbour.
 *
 * @param steps how many thresholds, at least two
 * @param known pairs that are linked as well
 */
export function duplicateCounts(
  graph: NeighbourGraph,
  steps: number,
  known: readonly KnownPair[] = [],
): DuplicateCounts {
  const { keys, k, ids, distances } = graph;
  const nearest = keys.flatMap((_, i) => (k === 0 ? [] : [distances[i * k]!]));
  const most = Math.max(quantileOf(nearest, 0.5) ?? 0, 2 * suggestedThreshold(graph));
  const thresholds = Array.from({ length: steps }, (_, i) => (most * i * i) / (steps - 1) ** 2);
  const order = Uint32Array.from(ids.keys()).sort((a, b) => distances[a]! - distances[b]!);
  const unions = new Unions(keys.length);
  let [at, clusters, sequences] = [0, 0, 0];
  const link = (a: number, b: number) => {
    const alone = Number(unions.sizeOf(a) === 1) + Number(unions.sizeOf(b) === 1);
    if (!unions.unite(a, b)) return;
    sequences += alone;
    clusters += alone - 1;
  };
  for (const [a, b] of known) link(a, b);
  const counts = thresholds.map((threshold) => {
    for (; at < order.length && distances[order[at]!]! <= threshold; at++) {
      link(Math.floor(order[at]! / k), ids[order[at]!]!);
    }
    return { clusters, sequences };
  });
  return {
    thresholds,
    clusters: counts.map((each) => each.clusters),
    sequences: counts.map((each) => each.sequences),
  };
}

/**
 * The member of a cluster to keep: the longest; of several the one with the smallest mean distance to those members that
 * are among its neighbours.
 *
 * @param stepsOf the time steps of a sequence
 */
export function memberToKeep(
  { k, ids, distances }: NeighbourGraph,
  members: readonly number[],
  stepsOf: (sequence: number) => number,
): number {
  const own = new Set(members);
  const meanDistance = (sequence: number): number => {
    let [sum, count] = [0, 0];
    for (let edge = sequence * k; edge < (sequence + 1) * k; edge++) {
      if (!own.has(ids[edge]!)) continue;
      sum += distances[edge]!;
      count++;
    }
    return count === 0 ? Infinity : sum / count;
  };
  const ranked = members.map((sequence) => ({
    sequence,
    steps: stepsOf(sequence),
    mean: meanDistance(sequence),
  }));
  ranked.sort((a, b) => b.steps - a.steps || (a.mean === b.mean ? 0 : a.mean - b.mean) || a.sequence - b.sequence);
  const [first] = ranked;
  if (first === undefined) throw new RangeError('a cluster has members');
  return first.sequence;
}
