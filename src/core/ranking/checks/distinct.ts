import type { NeighbourGraph } from '../neighbours/graph';
import type { Unions } from './unions';

/** Another set of copies near one, by the number that stands for it. */
export interface Near {
  readonly set: number;
  readonly distance: number;
}

/**
 * The neighbours of sets of copies: of each set the nearest other sets, each once, by the smallest distance that a pair of
 * the graph has, nearest first, at most k. A set of more than k copies may have none.
 *
 * @returns by the number that stands for a set
 */
export function distinctNeighbours(
  { keys, k, ids, distances }: NeighbourGraph,
  copies: Unions,
): ReadonlyMap<number, readonly Near[]> {
  const near = new Map<number, Map<number, number>>();
  for (const i of keys.keys()) {
    const own = copies.find(i);
    const found = near.get(own) ?? new Map<number, number>();
    near.set(own, found);
    for (let edge = i * k; edge < (i + 1) * k; edge++) {
      const other = copies.find(ids[edge]!);
      if (other !== own) found.set(other, Math.min(found.get(other) ?? Infinity, distances[edge]!));
    }
  }
  return new Map(
    Array.from(near, ([set, found]) => {
      const sorted = Array.from(found, ([other, distance]) => ({ set: other, distance }));
      sorted.sort((a, b) => a.distance - b.distance || a.set - b.set);
      return [set, sorted.slice(0, k)];
    }),
  );
}
