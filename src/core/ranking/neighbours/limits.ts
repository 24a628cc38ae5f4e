import type { Gallery } from '../gallery';
import type { RankedKey } from '../galleries';

/** How far the sequences of some galleries look: who is near enough to each of them. */
export class Limits {
  private readonly ofRows: readonly Float64Array[];

  /** @param limitOf below 0 for a key that is left out */
  constructor(
    private readonly galleries: readonly Gallery[],
    limitOf: (key: string) => number,
  ) {
    this.ofRows = galleries.map((gallery) =>
      Float64Array.from({ length: gallery.size }, (_, row) => limitOf(gallery.keyAt(row))),
    );
  }

  /** The keys whose limits an embedding is not beyond, in no order; its own is among them. */
  reachedBy(codes: Uint8Array): readonly RankedKey[] {
    return this.galleries.flatMap((gallery, g) => {
      const found = gallery.within(codes, this.ofRows[g] ?? new Float64Array());
      return found.map(({ row, distance }) => ({ key: gallery.keyAt(row), distance }));
    });
  }
}
