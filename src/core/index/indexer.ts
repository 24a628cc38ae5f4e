import { WorkerDiedError, type EmbedRequest, type FileWorker } from './fileWorker';
import { FileChangedError } from './glance';
import { UnreadableError } from '../recordings/reader';
import type { Track } from '../encoder/tracks';
import type { Store } from './store/store';
import { Attempts, type AttemptsOptions } from './attempts';
import { Catalogue, catalogueFile, type CatalogueFile, type CatalogueSequence } from './catalogue';
import { Contents } from './contents';
import { Embedder, type Embedded, type EmbedderOptions } from './embedder';
import { reasonOf, restlessness, usable } from './failures';
import { Held, type EmbeddingSink } from './held';
import { Progress } from './progress';
import { pathOf, Preference, type Job } from './preference';
import { prune } from './prune';
import { rememberEncoder } from './recentEncoders';
import { evenlySpaced, forEachConcurrently, Gate } from './pace';

export interface IndexerOptions extends EmbedderOptions {
  /** How many files are worked on at once. */
  readonly width: number;
  /** Where the journal of files being read is kept. */
  readonly journals: string;
  readonly deaths: AttemptsOptions;
  /** Waits a little before files that changed while they were read are read again. */
  readonly calm: (signal: AbortSignal) => Promise<void>;
  /** Called for an error that is not the file's fault. */
  readonly onError: (path: string, error: unknown) => void;
  /** Called after every file. */
  readonly onProgress: () => void;
}

/** So many files, evenly spaced, are surveyed before any is embedded: the scales of layouts come from them. */
const pilotSize = 256;

/** So often a file that changes while it is read is read again, before that waits for its next change. */
const patience = 3;

/** Keeps the catalogue, the store and the sink in step with the files of the workspace. */
export class Indexer {
  readonly catalogue = new Catalogue();
  /** What is brought up to date before the rest. */
  readonly preference = new Preference(this.catalogue);
  readonly gate = new Gate();
  readonly held: Held;
  private readonly attempts: Attempts;
  private readonly contents: Contents;
  private readonly embedder: Embedder;
  private readonly counted = new Progress(this.catalogue);
  /** Files that changed while they were read. */
  private readonly restless = new Set<string>();

  constructor(
    private readonly store: Store,
    worker: FileWorker,
    sink: EmbeddingSink,
    private readonly options: IndexerOptions,
  ) {
    this.attempts = new Attempts(options.journals, store, options.deaths);
    this.contents = new Contents(store, worker, this.attempts, options.workOf);
    this.embedder = new Embedder(store, worker, this.contents, this.catalogue, options);
    this.held = new Held(this.counted, sink, worker, this.embedder);
  }

  /** Files that are up to date, and all files: what no reader claims does not count once that is known. */
  get progress(): { readonly done: number; readonly total: number } {
    return { done: this.counted.done, total: this.counted.total };
  }

  get statistics(): Embedder['statistics'] {
    return this.embedder.statistics;
  }

  /** Counts files that are to be brought up to date. */
  expect(paths: Iterable<string>): void {
    this.counted.expect(paths);
    this.options.onProgress();
  }

  /**
   * Brings files that are new or may have changed up to date.
   * @param paths in a stable order
   * @throws PausedError once nothing is under way any more, where the gate was closed meanwhile
   */
  async update(paths: readonly string[], signal: AbortSignal): Promise<void> {
    const outdated = await this.outdated(paths, signal);
    this.expect(outdated);
    const [pilot, others] = evenlySpaced(outdated, pilotSize);
    const layouts = new Set<string>();
    await this.bring(pilot, others, layouts, signal);
    await this.followDrift(layouts, signal);
    await this.calmDown(layouts, signal);
  }

