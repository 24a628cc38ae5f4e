import type { NeighbourGraph } from '../neighbours/graph';
import { distinctNeighbours, type Near } from './distinct';
import { unionsAt } from './duplicates';
import { medianAndSpread } from './quantile';

/**
 * The local outlier factor of every sequence (Breunig, Kriegel, Ng and Sander 2000, "LOF: identifying density-based local
 * outliers"): how many times as far it is from its neighbours as they are from theirs, by reachability distances. 1 is
 * usual.
 *
 * Copies would make each other infinitely dense, and all that is near them an outlier. So a set of copies counts as one
 * sequence with the neighbours that are no copies. A set whose neighbours are all copies has the factor 1, and tells
 * nothing of others.
 *
 * @param copies sequences no farther apart than this are copies
 */
export function outlierFactors(graph: NeighbourGraph, copies: number): Float64Array {
  const unions = unionsAt(graph, copies);
  const near = distinctNeighbours(graph, unions);
  const reach = new Map(Array.from(near, ([set, found]) => [set, meanReach(found, near)]));
  const factors = new Map(Array.from(near, ([set, found]) => [set, factorOf(set, found, reach)]));
  return Float64Array.from(graph.keys, (_, i) => factors.get(unions.find(i)) ?? 1);
}

/** The mean reachability distance of a set from its neighbours: the inverse of its local reachability density. */
function meanReach(found: readonly Near[], near: ReadonlyMap<number, readonly Near[]>): number {
  const sum = found.reduce(
    (all, { set, distance }) => all + Math.max(near.get(set)?.at(-1)?.distance ?? 0, distance),
    0,
  );
  return found.length === 0 ? 0 : sum / found.length;
}

function factorOf(set: number, found: readonly Near[], reach: ReadonlyMap<number, number>): number {
  const own = reach.get(set) ?? 0;
  const others = found.map((each) => reach.get(each.set) ?? 0).filter((other) => other > 0);
  if (own === 0 || others.length === 0) return 1;
  return others.reduce((sum, other) => sum + own / other, 0) / others.length;
}

/** A factor is unusual from so many spreads beyond the median of their logarithms on, and not below the least. */
const [unusualSpreads, leastUnusual] = [6, 1.5];

/**
 * The factor from which a sequence is reported as an outlier, from the distribution of all factors: six robust spreads
 * beyond their median, on a scale of logarithms.
 */
export function unusualFactor(factors: Float64Array): number {
  const usual = medianAndSpread(Array.from(factors, (factor) => Math.log(factor)));
  if (usual === null) return leastUnusual;
  return Math.max(Math.exp(usual.median + unusualSpreads * usual.spread), leastUnusual);
}
