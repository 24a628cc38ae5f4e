import type { NeighbourGraph } from '../neighbours/graph';
import { pairKey } from './likeLevels';

/** So many of the nearest of a sequence are compared with it in their samples, and as many with like levels. */
export const candidatesOfEach = 5;

/**
 * Pairs of sequences that may be copies: those that are nearest, and those with the most similar raw levels. A copy that is
 * inverted or resampled is often far from its original by its features, and one that is cut by its levels.
 *
 * @param like as `likeLevels` gives it, with `candidatesOfEach` of each
 */
export function copyCandidates(
  { keys, k, ids }: NeighbourGraph,
  like: Int32Array,
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
  return [...pairs].sort((a, b) => a - b).map((pair) => [Math.floor(pair / count), pair % count] as const);
}
