import type { NeighbourGraph } from '../../core/ranking/neighbours/graph';
import type { Findable } from '../gallerySink';

/** The sequences of an overview at one moment, and their neighbours. Nothing of it changes. */
export interface Known {
  readonly graph: NeighbourGraph;
  /** What each sequence was embedded as. */
  readonly marks: BigUint64Array;
  readonly findables: readonly Findable[];
}

/** Sequences with places on a map. */
export interface Placed {
  readonly keys: readonly string[];
  readonly marks: BigUint64Array;
  /** x and y of each, from -1 to 1; not a number where it has no place. */
  readonly places: Float32Array;
  /** 1 for those that came after the map had settled. */
  readonly fresh: Uint8Array;
}

/** The places of sequences that were embedded in the same way before; the others have none, and are fresh. */
export function carried(keys: readonly string[], marks: BigUint64Array, before: Placed): Placed {
  const rows = new Map(before.keys.map((key, row) => [key, row]));
  const places = new Float32Array(2 * keys.length).fill(NaN);
  const fresh = new Uint8Array(keys.length).fill(1);
  keys.forEach((key, i) => {
    const row = rows.get(key);
    if (row === undefined || before.marks[row] !== marks[i] || Number.isNaN(before.places[2 * row]!)) return;
    places.set(before.places.subarray(2 * row, 2 * row + 2), 2 * i);
    fresh[i] = before.fresh[row]!;
  });
  return { keys, marks, places, fresh };
}
