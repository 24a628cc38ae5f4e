import { randomOf } from '../distributions/random';

/** A sequence with what the meaning of distances is learnt from. */
export interface Labelled {
  readonly label: string | null;
  /** Labels of one scope mean the same; those of several cannot be compared. */
  readonly scope: string;
  readonly values: Uint8Array;
}

/** The pairs of a sample in the order of their distances. */
export interface PairSample {
  readonly count: number;
  /** At the shares (i / (n - 1))^2 of the pairs: finer where pairs are near, where it matters. */
  readonly distances: Float64Array;
  /** Of the pairs of which both have a label of one scope: distances, and how many pairs and how many of one label reach there. */
  readonly labels: { readonly distances: Float64Array; readonly pairs: Uint32Array; readonly same: Uint32Array } | null;
}

const points = 256;

/**
 * So many sequences at most are paired with one another. The number falls with the length of their embeddings, so that
 * it takes some tenths of a second.
 *
 * @param size numbers per embedding
 */
export function sampleSize(size: number): number {
  return Math.max(64, Math.min(512, Math.floor(Math.sqrt(4e8 / size))));
}

/** Entries of a list, at most `most`, evenly likely and always the same of the same list. */
export function sampled<T>(items: readonly T[], most: number, seed: number): readonly T[] {
  return items.length <= most ? items : randomOf(seed, 'pairs').shuffled(items).slice(0, most);
}

/**
 * Measures all pairs of some sequences, in steps between which other work may be done.
 *
 * @param distance of two embeddings
 * @param pause called after every sequence
 */
export async function pairSample(
  sequences: readonly Labelled[],
  distance: (a: Uint8Array, b: Uint8Array) => number,
  pause: () => Promise<void>,
): Promise<PairSample> {
  const count = (sequences.length * (sequences.length - 1)) / 2;
  const distances = new Float64Array(count);
  const relation = new Int8Array(count);
  let at = 0;
  for (const [i, a] of sequences.entries()) {
    for (const b of sequences.slice(0, i)) {
      distances[at] = distance(a.values, b.values);
      relation[at++] = relationOf(a, b);
    }
    await pause();
  }
  const order = Uint32Array.from({ length: count }, (_, i) => i).sort((a, b) => distances[a]! - distances[b]!);
  return {
    count,
    distances: Float64Array.from({ length: count === 0 ? 0 : points }, (_, i) => {
      return distances[order[Math.round((i / (points - 1)) ** 2 * (count - 1))]!]!;
    }),
    labels: labelCounts(order, distances, relation),
  };
}

/** 1 for two of one label, 0 for two of different ones, -1 where labels tell nothing. */
function relationOf(a: Labelled, b: Labelled): number {
  if (a.label === null || b.label === null || a.scope !== b.scope) return -1;
  return a.label === b.label ? 1 : 0;
}

function labelCounts(order: Uint32Array, distances: Float64Array, relation: Int8Array): PairSample['labels'] {
  const labelled = order.filter((pair) => relation[pair]! >= 0);
  if (labelled.length === 0) return null;
  const count = Math.min(points, labelled.length);
  const out = { distances: new Float64Array(count), pairs: new Uint32Array(count), same: new Uint32Array(count) };
  let same = 0;
  let next = 0;
  labelled.forEach((pair, rank) => {
    same += relation[pair]!;
    for (; next < count && rank === positionOf(next, count, labelled.length); next++) {
      out.distances[next] = distances[pair]!;
      out.pairs[next] = rank + 1;
      out.same[next] = same;
    }
  });
  return out;
}

/** Rising, from 0 to the last of `length` ranks, finer at the start. */
function positionOf(point: number, points: number, length: number): number {
  if (points === length) return point;
  const even = Math.round((point / (points - 1)) ** 2 * (length - 1));
  return Math.max(even, point);
}
