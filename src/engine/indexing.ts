import type { Indexer } from '../core/index/indexer';
import { watchFolders, type Changes } from '../core/index/watch';
import type { IndexState, WorkspaceFolder } from '../protocol/engine';
import type { Store } from '../core/index/store/store';
import type { Remembering } from './remembering';
import type { WorkspaceFiles } from './workspaceFiles';

const millisecondsBetweenFlushes = 500;

/** What the indexing of a workspace works with. */
export interface IndexingParts {
  readonly folders: readonly WorkspaceFolder[];
  readonly files: WorkspaceFiles;
  readonly indexer: Indexer;
  readonly store: Store;
  readonly remembering: Remembering;
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
  private stopWatching: (() => Promise<void>) | undefined;

  constructor(private readonly parts: IndexingParts) {}

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
      const found = await files.scan(signal);
      if (files.uncovered.length > 0) await this.watchAgain();
      const present = new Set(found);
      await indexer.remove(
        indexer.paths().filter((path) => !present.has(path)),
        signal,
      );
      this.enter('indexing');
      await indexer.update(found, signal);
      indexer.prune();
      this.remember();
    });
  }

  watch(): void {
    this.enqueue('the start of watching', () => {
      this.startWatching();
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
    await this.stopWatching?.();
    this.parts.indexer.close();
  }

  private startWatching(): void {
    const { folders, files, onError } = this.parts;
    this.stopWatching = watchFolders(
      folders.map(({ path }) => path),
      (path) => files.isUnwatched(path),
      (changes) => {
        this.follow(changes);
      },
      () => {
        // Something may have changed between the last scan and now.
        this.scan();
      },
      (error) => {
        onError('The workspace cannot be watched for changes; rebuild the index after changes.', error);
      },
    );
  }

  /** A watcher never looks again at a folder that it has passed over. */
  private async watchAgain(): Promise<void> {
    if (this.stopWatching === undefined) return;
    await this.stopWatching();
    this.startWatching();
  }

  private follow(changes: Changes): void {
    this.enqueue('following changes', async (signal) => {
      const { files, indexer } = this.parts;
      const consequence = await files.consequenceOf(changes, indexer.paths());
      if (consequence.kind === 'rescan') {
        this.scan();
        return;
      }
      const { changed, gone } = consequence;
      const owners = indexer.ownersOf(new Set([...changes.changed, ...changes.removed]));
      this.enter('indexing');
      // New files come first: a renamed one finds its embedding before the old name's is forgotten.
      await indexer.update([...new Set([...changed, ...owners])], signal);
      await indexer.remove(gone, signal);
      this.remember();
    });
  }

  private remember(): void {
    this.enqueue('keeping the index for the next start', (signal) => this.parts.remembering.remember(signal));
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
        this.enter('ready');
      }
    });
  }
}
