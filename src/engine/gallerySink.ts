import type { Embedded } from '../core/index/embedder';
import type { EmbeddingSink } from '../core/index/held';
import type { CatalogueSequence } from '../core/index/catalogue';
import type { Galleries, GalleryItem } from '../core/ranking/galleries';
import { sequenceKey } from './paths';

/** A sequence that can be found. */
export interface Findable {
  readonly sequence: CatalogueSequence;
  readonly covered: number;
  /** The rate at which it is compared, in Hz, where that is another than its own. */
  readonly rate: number | null;
}

/** An embedding as the galleries take it. */
export function galleryItem({ sequence, values }: Embedded): GalleryItem {
  const { path, number, layout, surveyed } = sequence;
  return { key: sequenceKey(path, number), layout, channels: surveyed.channels.length, values };
}

/** Fills the galleries, and remembers what each key stands for. */
export class GallerySink implements EmbeddingSink {
  private readonly byKey = new Map<string, Findable>();
  private readonly keysOfPath = new Map<string, string[]>();
  private changed = 0;

  constructor(private readonly galleries: Galleries) {}

  /** Grows with every change: what was learnt of the galleries before may hold no longer. */
  get changes(): number {
    return this.changed;
  }

  get(key: string): Findable | undefined {
    return this.byKey.get(key);
  }

  embeddingOf({ path, number }: CatalogueSequence): Pick<Embedded, 'values' | 'covered' | 'rate'> | undefined {
    const key = sequenceKey(path, number);
    const [findable, values] = [this.byKey.get(key), this.galleries.get(key)];
    return findable && values && { values, covered: findable.covered, rate: findable.rate };
  }

  /** The sequences of a file in their order. */
  ofPath(path: string): readonly Findable[] {
    return [...(this.keysOfPath.get(path) ?? [])]
      .flatMap((key) => this.byKey.get(key) ?? [])
      .sort((a, b) => a.sequence.number - b.sequence.number);
  }

  /** Everything that can be found. */
  all(): Iterable<Findable> {
    return this.byKey.values();
  }

  /** The files of which something can be found. */
  paths(): readonly string[] {
    return [...this.keysOfPath.keys()].sort();
  }

  put(embedded: Embedded): void {
    const item = galleryItem(embedded);
    const { path } = embedded.sequence;
    this.galleries.put(item);
    this.changed++;
    const isNew = !this.byKey.has(item.key);
    this.byKey.set(item.key, { sequence: embedded.sequence, covered: embedded.covered, rate: embedded.rate });
    const keys = this.keysOfPath.get(path);
    if (keys === undefined) this.keysOfPath.set(path, [item.key]);
    else if (isNew) keys.push(item.key);
  }

  remove(path: string): void {
    this.changed++;
    for (const key of this.keysOfPath.get(path) ?? []) {
      this.galleries.remove(key);
      this.byKey.delete(key);
    }
    this.keysOfPath.delete(path);
  }

  clear(): void {
    this.changed++;
    this.galleries.clear();
    this.byKey.clear();
    this.keysOfPath.clear();
  }
}
