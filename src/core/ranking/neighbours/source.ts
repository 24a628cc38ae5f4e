import type { Gallery } from '../gallery';
import type { RankedKey } from '../galleries';
import { Limits } from './limits';

/** Galleries of one number of channels, which hold different keys, as one set of sequences. */
export class GallerySource {
  constructor(private readonly galleries: readonly Gallery[]) {}

  get size(): number {
    return this.galleries.reduce((sum, { size }) => sum + size, 0);
  }

  *keys(): Generator<string, void> {
    for (const gallery of this.galleries) for (let row = 0; row < gallery.size; row++) yield gallery.keyAt(row);
  }

  /** A copy of the embedding of a key. */
  codes(key: string): Uint8Array<ArrayBuffer> | undefined {
    for (const gallery of this.galleries) {
      const codes = gallery.get(key);
      if (codes !== undefined) return codes;
    }
    return undefined;
  }

  /**
   * The k nearest others of each of some keys, nearest first, then by their keys.
   * @throws RangeError for a key that is not there
   */
  nearest(keys: readonly string[], k: number): readonly (readonly RankedKey[])[] {
    const queries = keys.map((key) => this.existing(key));
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

  /**
   * Prepares to find the sequences that are no farther from a key than a limit of their own, which holds until a sequence
   * comes, changes or goes.
   * @param limitOf below 0 for one that is left out
   */
  limits(limitOf: (key: string) => number): Limits {
    return new Limits(this.galleries, limitOf);
  }

  /** The distances of a key to all keys, in their order. @throws RangeError for a key that is not there */
  distances(key: string): Float64Array {
    const codes = this.existing(key);
    const out = new Float64Array(this.size);
    let at = 0;
    for (const gallery of this.galleries) {
      out.set(gallery.distances(codes), at);
      at += gallery.size;
    }
    return out;
  }

  /** @throws RangeError for a key that is not there */
  existing(key: string): Uint8Array<ArrayBuffer> {
    const codes = this.codes(key);
    if (codes === undefined) throw new RangeError(`there is no ${key}`);
    return codes;
  }
}

function byDistance(a: RankedKey, b: RankedKey): number {
  return a.distance - b.distance || (a.key < b.key ? -1 : 1);
}
