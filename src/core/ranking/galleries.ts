import { poolChannels } from '../distributions/pool';
import { Gallery, type RowForm, type Weights } from './gallery';
import type { Neighbour } from './nearest';

/** An embedding with what decides whom it is ranked with. */
export interface GalleryItem {
  /** Unique among all items. */
  readonly key: string;
  readonly layout: string;
  readonly channels: number;
  readonly values: Uint8Array;
}

export interface RankedKey {
  readonly key: string;
  readonly distance: number;
}

/** One gallery per layout, and one of all sequences pooled over their channels. */
export class Galleries {
  private readonly layouts = new Map<string, Gallery>();
  private readonly layoutOf = new Map<string, string>();
  /** Filled when it is first asked for, because pooling many channels takes longer than loading their embeddings. */
  private pooled: Gallery | null = null;

  /**
   * @param blocks as for `poolChannels`
   */
  constructor(
    private readonly form: RowForm,
    private readonly blocks: readonly number[],
  ) {}

  get size(): number {
    return this.layoutOf.size;
  }

  /** How many items of a layout there are. */
  sizeOf(layout: string): number {
    return this.layouts.get(layout)?.size ?? 0;
  }

  sizes(): ReadonlyMap<string, number> {
    return new Map([...this.layouts].map(([layout, gallery]) => [layout, gallery.size]));
  }

  /** The keys of all items, or of those of a layout, in a stable order. */
  keys(): readonly string[] {
    return [...this.layoutOf.keys()].sort();
  }

  keysOf(layout: string): readonly string[] {
    return [...this.layoutOf].flatMap(([key, of]) => (of === layout ? [key] : [])).sort();
  }

  /** The embedding of an item: a view that is valid until the galleries change. */
  get(key: string): Uint8Array | undefined {
    return this.layouts.get(this.layoutOf.get(key) ?? '')?.get(key);
  }

  put({ key, layout, channels, values }: GalleryItem): void {
    if (this.layoutOf.get(key) !== layout) this.remove(key);
    const gallery = this.layouts.get(layout) ?? new Gallery(this.form, channels);
    gallery.put(key, values);
    this.layouts.set(layout, gallery);
    this.layoutOf.set(key, layout);
    this.pooled?.put(key, poolChannels(values, channels, this.blocks));
  }

  remove(key: string): void {
    const layout = this.layoutOf.get(key);
    if (layout === undefined) return;
    const gallery = this.layouts.get(layout);
    gallery?.remove(key);
    if (gallery?.size === 0) this.layouts.delete(layout);
    this.pooled?.remove(key);
    this.layoutOf.delete(key);
  }

  clear(): void {
    for (const key of [...this.layoutOf.keys()]) this.remove(key);
  }

  /** The nearest items of the query's layout, without the query itself. */
  nearestInLayout({ key, layout, values }: GalleryItem, limit: number, weights?: Weights): readonly RankedKey[] {
    const gallery = this.layouts.get(layout);
    return keyed(gallery, gallery?.nearest(values, limit, key, weights));
  }

  /** The nearest items of all layouts, by distributions pooled over channels. */
  nearestOfAll({ key, channels, values }: GalleryItem, limit: number): readonly RankedKey[] {
    const gallery = this.poolOfAll();
    return keyed(gallery, gallery.nearest(poolChannels(values, channels, this.blocks), limit, key));
  }

  /** All items of the query's layout, nearest first, without the query itself. */
  rankingInLayout({ key, layout, values }: GalleryItem, weights?: Weights): readonly RankedKey[] {
    const gallery = this.layouts.get(layout);
    return keyed(gallery, gallery?.ranking(values, key, weights));
  }

  /** All items of all layouts, nearest first by distributions pooled over channels. */
  rankingOfAll({ key, channels, values }: GalleryItem): readonly RankedKey[] {
    const gallery = this.poolOfAll();
    return keyed(gallery, gallery.ranking(poolChannels(values, channels, this.blocks), key));
  }

  /** About how far the farthest item of the query's layout is. */
  reachInLayout({ layout, values }: GalleryItem, weights?: Weights): number {
    return this.layouts.get(layout)?.reach(values, weights) ?? 0;
  }

  /** About how far the farthest item of all layouts is. */
  reachOfAll({ channels, values }: GalleryItem): number {
    return this.poolOfAll().reach(poolChannels(values, channels, this.blocks));
  }

  private poolOfAll(): Gallery {
    return (this.pooled ??= this.poolAll());
  }

  private poolAll(): Gallery {
    const pooled = new Gallery(this.form, 1);
    for (const [key, layout] of this.layoutOf) {
      const values = this.get(key);
      if (values === undefined) throw new Error(`${key} of ${layout} has no embedding`);
      pooled.put(key, poolChannels(values, values.length / (this.form.features * this.form.featureSize), this.blocks));
    }
    return pooled;
  }
}

function keyed(gallery: Gallery | undefined, found: readonly Neighbour[] = []): readonly RankedKey[] {
  return gallery === undefined ? [] : found.map(({ row, distance }) => ({ key: gallery.keyAt(row), distance }));
}