  /** Takes what the store has of files, as another process may have put it there. @returns the others */
  async adopt(paths: readonly string[], signal: AbortSignal): Promise<readonly string[]> {
    this.expect(paths);
    const others = new Set<string>();
    await forEachConcurrently(paths, this.options.width, async (path) => {
      signal.throwIfAborted();
      const file = await this.contents.stored(path);
      const basis = file && this.embedder.basisOf(file);
      const embedded = file && this.embedder.stored(file);
      if (file === null || basis === null || embedded === null) others.add(path);
      else this.take(file, basis, embedded);
    });
    return paths.filter((path) => others.has(path));
  }

  /** Forgets files that are gone. @returns the files that are to be embedded in another way without them */
  remove(paths: readonly string[]): readonly string[] {
    const gone = paths.flatMap((path) => this.forget(path) ?? []);
    return this.embedder.drifted(new Set(gone.flatMap(({ sequences }) => sequences.map(({ layout }) => layout))));
  }

  /** Every file of the catalogue. */
  paths(): readonly string[] {
    return [...this.catalogue.all()].map(({ path }) => path);
  }

  /** The files whose recordings consist of some of these files as well. */
  ownersOf(companions: ReadonlySet<string>): readonly string[] {
    return [...this.catalogue.all()]
      .filter(({ record }) => record?.companions.some((companion) => companions.has(companion.path)))
      .map(({ path }) => path);
  }

