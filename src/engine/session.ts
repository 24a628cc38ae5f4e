import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { version } from '../../package.json';
import { blockLevels, embeddingIdentity } from '../core/encoder/blocks';
import type { EncoderDescription } from '../core/encoder/description';
import { onnxruntime } from '../core/encoder/onnx/runtime';
import { doubtsOf } from '../core/index/catalogue';
import { Indexer } from '../core/index/indexer';
import type { Diagnostics, IndexStatus, LogMessage, OpenParams, SkippedFile, UnsureFile } from '../protocol/engine';
import type { WorkOptionsOf } from '../core/index/fileWorker';
import { trackIdentity } from '../core/encoder/tracks';
import { Galleries } from '../core/ranking/galleries';
import { rowFormOf } from '../core/ranking/rowForm';
import { cacheFolder } from '../core/index/store/cacheFolder';
import type { Store } from '../core/index/store/store';
import { Turn } from '../core/index/turn';
import type { Checks } from './checks/checks';
import { openChecks } from './checks/openChecks';
import { Explaining } from './explaining';
import { Exporting } from './exporting/exporting';
import { GallerySink } from './gallerySink';
import { Indexing } from './indexing';
import { Labelling } from './labelling';
import { LabelWriting } from './labelWriting';
import { Lister } from './listing/lister';
import { sequenceKey, shownPath } from './paths';
import { openStore } from './openStore';
import { GraphFacts } from './checks/ofGraph';
import { Overviews } from './overview/overviews';
import { Reading } from './reading';
import { ReadingRules } from './readingRules';
import { Recordings } from './recordings';
import { indexIdentity, Remembering } from './remembering';
import { shortened } from './shortened';
import { Searching } from './searching';
import { WindowSearch } from './windows/windowSearch';
import { Threads } from './workers/threads';
import { givenForms } from './team/givenForms';
import { withEncoder } from './withEncoder';
import { workOptions } from './workers/workOptions';
import { WorkspaceFiles } from './workspaceFiles';

/** Before a file that changed while it was read is read again. */
const calmMilliseconds = 500;

/** Told of what happens without being asked. */
export interface SessionListener {
  status(status: IndexStatus): void;
  log(message: LogMessage): void;
}

/** The index of one workspace, from opening to closing. */
export class Session {
  readonly searching: Searching;
  readonly lister: Lister;
  readonly indexing: Indexing;
  readonly labelling: Labelling;
  readonly labelWriting: LabelWriting;
  readonly explaining: Explaining;
  readonly exporting: Exporting;
  readonly reading: Reading;
  readonly readingRules: ReadingRules;
  readonly recordings: Recordings;
  readonly windows: WindowSearch;
  readonly checks: Checks;
  readonly overviews: Overviews;
  private readonly galleries: Galleries;
  private readonly sink: GallerySink;
  private readonly files: WorkspaceFiles;
  private readonly indexer: Indexer;
  private readonly remembering: Remembering;
  private readonly closing = new AbortController();
  private readonly opening = randomUUID();

  private constructor(
    readonly params: OpenParams,
    private readonly encoder: EncoderDescription,
    private readonly store: Store,
    private readonly problem: { text: string | null },
    private readonly threads: Threads,
    private readonly listener: SessionListener,
  ) {
    const { folders, settings, storage } = params;
    this.galleries = new Galleries(rowFormOf(encoder), blockLevels(encoder));
    const galleries = this.galleries;
    const sink = (this.sink = new GallerySink(galleries));
    const files = (this.files = new WorkspaceFiles(folders, settings));
    const onChange = this.changed.bind(this);
    const workOf = (path: string) => workOptions(settings, files.decisionsOf(path));
    const indexer = (this.indexer = this.newIndexer(workOf));
    const onError = this.logError.bind(this);
    const identity = indexIdentity(encoder, params);
    const remembering = (this.remembering = new Remembering({ storage, store, indexer, identity, note: this.note }));
    const turn = new Turn(cacheFolder(storage));
    this.indexing = new Indexing({ folders, files, indexer, store, remembering, turn, onChange, onError });
    const rateOf = (path: string, number: number) => sink.get(sequenceKey(path, number))?.rate ?? null;
    const { catalogue } = indexer;
    this.labelling = new Labelling({ params, encoder, files, catalogue, match: threads.match, rateOf });
    this.labelWriting = new LabelWriting({ params, files, catalogue, onChange });
    const status = () => this.status();
    const searching = (this.searching = new Searching({ folders, files, indexer, sink, galleries, status }));
    this.lister = new Lister({ searching, files, sink, galleries, status });
    this.explaining = new Explaining({ workOf, encoder, threads, indexer, sink, galleries, files, searching });
    this.exporting = new Exporting({ encoder, sink, galleries, searching, lister: this.lister });
    const reading = (this.reading = new Reading(settings, threads));
    this.recordings = new Recordings({ folders, workOf, threads, files, sink });
    this.windows = new WindowSearch({ ...{ folders, workOf, encoder, threads, indexer, sink }, searching, status });
    const facts = new GraphFacts(threads, this.closed);
    const overviewed = { facts, folders, files, galleries, sink, storage, onError, note: this.note, index: status };
    this.overviews = new Overviews({ ...overviewed, identity: embeddingIdentity(encoder), store });
    this.readingRules = new ReadingRules({ folders, files, reading, indexing: this.indexing });
    const checked = { ...{ folders, galleries, sink, encoder, files }, searching, workOf, catalogue, threads };
    this.checks = openChecks({ ...checked, facts, graphs: this.overviews, note: this.note }, this.closed);
  }

