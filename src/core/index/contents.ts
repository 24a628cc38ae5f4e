import { codeOf } from '../files/errorCode';
import { isDeepStrictEqual } from 'node:util';
import { UnreadableError } from '../recordings/reader';
import { extensionOf } from '../recordings/names';
import { readersVersion } from '../recordings/registry';
import { keyOf, parse, type FileRecord, type Survey } from './store/records';
import type { Store } from './store/store';
import type { Attempts } from './attempts';
import { maximumDeaths } from './attempts';
import { catalogueFile, type CatalogueFile } from './catalogue';
import type { FileWorker, Priority, WorkOptionsOf } from './fileWorker';
import { glanceAtAll, isAsRecorded, steadily, ticked, type Glance } from './glance';

/** What is known of a file: its record, and how its files were when that held. */
interface Known {
  readonly record: FileRecord;
  readonly seen: readonly Glance[];
}

/**
 * Finds out what files hold, and asks a worker only for what the store does not know: a file whose size and time are
 * as recorded is not opened, and one whose content is known under another path is not parsed. Nothing is kept of a file
 * that changed while it was read.
 */
export class Contents {
  constructor(
    private readonly store: Store,
    private readonly worker: FileWorker,
    private readonly attempts: Attempts,
    private readonly optionsOf: WorkOptionsOf,
  ) {}

  /** @returns `null` when the file is not there (any more) @throws FileChangedError */
  async lookAt(path: string, priority: Priority, signal: AbortSignal): Promise<CatalogueFile | null> {
    try {
      const { record, seen } = (await this.knownRecord(path)) ?? (await this.newRecord(path, priority, signal));
      const survey = await this.surveyOf({ record, seen }, priority, signal);
      return catalogueFile({ path, record, seen, survey });
    } catch (error) {
      if (!(error instanceof UnreadableError)) throw error;
      if (codeOf(error.cause) === 'ENOENT') return null;
      return catalogueFile({ path, record: null, seen: [], survey: { kind: 'unreadable', reason: error.message } });
    }
  }

  /** What the store tells of a file as it is now, or `null` where it does not. */
  async stored(path: string): Promise<CatalogueFile | null> {
    try {
      const known = await this.knownRecord(path);
      const survey = known && parse.survey(this.store.get('surveys', this.contentKey(known.record)));
      return known && survey ? catalogueFile({ path, ...known, survey }) : null;
    } catch (error) {
      if (!(error instanceof UnreadableError)) throw error;
      return null;
    }
  }

  /** Forgets what a file held: it changed, perhaps without another size and time. */
  forget(path: string): void {
    this.store.remove('files', keyOf(path));
  }

  /** The key of what is derived from a content by the options in force. */
  contentKey({ path, hash }: FileRecord): string {
    const { arrayAxes, maximumBytes, maximumSamples, decisions } = this.optionsOf(path).read;
    const decided = JSON.stringify(decisions ?? {});
    return keyOf(hash, extensionOf(path), readersVersion, arrayAxes, maximumBytes, maximumSamples, decided);
  }

  private async knownRecord(path: string): Promise<Known | null> {
    const record = parse.file(this.store.get('files', keyOf(path)));
    const seen = await glanceAtAll(path, record?.companions.map((companion) => companion.path) ?? []);
    if (record === undefined) return null;
    const isKnown = [record, ...record.companions].every((file, i) => isAsRecorded(file, seen[i]));
    return isKnown ? { record, seen } : null;
  }

  /** A recording of several files is hashed again once it is known which ones they are, as they must not change either. */
  private async newRecord(path: string, priority: Priority, signal: AbortSignal): Promise<Known> {
    for (let companions: readonly string[] = []; ;) {
      const seen = await glanceAtAll(path, companions);
      await ticked(seen, signal);
      const options = this.optionsOf(path);
      const mark = await steadily(seen, () => this.worker.mark(path, options, priority, signal));
      if (isDeepStrictEqual(mark.companions, companions)) {
        const [own, ...others] = seen.map(({ path: at, size, modified }) => ({ path: at, size, modified }));
        if (own === undefined) throw new Error('nothing was looked at');
        const record: FileRecord = { ...own, hash: mark.hash, companions: others };
        this.store.put('files', keyOf(path), record);
        return { record, seen };
      }
      companions = mark.companions;
    }
  }

  private async surveyOf({ record, seen }: Known, priority: Priority, signal: AbortSignal): Promise<Survey> {
    const key = this.contentKey(record);
    const known = parse.survey(this.store.get('surveys', key));
    if (known !== undefined) return known;
    const deaths = this.attempts.deaths(record.path, record.hash);
    if (deaths >= maximumDeaths) {
      const reason = `reading it stopped the engine ${deaths} times; it is tried again when it changes, or tomorrow`;
      return { kind: 'unreadable', reason };
    }
    const { path } = record;
    const survey = await steadily(seen, () => this.worker.survey(path, this.optionsOf(path), priority, signal));
    this.store.put('surveys', key, survey);
    return survey;
  }
}
