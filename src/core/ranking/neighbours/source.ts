import type { Gallery } from '../gallery';

export interface NearKey {
  readonly key: string;
  readonly distance: number;
}

/** Sequences whose neighbours are searched for. */
export interface NeighbourSource {
  readonly size: number;
  keys(): Iterable<string>;
  /** A copy of the embedding of a key. */
  codes(key: string): Uint8Array | undefined;
  /**
   * The k nearest others of each of some keys, nearest first, then by their keys.
   * @throws RangeError for a key that is not there
   */
  nearest(keys: readonly string[], k: number): readonly (readonly NearKey[])[];
}

/** Galleries of one number of channels, which hold different keys, as one source. */
export class GallerySource implements NeighbourSource {
  constructor(private readonly galleries: readonly Gallery[]) {}

  get size(): number {
    return this.galleries.reduce((sum, { size }) => sum + size, 0);
  }

  *keys(): Generator<string, void> {
    for (const gallery of this.galleries) for (let row = 0; row < gallery.size; row++) yield gallery.keyAt(row);
  }

  codes(key: string): Uint8Array | undefined {
    for (const gallery of this.galleries) {
      const codes = gallery.get(key);
      if (codes !== undefined) return codes;
    }
    return undefined;
  }

  nearest(keys: readonly string[], k: number): readonly (readonly NearKey[])[] {
    const queries = keys.map((key) => {
      const codes = this.codes(key);
      if (codes === undefined) throw new RangeError(`there is no ${key}`);
      return codes;
    });
    const found = this.galleries.map((gallery) => {
      const all = gallery.nearestMany(queries, k, keys);
      return all.map((each) => each.map(({ row, distance }) => ({ key: gallery.keyAt(row), distance })));
    });
    if (found.length === 1) return found[0] ?? [];
    return keys.map((_, q) =>
      found
        .flatMap((each) => each[q] ?? [])
        .sort(byDistance)
        .slice(0, k),
    );
  }
}

function byDistance(a: NearKey, b: NearKey): number {
  return a.distance - b.distance || (a.key < b.key ? -1 : 1);
}