  /**
   * Opens a workspace and begins to index it, unless it is paused.
   * @param workerScript the bundle of `worker.ts`
   * @throws EncoderError
   */
  static async open(
    asked: OpenParams,
    paused: boolean,
    workerScript: string,
    listener: SessionListener,
  ): Promise<Session> {
    const { params, description, unusable } = await withEncoder(asked);
    const problem: { text: string | null } = { text: unusable };
    if (unusable !== null) listener.log({ level: 'warn', text: unusable });
    let opened: Session | undefined;
    const store = await openStore(params, {
      problem: (text) => {
        problem.text = text ?? unusable;
        listener.log({ level: 'warn', text: text ?? 'The cache can be written again.' });
        if (opened !== undefined) listener.status(opened.status());
      },
      note: (text) => {
        listener.log({ level: 'info', text });
      },
    });
    const threads = new Threads(workerScript, { models: params.models }, params.settings.threads);
    const session = (opened = new Session(params, description, store, problem, threads, listener));
    await session.remembering.restore();
    if (paused) session.indexing.pause();
    session.indexing.scan();
    if (params.watch) session.indexing.watch();
    return session;
  }

  status(): IndexStatus {
    return {
      state: this.indexing.state,
      ...this.indexer.progress,
      sequences: this.galleries.size,
      skipped: this.indexer.catalogue.skipped.files + this.files.skipped.length,
      skippedSequences: this.indexer.catalogue.skipped.sequences,
      unsure: this.indexer.catalogue.unsure,
      changes: {
        opening: this.opening,
        files: this.indexer.held.differences,
        labels: this.files.labelChanges,
      },
      problem: this.problem.text ?? this.indexing.problem,
    };
  }

  skipped(): readonly SkippedFile[] {
    const { folders } = this.params;
    const entry = (path: string, number: number | null, reason: string): SkippedFile => ({
      path,
      file: shownPath(path, folders),
      number,
      reason,
    });
    const unusable = [...this.indexer.catalogue.all()].flatMap(({ path, survey }) => {
      if (survey.kind === 'unreadable') return [entry(path, null, survey.reason)];
      if (survey.kind === 'unclaimed') return [];
      return survey.unusable.map(({ number, reason }) => entry(path, survey.count > 1 ? number : null, reason));
    });
    const notRead = this.files.skipped.map(({ path, reason }) => entry(path, null, reason));
    const all = [...unusable, ...notRead];
    return all.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : (a.number ?? 0) - (b.number ?? 0)));
  }

  unsure(): readonly UnsureFile[] {
    const { folders } = this.params;
    const files = [...this.indexer.catalogue.all()].flatMap((file): UnsureFile[] => {
      const doubts = doubtsOf(file).map(shortened);
      return doubts.length === 0 ? [] : [{ path: file.path, file: shownPath(file.path, folders), doubts }];
    });
    return files.sort((a, b) => (a.path < b.path ? -1 : 1));
  }

  indexedFiles(): readonly { readonly path: string; readonly file: string }[] {
    return this.sink.paths().map((path) => ({ path, file: shownPath(path, this.params.folders) }));
  }

  async diagnostics(): Promise<Diagnostics> {
    const { name, training, sha256 } = this.encoder;
    return {
      pid: process.pid,
      version,
      node: process.version,
      residentMegabytes: process.memoryUsage.rss() / 2 ** 20,
      peakMegabytes: process.resourceUsage().maxRSS / 2 ** 10,
      // Loaded after the memory was measured: this thread has no other use for it.
      runtime: (await onnxruntime()).kind,
      encoder: { name, training, sha256 },
      storage: this.params.storage,
      isKept: this.store.isKept,
      sequencesPerLayout: Object.fromEntries(this.galleries.sizes()),
      ...this.indexer.statistics,
    };
  }

  /** Aborted as soon as it is being closed: what is asked of it from then on fails. */
  get closed(): AbortSignal {
    return this.closing.signal;
  }

  get paused(): boolean {
    return this.indexing.state === 'paused';
  }

  /** Forgets the whole cache. Resolves when that is done. */
  async forget(): Promise<void> {
    await this.indexing.clear();
    await this.overviews.forget();
  }

  async close(): Promise<void> {
    this.closing.abort();
    await this.indexing.close();
    await this.overviews.close();
    await this.threads.close();
    await this.galleries.close();
    await this.store.close();
  }

  private newIndexer(workOf: WorkOptionsOf): Indexer {
    const { settings, storage, crashed = null } = this.params;
    return new Indexer(this.store, this.threads, this.sink, {
      workOf,
      commonRates: settings.commonRates,
      encoderHash: embeddingIdentity(this.encoder),
      trackIdentity: trackIdentity(this.encoder),
      givenForm: givenForms(this.params.forms),
      width: 4 * settings.threads,
      journals: storage,
      deaths: { version, crashed },
      calm: (signal) => sleep(calmMilliseconds, undefined, { signal }),
      onError: (path, error) => {
        this.logError(path, error);
      },
      onProgress: () => {
        this.changed();
      },
    });
  }

  private changed(): void {
    this.indexing.flushIfDue();
    this.overviews.wake();
    this.listener.status(this.status());
  }

  private readonly note = (text: string): void => {
    this.listener.log({ level: 'info', text });
  };

  private logError(text: string, error: unknown): void {
    const details = error instanceof Error ? (error.stack ?? error.message) : String(error);
    this.listener.log({ level: 'error', text: `${text}: ${details}` });
  }
}
