import type { NeighbourGraph } from '../neighbours/graph';

/** How strongly sequences belong together: every pair once. */
export interface FuzzyGraph {
  readonly count: number;
  readonly heads: Uint32Array;
  readonly tails: Uint32Array;
  /** From 0 to 1. */
  readonly weights: Float32Array;
}

/** What a graph is asked for here. */
export type Distances = Pick<NeighbourGraph, 'k' | 'ids' | 'distances'>;

const rounds = 64;
const tolerance = 1e-5;
/** A neighbourhood is at least so wide, as a share of the mean distance. */
const leastWidth = 1e-3;

/**
 * The membership strengths of every neighbour: exp(-(d - ρ) / σ), with ρ the distance of the nearest one that is not equal,
 * and σ such that their sum is log2 k. McInnes, Healy and Melville, "UMAP: Uniform Manifold Approximation and Projection for
 * Dimension Reduction", arXiv:1802.03426, algorithm 3.
 *
 * @returns k strengths of each sequence, in the order of its neighbours
 */
export function strengths({ k, distances }: Distances): Float32Array {
  const out = new Float32Array(distances.length);
  const mean = distances.reduce((sum, distance) => sum + distance, 0) / Math.max(distances.length, 1);
  for (let from = 0; from < distances.length; from += k) {
    const own = distances.subarray(from, from + k);
    const nearest = own.find((distance) => distance > 0) ?? 0;
    const width = widthOf(own, nearest, mean);
    own.forEach((distance, j) => (out[from + j] = strength(distance - nearest, width)));
  }
  return out;
}

function widthOf(own: Float64Array, nearest: number, mean: number): number {
  const target = Math.log2(own.length + 1);
  let [low, width, high] = [0, 1, Infinity];
  for (let round = 0; round < rounds; round++) {
    const sum = own.reduce((all, distance) => all + strength(distance - nearest, width), 0);
    if (Math.abs(sum - target) < tolerance) break;
    if (sum > target) high = width;
    else low = width;
    width = high === Infinity ? 2 * width : (low + high) / 2;
  }
  const ownMean = own.reduce((sum, distance) => sum + distance, 0) / own.length;
  return Math.max(width, leastWidth * (nearest > 0 ? ownMean : mean));
}

function strength(beyond: number, width: number): number {
  return beyond <= 0 || width === 0 ? 1 : Math.exp(-beyond / width);
}

/** The fuzzy union of all neighbourhoods: a + b - ab of the strengths in both directions (ibid., algorithm 1). */
export function fuzzyGraph(count: number, graph: Distances): FuzzyGraph {
  const { k, ids } = graph;
  const own = strengths(graph);
  const pairs = new Uint32Array(ids.length);
  const weights = new Float32Array(ids.length);
  let found = 0;
  for (let at = 0; at < ids.length; at++) {
    const [head, tail] = [Math.floor(at / k), ids[at]!];
    const back = ids.subarray(tail * k, (tail + 1) * k).indexOf(head);
    // Of two that are neighbours of each other, the first one counts for both.
    if (back >= 0 && tail < head) continue;
    const [there, here] = [own[at]!, back < 0 ? 0 : own[tail * k + back]!];
    pairs[found] = at;
    weights[found++] = there + here - there * here;
  }
  return {
    count,
    heads: pairs.subarray(0, found).map((at) => Math.floor(at / k)),
    tails: pairs.subarray(0, found).map((at) => ids[at]!),
    weights: weights.slice(0, found),
  };
}
