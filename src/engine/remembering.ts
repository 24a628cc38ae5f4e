import { embeddingIdentity } from '../core/encoder/blocks';
import type { EncoderDescription } from '../core/encoder/description';
import { codeOf } from '../core/files/errorCode';
import type { Indexer } from '../core/index/indexer';
import { DamagedBlocksError } from '../core/index/snapshot/blocks';
import { Snapshot } from '../core/index/snapshot/snapshot';
import { keyOf } from '../core/index/store/records';
import type { Store } from '../core/index/store/store';
import { readersVersion } from '../core/recordings/registry';
import type { OpenParams } from '../protocol/engine';

/** Stands for all that decides what the index of the same files is. */
export function indexIdentity(encoder: EncoderDescription, { folders, settings }: IndexedAs): string {
  return keyOf(embeddingIdentity(encoder), readersVersion, JSON.stringify([folders, settings]));
}

type IndexedAs = Pick<OpenParams, 'folders' | 'settings'>;

export interface RememberingParts {
  readonly storage: string;
  readonly store: Store;
  readonly indexer: Indexer;
  /** See `indexIdentity`. */
  readonly identity: string;
  readonly note: (text: string) => void;
}

/** A snapshot is written again when more files, and a larger share of all, than this have changed since. */
const changedFiles = 64;
const changedShare = 0.05;

/** Begins with what the session before knew, and keeps a snapshot for the next. */
export class Remembering {
  private readonly snapshot: Snapshot;
  /** What `indexer.held.changes` was when the snapshot held what the index held; `null` if there is none. */
  private current: number | null = null;

  constructor(private readonly parts: RememberingParts) {
    this.snapshot = new Snapshot(parts.storage, parts.store, parts.identity);
  }

  /** Fills the index with what was remembered. What is damaged is forgotten: the store has it as well. */
  async restore(): Promise<void> {
    const { indexer, note } = this.parts;
    try {
      await indexer.held.restore(this.snapshot.read());
      if (indexer.held.changes > 0) this.current = indexer.held.changes;
    } catch (error) {
      if (!(error instanceof DamagedBlocksError) && typeof codeOf(error) !== 'string') throw error;
      indexer.forgetAll();
      note(`The snapshot of the index cannot be used (${String(error)}); it is made again.`);
    }
  }

  /** Writes a snapshot if the last one is far from what the index holds. */
  async remember(signal: AbortSignal): Promise<void> {
    const { indexer, store, note } = this.parts;
    if (!store.isKept || !this.isOutdated()) return;
    const changes = indexer.held.changes;
    this.current = changes;
    try {
      await this.snapshot.write(indexer.held.remembered(), signal);
    } catch (error) {
      if (typeof codeOf(error) !== 'string') throw error;
      note(`The snapshot of the index could not be written (${String(error)}); the next start takes longer.`);
    }
  }

  private isOutdated(): boolean {
    const { indexer } = this.parts;
    if (this.current === null) return indexer.catalogue.size > 0;
    return indexer.held.changes - this.current > Math.max(changedFiles, changedShare * indexer.catalogue.size);
  }
}
