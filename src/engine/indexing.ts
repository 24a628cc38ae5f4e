import type { Indexer } from '../core/index/indexer';
import { setTimeout as wait } from 'node:timers/promises';
import { changedAmong } from '../core/index/changes';
import { PausedError } from '../core/index/pace';
import type { Turn } from '../core/index/turn';
import type { Changes } from '../core/index/watch';
import type { IndexState, WorkspaceFolder } from '../protocol/engine';
import type { Store } from '../core/index/store/store';
import { folderOf } from './paths';
import { Places } from './places';
import type { Remembering } from './remembering';
import { Watching } from './watching';
import type { WorkspaceFiles } from './workspaceFiles';

const millisecondsBetweenFlushes = 500;
/** So long after another process has ended its work, ours goes on. */
const millisecondsBetweenTurns = 500;

/** What the indexing of a workspace works with. */
export interface IndexingParts {
  readonly folders: readonly WorkspaceFolder[];
  readonly files: WorkspaceFiles;
  readonly indexer: Indexer;
  readonly store: Store;
  readonly remembering: Remembering;
  readonly turn: Turn;
  readonly onChange: () => void;
  readonly onError: (text: string, error: unknown) => void;
}

/** Scans, follows changes, pauses and begins again: one piece of work after the other. */
export class Indexing {
  private queue: Promise<void> = Promise.resolve();
  private current = new AbortController();
  private phase: IndexState = 'starting';
  private flushedAt = performance.now();
  private closed = false;
  private cleared = false;
  private readonly places: Places;
  private readonly watching: Watching;

  constructor(private readonly parts: IndexingParts) {
    const { files, onError } = parts;
    const folders = parts.folders.map(({ path }) => path);
    const places = (this.places = new Places(folders));
    this.watching = new Watching({
      folders,
      places,
      leftOut: (path) => files.isUnwatched(path),
      onChanges: (changes) => {
        this.follow(changes);
      },
      // Something may have changed between the last scan and the start of watching.
      onScan: () => {
        this.scan();
      },
      onCompare: () => this.compare(),
      onError,
    });
  }

  /** A sentence for the user about folders that are away, or not watched; or `null`. */
  get problem(): string | null {
    const { away } = this.places;
    if (away.length === 0) return this.watching.problem;
    return (
      `${away.join(', ')} cannot be read at the moment. Search goes on with what is known of it, ` +
      'and indexing when it is there again.'
    );
  }

  get state(): IndexState {
    return this.parts.indexer.gate.isOpen ? this.phase : 'paused';
  }

  /** Resolves when nothing is left to do. */
  async settled(): Promise<void> {
    for (let seen: Promise<void> | undefined; seen !== this.queue;) await (seen = this.queue);
  }

  /** Looks at every file of the workspace. */
  scan(): void {
    this.cleared = false;
    this.enqueue('the scan of the workspace', async (signal) => {
      const { files, indexer } = this.parts;
      this.enter('scanning');
      const found = await this.found(signal);
      if (files.uncovered.length > 0) await this.watching.again();
      // What is embedded in another way without them is among those that are there.
      indexer.remove(this.gone(found));
      this.enter('indexing');
      await this.update(found, signal);
      if (this.places.away.length === 0) indexer.prune();
      this.remember();
    });
  }

  /** Looks at the files that are not as they are known. @returns when that is done */
  private compare(): Promise<void> {
    this.enqueue('the comparison of the workspace', async (signal) => {
      const found = await this.found(signal);
      const { indexer } = this.parts;
      const changed = await changedAmong(found, indexer.catalogue);
      const gone = this.gone(found);
      if (changed.length + gone.length === 0) return;
      this.enter('indexing');
      await this.update(changed, signal);
      await this.update(indexer.remove(gone), signal);
    });
    return this.queue;
  }

  /** All candidates that are there. */
  private async found(signal: AbortSignal): Promise<readonly string[]> {
    await this.places.look();
    return this.parts.files.scan(signal);
  }

  /** What the index holds and is no more, but for the folders that are away. */
  private gone(found: readonly string[]): readonly string[] {
    const present = new Set(found);
    return this.parts.indexer.paths().filter((path) => !present.has(path) && !this.isAway(path));
  }

  private isAway(path: string): boolean {
    const folder = folderOf(path, this.parts.folders);
    return folder !== undefined && this.places.isAway(folder.path);
  }

  watch(): void {
    this.enqueue('the start of watching', () => {
      this.watching.start();
      return Promise.resolve();
    });
  }

