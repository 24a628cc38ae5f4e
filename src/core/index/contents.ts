import { stat } from 'node:fs/promises';
import { UnreadableError } from '../recordings/reader';
import { extensionOf } from '../recordings/names';
import { readersVersion } from '../recordings/registry';
import { asUnreadable } from '../recordings/source';
import { keyOf, parse, type FileRecord, type Survey } from './store/records';
import type { Store } from './store/store';
import type { Attempts } from './attempts';
import { maximumDeaths } from './attempts';
import type { CatalogueFile } from './catalogue';
import type { FileWorker, Priority, WorkOptionsOf } from './fileWorker';

interface Stamp {
  readonly path: string;
  readonly size: number;
  readonly modified: number;
}

/**
 * Finds out what files hold, and asks a worker only for what the store does not know: a file whose size and time are
 * as recorded is not opened, and one whose content is known under another path is not parsed.
 */
export class Contents {
  constructor(
    private readonly store: Store,
    private readonly worker: FileWorker,
    private readonly attempts: Attempts,
    private readonly optionsOf: WorkOptionsOf,
  ) {}

  /** @returns `null` when the file is not there (any more) */
  async lookAt(path: string, priority: Priority, signal: AbortSignal): Promise<CatalogueFile | null> {
    try {
      const stamp = await stampOf(path);
      const record = (await this.knownRecord(stamp)) ?? (await this.newRecord(stamp, priority, signal));
      return { path, record, survey: await this.surveyOf(record, priority, signal) };
    } catch (error) {
      if (!(error instanceof UnreadableError)) throw error;
      if (error.cause instanceof Error && 'code' in error.cause && error.cause.code === 'ENOENT') return null;
      return { path, record: null, survey: { kind: 'unreadable', reason: error.message } };
    }
  }

  /** The key of what is derived from a content by the options in force. */
  contentKey({ path, hash }: FileRecord): string {
    const { arrayAxes, maximumBytes, maximumSamples, decisions } = this.optionsOf(path).read;
    const decided = JSON.stringify(decisions ?? {});
    return keyOf(hash, extensionOf(path), readersVersion, arrayAxes, maximumBytes, maximumSamples, decided);
  }

  private async knownRecord(stamp: Stamp): Promise<FileRecord | null> {
    const record = parse.file(this.store.get('files', keyOf(stamp.path)));
    if (record === undefined || !isSame(record, stamp)) return null;
    for (const companion of record.companions) {
      if (!isSame(companion, await stampOrMissing(companion.path))) return null;
    }
    return record;
  }

  private async newRecord(stamp: Stamp, priority: Priority, signal: AbortSignal): Promise<FileRecord> {
    const { hash, companions, size, modified } = await this.worker.mark(
      stamp.path,
      this.optionsOf(stamp.path),
      priority,
      signal,
    );
    const record: FileRecord = {
      path: stamp.path,
      size,
      modified,
      hash,
      companions: await Promise.all(companions.map(stampOrMissing)),
    };
    this.store.put('files', keyOf(stamp.path), record);
    return record;
  }

  private async surveyOf(record: FileRecord, priority: Priority, signal: AbortSignal): Promise<Survey> {
    const key = this.contentKey(record);
    const known = parse.survey(this.store.get('surveys', key));
    if (known !== undefined) return known;
    const deaths = this.attempts.deaths(record.path, record.hash);
    if (deaths >= maximumDeaths) {
      const reason = `reading it stopped the engine ${deaths} times; it is tried again when it changes`;
      return { kind: 'unreadable', reason };
    }
    const survey = await this.worker.survey(record.path, this.optionsOf(record.path), priority, signal);
    this.store.put('surveys', key, survey);
    return survey;
  }
}

async function stampOf(path: string): Promise<Stamp> {
  try {
    const { size, mtimeMs } = await stat(path);
    return { path, size, modified: mtimeMs };
  } catch (error) {
    throw asUnreadable(error);
  }
}

async function stampOrMissing(path: string): Promise<Stamp> {
  try {
    return await stampOf(path);
  } catch (error) {
    if (!(error instanceof UnreadableError)) throw error;
    return { path, size: -1, modified: 0 };
  }
}

function isSame(a: Stamp, b: Stamp): boolean {
  return a.size === b.size && a.modified === b.modified;
}
