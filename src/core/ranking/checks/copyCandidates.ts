import type { NeighbourGraph } from '../neighbours/graph';
import { pairKey } from './likeLevels';

/** So many of the nearest of a sequence are compared with it in their samples, and as many with like levels. */
export const candidatesOfEach = 5;

/** An extreme that more sequences share than this is a limit of their sensors, and tells of no copies. */
const mostSharing = 6;

/**
 * Pairs of sequences that may be copies: those that are nearest, those with the most similar raw levels, and those that
 * share the very number of an extreme. A copy that is inverted or resampled is often far from its original by its features,
 * and one that is shifted or cut by its levels; but it mostly has the same highest or lowest value.
 *
 * @param like as `likeLevels` gives it, with `candidatesOfEach` of each
 * @param extremes of each sequence, as many as any other that may be a copy of it has, in the same order
 */
export function copyCandidates(
  { keys, k, ids }: NeighbourGraph,
  like: Int32Array,
  extremes: readonly (readonly number[])[],
): readonly (readonly [number, number])[] {
  const count = keys.length;
  const pairs = new Set<number>();
  for (let i = 0; i < count; i++) {
    for (let j = 0; j < Math.min(k, candidatesOfEach); j++) pairs.add(pairKey(i, ids[i * k + j]!, count));
    for (let j = 0; j < candidatesOfEach; j++) {
      const other = like[i * candidatesOfEach + j]!;
      if (other >= 0) pairs.add(pairKey(i, other, count));
    }
  }
  for (const sharing of sharedExtremes(extremes)) {
    for (const [at, a] of sharing.entries()) for (const b of sharing.slice(at + 1)) pairs.add(pairKey(a, b, count));
  }
  return [...pairs].sort((a, b) => a - b).map((pair) => [Math.floor(pair / count), pair % count] as const);
}

function sharedExtremes(extremes: readonly (readonly number[])[]): readonly (readonly number[])[] {
  const sharing = new Map<string, number[]>();
  extremes.forEach((own, i) => {
    own.forEach((value, place) => {
      const key = `${own.length} ${place} ${value}`;
      const known = sharing.get(key);
      if (known === undefined) sharing.set(key, [i]);
      else if (known.length <= mostSharing) known.push(i);
    });
  });
  return [...sharing.values()].filter(({ length }) => length > 1 && length <= mostSharing);
}
