import { poolChannels } from '../distributions/pool';
import { Gallery, type RowForm, type RowSet, type ScoredRow, type Weights } from './gallery';
import type { Neighbour } from './nearest';
import { RowMemories } from './scan/memory';

/** An embedding with what decides whom it is ranked with. */
export interface GalleryItem {
  /** Unique among all items. */
  readonly key: string;
  /** Sequences of one layout have the same number of channels. */
  readonly layout: string;
  readonly channels: number;
  /** Codes, channel after channel. */
  readonly values: Uint8Array;
}

export interface RankedKey {
  readonly key: string;
  readonly distance: number;
}

/** Items that others are to be like, or not like. */
export interface ItemSet extends Pick<RowSet, 'by' | 'without'> {
  /** At least one. */
  readonly wanted: readonly GalleryItem[];
  readonly unwanted: readonly GalleryItem[];
}

/** An item whose distance is its score. */
export type ScoredKey = RankedKey & Pick<ScoredRow, 'nearest'>;

/**
 * One gallery per layout, and one of the sequences of several channels pooled over them: for all layouts it is ranked
 * together with the galleries of one channel.
 */
export class Galleries {
  private readonly memories = new RowMemories();
  private readonly layouts = new Map<string, Gallery>();
  private readonly layoutOf = new Map<string, string>();
  private readonly watchers = new Set<(key: string, layout: string) => void>();
  /** Filled when it is first asked for, because pooling many channels takes longer than loading their embeddings. */
  private pooled: Gallery | null = null;

  /** @param blocks as for `poolChannels` */
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

  /** A copy of the embedding of an item. */
  get(key: string): Uint8Array<ArrayBuffer> | undefined {
    return this.layouts.get(this.layoutOf.get(key) ?? '')?.get(key);
  }

  /**
   * Tells of every item that comes, changes or goes, after it did.
   * @returns a function that ends it
   */
  watch(told: (key: string, layout: string) => void): () => void {
    this.watchers.add(told);
    return () => {
      this.watchers.delete(told);
    };
  }

  /** @throws RangeError when there is no memory for the item, which is in no gallery then */
  put({ key, layout, channels, values }: GalleryItem): void {
    if (this.layoutOf.get(key) !== layout) this.remove(key);
    const gallery = this.layouts.get(layout) ?? new Gallery(this.form, channels, this.memories);
    gallery.put(key, values);
    this.layouts.set(layout, gallery);
    this.layoutOf.set(key, layout);
    if (this.pooled !== null) this.putPooled(this.pooled, key, channels, values);
    this.tell(key, layout);
  }

  remove(key: string): void {
    const layout = this.layoutOf.get(key);
    if (layout === undefined) return;
    const gallery = this.layouts.get(layout);
    gallery?.remove(key);
    if (gallery?.size === 0) this.layouts.delete(layout);
    this.pooled?.remove(key);
    this.layoutOf.delete(key);
    this.tell(key, layout);
  }

  clear(): void {
    const items = [...this.layoutOf];
    for (const gallery of this.layouts.values()) gallery.clear();
    this.layouts.clear();
    this.layoutOf.clear();
    this.pooled?.clear();
    this.pooled = null;
    for (const [key, layout] of items) this.tell(key, layout);
  }

  /** Ends the thread that helps to search, so that it outlives no one. */
  async close(): Promise<void> {
    await this.memories.helper.close();
  }

  /** The nearest items of the query's layout, without the query itself. */
  nearestInLayout({ key, layout, values }: GalleryItem, limit: number, weights?: Weights): readonly RankedKey[] {
    const gallery = this.layouts.get(layout);
    return gallery === undefined ? [] : keyed(gallery, gallery.nearest(values, limit, key, weights));
  }

  /** The same for each of some items of one layout, which takes less time than one after the other. */
  nearestOfEach(items: readonly GalleryItem[], limit: number, weights?: Weights): readonly (readonly RankedKey[])[] {
    const gallery = this.layouts.get(items[0]?.layout ?? '');
    if (gallery === undefined) return items.map(() => []);
    const queries = items.map(({ values }) => values);
    const keys = items.map(({ key }) => key);
    return gallery.nearestMany(queries, limit, keys, weights).map((found) => keyed(gallery, found));
  }

  /** The nearest items of all layouts, by distributions pooled over channels. */
  nearestOfAll(item: GalleryItem, limit: number): readonly RankedKey[] {
    return this.ofAll(item, (gallery, query) => gallery.nearest(query, limit, item.key)).slice(0, limit);
  }

