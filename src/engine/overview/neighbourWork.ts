import { GrowingGraph } from '../../core/ranking/neighbours/growing';
import type { GallerySource } from '../../core/ranking/neighbours/source';
import { Pace } from './pace';

/** A search of a user waits for one block at most. */
const blockMilliseconds = 12;
const mostSearches = 64;
/** So many embeddings are looked at between two moments in which others can work. */
const mostFollowed = 1000;

/** Brings a graph of neighbours up to date in blocks, after each of which others may work. */
export class NeighbourWork {
  readonly touched = new Set<string>();
  readonly pace = new Pace();
  private many = 1;
  /** How often it changed. */
  changes = 0;

  constructor(readonly graph = new GrowingGraph()) {}

  get isDone(): boolean {
    return this.touched.size === 0 && this.graph.left === 0;
  }

  /** Follows some of what was touched, or does some of the searches that are left. */
  block(source: GallerySource): void {
    if (this.touched.size > 0) this.follow(source);
    else this.search(source);
  }

  private follow(source: GallerySource): void {
    const some: string[] = [];
    for (const key of this.touched) {
      some.push(key);
      if (some.length === mostFollowed) break;
    }
    if (this.graph.follow(source, some)) this.changes++;
    for (const key of some) this.touched.delete(key);
  }

  private search(source: GallerySource): void {
    const started = performance.now();
    const done = this.graph.step(source, this.many);
    const each = (performance.now() - started) / done;
    this.many = Math.max(1, Math.min(mostSearches, 2 * this.many, Math.round(blockMilliseconds / each)));
    this.changes++;
    this.pace.note(done);
  }
}