  pause(): void {
    this.parts.indexer.gate.close();
    this.parts.onChange();
  }

  resume(): void {
    this.parts.indexer.gate.open();
    this.parts.onChange();
    if (this.cleared) this.scan();
  }

  /** Stops what is under way and forgets everything that is kept. Resolves when that is done. */
  clear(): Promise<void> {
    this.stopCurrent();
    this.cleared = true;
    this.enqueue('clearing the index', () => {
      this.parts.indexer.clear();
      return Promise.resolve();
    });
    return this.queue;
  }

  flushIfDue(): void {
    if (performance.now() - this.flushedAt < millisecondsBetweenFlushes) return;
    this.parts.store.flush();
    this.flushedAt = performance.now();
  }

  async close(): Promise<void> {
    this.closed = true;
    this.stopCurrent();
    await this.queue;
    await this.watching.stop();
    this.parts.indexer.close();
  }

  private follow(changes: Changes): void {
    this.enqueue('following changes', async (signal) => {
      const { files, indexer } = this.parts;
      // A disk that is unmounted looks as if all of its files had been deleted.
      if (changes.removed.size > 0 && (await this.places.look())) {
        await this.watching.again();
        this.scan();
        return;
      }
      const consequence = await files.consequenceOf(changes, indexer.paths());
      if (consequence.kind === 'rescan') {
        this.scan();
        return;
      }
      const { changed, gone } = consequence;
      const owners = indexer.ownersOf(new Set([...changes.changed, ...changes.removed]));
      this.enter('indexing');
      // New files come first: a renamed one finds its embedding before the old name's is forgotten.
      await this.update([...new Set([...changed, ...owners])], signal);
      await this.update(indexer.remove(gone.filter((path) => !this.isAway(path))), signal);
      this.remember();
    });
  }

  private remember(): void {
    this.enqueue('keeping the index for the next start', (signal) => this.parts.remembering.remember(signal));
  }

  /** Brings files up to date when it is our turn. After a pause another process may have it, and everything may be other. */
  private async update(paths: readonly string[], signal: AbortSignal): Promise<void> {
    const { indexer } = this.parts;
    for (let rest = paths; rest.length > 0; rest = await this.all(paths)) {
      const outdated = await indexer.outdated(rest, signal);
      if (outdated.length === 0) return;
      indexer.expect(outdated);
      await this.comesOurTurn(outdated, signal);
      try {
        await indexer.update(outdated, signal);
        return;
      } catch (error) {
        if (!(error instanceof PausedError)) throw error;
        await this.mayGoOn(signal);
      }
    }
  }

  /** These files and those of the index that are there. */
  private async all(paths: readonly string[]): Promise<readonly string[]> {
    await this.places.look();
    const all = new Set([...paths, ...this.parts.indexer.paths()]);
    return [...all].filter((path) => !this.isAway(path)).sort();
  }

  /** Until it is our turn, takes what another process has done of some files. */
  private async comesOurTurn(paths: readonly string[], signal: AbortSignal): Promise<void> {
    const { indexer, turn } = this.parts;
    await this.mayGoOn(signal);
    for (let rest = paths; !turn.take();) {
      const began = performance.now();
      rest = await indexer.adopt(rest, signal);
      const pause = Math.max(millisecondsBetweenTurns, 4 * (performance.now() - began));
      await wait(pause, undefined, { signal }).catch(() => {
        signal.throwIfAborted();
      });
      await this.mayGoOn(signal);
    }
  }

  /** As long as this is paused, it is the turn of others. */
  private async mayGoOn(signal: AbortSignal): Promise<void> {
    const { indexer, turn } = this.parts;
    if (!indexer.gate.isOpen) turn.leave();
    await indexer.gate.passed(signal);
  }

  private enter(phase: IndexState): void {
    this.phase = phase;
    this.parts.onChange();
  }

  private stopCurrent(): void {
    this.current.abort();
    this.current = new AbortController();
  }

  private enqueue(what: string, work: (signal: AbortSignal) => Promise<void>): void {
    const { signal } = this.current;
    this.queue = this.queue.then(async () => {
      if (this.closed || signal.aborted) return;
      try {
        await work(signal);
      } catch (error) {
        if (error !== signal.reason) this.parts.onError(`An error stopped ${what}.`, error);
      } finally {
        this.parts.store.flush();
        this.parts.turn.leave();
        this.enter('ready');
      }
    });
  }
}
