import Graph from 'graphology';
import louvain from 'graphology-communities-louvain';
import { randomOf } from '../../distributions/random';
import type { NeighbourGraph } from '../neighbours/graph';
import { distinctNeighbours, type Near } from './distinct';
import { unionsAt } from './duplicates';

/** Sequences that are nearer to one another than to the rest. */
export interface Group {
  /** The one that is linked most strongly to the others. */
  readonly medoid: number;
  /** In order. */
  readonly members: readonly number[];
}

/**
 * Groups of sequences: communities of the graph by modularity (Blondel et al. 2008), the largest first. An edge weighs
 * exp(-d² / (s t)), where s and t are the distances from either end to its own last neighbour (Zelnik-Manor and Perona
 * 2004), so that dense and sparse groups are found alike. Copies that are equal count as one while groups are made. The
 * medoid is the member with the largest sum of weights of the edges within its group.
 *
 * @param seed of the order in which sequences are looked at
 */
export function groupsOf(graph: NeighbourGraph, seed: number): readonly Group[] {
  const copies = unionsAt(graph, 0);
  const near = distinctNeighbours(graph, copies);
  const weighted = weightedGraph(near);
  const communities = communitiesOf(weighted, seed);
  const members = new Map<number, number[]>();
  for (const i of graph.keys.keys()) {
    const community = communities.get(copies.find(i)) ?? -1;
    const own = members.get(community);
    if (own === undefined) members.set(community, [i]);
    else own.push(i);
  }
  const groups = Array.from(members.values(), (own) => ({ members: own, medoid: medoidOf(own, copies, weighted) }));
  return groups.sort((a, b) => b.members.length - a.members.length || a.medoid - b.medoid);
}

function weightedGraph(near: ReadonlyMap<number, readonly Near[]>): Graph {
  const weighted = new Graph({ type: 'undirected', multi: false, allowSelfLoops: false });
  for (const set of near.keys()) weighted.addNode(set);
  for (const [set, found] of near) {
    for (const { set: other, distance } of found) {
      if (weighted.hasEdge(set, other)) continue;
      const [s, t] = [found.at(-1)?.distance ?? 0, near.get(other)?.at(-1)?.distance ?? distance];
      const weight = Math.exp(-(distance ** 2) / (s * t));
      if (weight > 0) weighted.addUndirectedEdge(set, other, { weight });
    }
  }
  return weighted;
}

function communitiesOf(weighted: Graph, seed: number): ReadonlyMap<number, number> {
  // Without edges there is no modularity: every set is a group of its own.
  if (weighted.size === 0) return new Map(weighted.nodes().map((node) => [Number(node), Number(node)]));
  const random = randomOf(seed, 'groups');
  const found = louvain(weighted, { rng: () => random.unit(), getEdgeWeight: 'weight' });
  return new Map(Object.entries(found).map(([node, community]) => [Number(node), community]));
}

function medoidOf(members: readonly number[], copies: ReturnType<typeof unionsAt>, weighted: Graph): number {
  const sets = new Set(members.map((member) => copies.find(member)));
  let [best, most] = [members[0] ?? 0, -1];
  for (const set of sets) {
    let sum = 0;
    weighted.forEachEdge(set, (_, { weight }, from, to) => {
      const other = Number(from) === set ? Number(to) : Number(from);
      if (sets.has(other)) sum += weight as number;
    });
    if (sum > most) [best, most] = [set, sum];
  }
  return members.find((member) => copies.find(member) === copies.find(best)) ?? best;
}