  /** All items of the query's layout, nearest first, without the query itself. */
  rankingInLayout({ key, layout, values }: GalleryItem, weights?: Weights): readonly RankedKey[] {
    const gallery = this.layouts.get(layout);
    return gallery === undefined ? [] : keyed(gallery, gallery.ranking(values, key, weights));
  }

  /** All items of all layouts, nearest first by distributions pooled over channels. */
  rankingOfAll(item: GalleryItem): readonly RankedKey[] {
    return this.ofAll(item, (gallery, query) => gallery.ranking(query, item.key));
  }

  /** All items of the layout that those of a set have in common, by their scores, without those left out. */
  setRankingInLayout(set: ItemSet, weights?: Weights): readonly ScoredKey[] {
    const gallery = this.layouts.get(set.wanted[0]?.layout ?? '');
    if (gallery === undefined) return [];
    return scored(
      gallery,
      gallery.rankingOfSet(
        codesOf(set, ({ values }) => values),
        weights,
      ),
    );
  }

  /** All items of all layouts by their scores, by distributions pooled over channels, without those left out. */
  setRankingOfAll(set: ItemSet): readonly ScoredKey[] {
    const pooled = codesOf(set, ({ values, channels }) => poolChannels(values, channels, this.blocks));
    const found = this.ofOneChannel().map((gallery) => scored(gallery, gallery.rankingOfSet(pooled)));
    return found.flat().sort(byDistance);
  }

  /**
   * The galleries of a layout, or for `null` those of one channel that hold every item once, pooled over its channels. They
   * stay the same until an item comes or goes.
   */
  galleriesOf(layout: string | null): readonly Gallery[] {
    if (layout === null) return this.ofOneChannel();
    const gallery = this.layouts.get(layout);
    return gallery === undefined ? [] : [gallery];
  }

  /** About how far the farthest item of the query's layout is. */
  reachInLayout({ layout, values }: GalleryItem, weights?: Weights): number {
    return this.layouts.get(layout)?.reach(values, weights) ?? 0;
  }

  /** About how far the farthest item of all layouts is. */
  reachOfAll({ channels, values }: GalleryItem): number {
    const query = poolChannels(values, channels, this.blocks);
    return this.ofOneChannel().reduce((most, gallery) => Math.max(most, gallery.reach(query)), 0);
  }

  private tell(key: string, layout: string): void {
    for (const watcher of this.watchers) watcher(key, layout);
  }

  private ofAll(
    { channels, values }: GalleryItem,
    search: (gallery: Gallery, query: Uint8Array) => readonly Neighbour[],
  ): readonly RankedKey[] {
    const query = poolChannels(values, channels, this.blocks);
    const found = this.ofOneChannel().map((gallery) => keyed(gallery, search(gallery, query)));
    return found.flat().sort(byDistance);
  }

  /** Galleries that hold every item once, with one channel. */
  private ofOneChannel(): readonly Gallery[] {
    this.pooled ??= this.poolAll();
    return [...[...this.layouts.values()].filter(({ channels }) => channels === 1), this.pooled];
  }

  private poolAll(): Gallery {
    const pooled = new Gallery(this.form, 1, this.memories);
    for (const [key, layout] of this.layoutOf) {
      const gallery = this.layouts.get(layout);
      const values = gallery?.channels === 1 ? undefined : gallery?.get(key);
      if (gallery !== undefined && values !== undefined) this.putPooled(pooled, key, gallery.channels, values);
    }
    return pooled;
  }

  private putPooled(pooled: Gallery, key: string, channels: number, values: Uint8Array): void {
    if (channels > 1) pooled.put(key, poolChannels(values, channels, this.blocks));
  }
}

function keyed(gallery: Gallery, found: readonly Neighbour[]): readonly RankedKey[] {
  return found.map(({ row, distance }) => ({ key: gallery.keyAt(row), distance }));
}

function scored(gallery: Gallery, found: readonly ScoredRow[]): readonly ScoredKey[] {
  return found.map(({ row, distance, nearest }) => ({ key: gallery.keyAt(row), distance, nearest }));
}

function codesOf(set: ItemSet, codes: (item: GalleryItem) => Uint8Array): RowSet {
  return { ...set, wanted: set.wanted.map(codes), unwanted: set.unwanted.map(codes) };
}

function byDistance(a: RankedKey, b: RankedKey): number {
  return a.distance - b.distance || (a.key < b.key ? -1 : 1);
}
