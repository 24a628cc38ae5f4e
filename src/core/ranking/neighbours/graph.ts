import type { GallerySource } from './source';

/** So many neighbours of every sequence are kept. */
export const neighboursKept = 15;

/** So many sequences are searched for together when a graph is made at once. */
const together = 8;

/**
 * The k nearest others of each of n sequences, exact, nearest first; those that are equally far are ordered by their keys.
 * A sequence's number is its place among the keys.
 */
export interface NeighbourGraph {
  readonly keys: readonly string[];
  /** At most `neighboursKept`, and fewer where there are not so many others. */
  readonly k: number;
  /** The numbers of the neighbours, k of each sequence after those of the one before. */
  readonly ids: Uint32Array;
  /** Their distances, alike in order. */
  readonly distances: Float64Array;
}

/** Makes the graph of a source at once, which takes a search for every sequence. Keys are sorted. */
export function graphOf(source: GallerySource, kept = neighboursKept): NeighbourGraph {
  const keys = [...source.keys()].sort();
  const numbers = new Map(keys.map((key, i) => [key, i]));
  const k = Math.max(Math.min(kept, keys.length - 1), 0);
  const ids = new Uint32Array(keys.length * k);
  const distances = new Float64Array(keys.length * k);
  for (let first = 0; first < keys.length; first += together) {
    const found = source.nearest(keys.slice(first, first + together), k);
    for (const [at, { key, distance }] of found.flat().entries()) {
      const number = numbers.get(key);
      if (number === undefined) throw new RangeError(`${key} came meanwhile`);
      ids[first * k + at] = number;
      distances[first * k + at] = distance;
    }
  }
  return { keys, k, ids, distances };
}