  /** Everything of a file at once, whether it is in the index or not. @throws UnreadableError */
  async onTheSpot(path: string, signal: AbortSignal): Promise<readonly Embedded[]> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.embedder.embed(
          usable(await this.contents.lookAt(path, 'interactive', signal)),
          'interactive',
          signal,
        );
      } catch (error) {
        if (!(error instanceof FileChangedError)) throw error;
        this.contents.forget(path);
        if (attempt > patience) throw restlessness();
        await this.options.calm(signal);
      }
    }
  }

  /** How a sequence is embedded. */
  formFor(sequence: CatalogueSequence): Omit<EmbedRequest, 'number'> {
    return this.embedder.formFor(sequence);
  }

  /** What is known of the track of a sequence. */
  storedTrack(sequence: CatalogueSequence): Track | undefined {
    return this.embedder.storedTrack(sequence);
  }

  /** Keeps the track of a sequence that was made later. */
  keepTrack(sequence: CatalogueSequence, track: Track): void {
    this.embedder.keepTrack(sequence, track);
  }

  /** Removes what the store holds of contents that are gone, once that is much. */
  prune(): void {
    const { store, catalogue, contents, embedder } = this;
    rememberEncoder(store, this.options.encoderHash);
    prune({ store, catalogue, contents, embedder });
  }

  /** Forgets the store as well. */
  clear(): void {
    this.forgetAll();
    this.store.clear();
    this.options.onProgress();
  }

  /** Is as if no file was ever seen. */
  forgetAll(): void {
    this.counted.clear();
    this.held.clear();
  }

  close(): void {
    this.attempts.close();
  }

  /** Those of some files that the sink may not hold as they are. */
  outdated(paths: readonly string[], signal: AbortSignal): Promise<readonly string[]> {
    return this.held.outdated(paths, signal);
  }

  /** Surveys and embeds files; nothing is embedded before the files of the pilot are surveyed. */
  private async bring(
    pilot: readonly string[],
    others: readonly string[],
    layouts: Set<string>,
    signal: AbortSignal,
  ): Promise<void> {
    let waiting = await this.goOn(pilot, layouts, signal);
    waiting = await this.goOn([...waiting, ...others], layouts, signal);
    await this.goOn(waiting, layouts, signal);
  }

  /**
   * Surveys files of which only the path is known, and embeds those whose layouts have a scale; those over which an engine
   * may have died are read one by one. @returns the others, whose layouts have a scale now
   */
  private async goOn(
    files: readonly Job[],
    layouts: Set<string>,
    signal: AbortSignal,
  ): Promise<readonly CatalogueFile[]> {
    const isSuspect = (file: Job) => this.attempts.isSuspect(pathOf(file));
    const groups = [files.filter((file) => !isSuspect(file)), ...files.filter(isSuspect).map((file) => [file])];
    const waiting: CatalogueFile[] = [];
    const goOnWith = async (file: Job) => {
      const surveyed = typeof file === 'string' ? await this.survey(file, layouts, signal) : file;
      if (surveyed === null) return;
      if (this.embedder.unscaled(surveyed).length > 0) waiting.push(surveyed);
      else await this.embedded(surveyed, signal);
    };
    for (const group of groups) await this.each(group, goOnWith, signal);
    const unscaled = new Set(waiting.flatMap((file) => this.embedder.unscaled(file)));
    for (const layout of unscaled) this.embedder.freeze(layout);
    return waiting.sort((a, b) => (a.path < b.path ? -1 : 1));
  }

  /** Reads files again that changed while they were read. */
  private async calmDown(layouts: Set<string>, signal: AbortSignal): Promise<void> {
    for (let attempt = 1; this.restless.size > 0; attempt++) {
      const paths = [...this.restless].sort();
      this.restless.clear();
      if (attempt > patience) {
        for (const path of paths) this.fail(path, restlessness());
        return;
      }
      await this.options.calm(signal);
      await this.bring([], paths, layouts, signal);
    }
  }

  /** Looks at what a file holds. @returns `null` where that is nothing to embed */
  private async survey(path: string, layouts: Set<string>, signal: AbortSignal): Promise<CatalogueFile | null> {
    const file = await this.contents.lookAt(path, 'background', signal);
    if (file === null || file.survey.kind === 'unclaimed') this.forget(path);
    else this.counted.put(file);
    if (file === null || file.survey.kind !== 'sequences') {
      if (file?.survey.kind === 'unreadable') this.held.remove(path);
      this.finish(path);
      return null;
    }
    for (const { layout } of file.sequences) layouts.add(layout);
    return file;
  }

  private async embedded(file: CatalogueFile, signal: AbortSignal): Promise<void> {
    const basis = this.embedder.basisOf(file);
    this.show(file.path, basis, await this.embedder.embed(file, 'background', signal));
  }

  private show(path: string, basis: string, embedded: readonly Embedded[]): void {
    this.held.put(path, basis, embedded);
    this.finish(path);
  }

  private take(file: CatalogueFile, basis: string, embedded: readonly Embedded[]): void {
    if (file.survey.kind === 'unclaimed') this.forget(file.path);
    else this.counted.put(file);
    this.show(file.path, basis, embedded);
  }

  private async followDrift(layouts: ReadonlySet<string>, signal: AbortSignal): Promise<void> {
    const paths = this.embedder.drifted(layouts);
    this.expect(paths);
    const files = paths.flatMap((path) => this.catalogue.get(path) ?? []);
    await this.each(files, (file) => this.embedded(file, signal), signal);
  }

  private async each<T extends Job>(
    files: readonly T[],
    work: (file: T) => Promise<void>,
    signal: AbortSignal,
  ): Promise<void> {
    await forEachConcurrently(this.preference.inTurn(files), this.options.width, async (file) => {
      signal.throwIfAborted();
      this.gate.check();
      const path = pathOf(file);
      this.attempts.begin(path);
      try {
        await work(file);
      } catch (error) {
        if (signal.aborted) throw error;
        if (error instanceof FileChangedError) {
          this.contents.forget(path);
          this.held.doubt(path);
          this.restless.add(path);
        } else this.fail(path, error);
      } finally {
        this.attempts.end(path);
      }
    });
  }

  private fail(path: string, error: unknown): void {
    if (error instanceof WorkerDiedError) this.attempts.countDeath(path);
    if (!(error instanceof UnreadableError)) this.options.onError(path, error);
    const reason = reasonOf(error);
    this.held.remove(path);
    this.counted.put(catalogueFile({ path, record: null, seen: [], survey: { kind: 'unreadable', reason } }));
    this.finish(path);
  }

  private forget(path: string): CatalogueFile | undefined {
    this.held.remove(path);
    return this.counted.remove(path);
  }

  private finish(path: string): void {
    this.counted.finish(path);
    this.options.onProgress();
  }
}
