import { shownPath } from './paths';
import { EncoderError } from '../core/encoder/description';
import { exportEncoder, importEncoder, listEncoders, removeEncoder, renameEncoder } from '../core/models/library';
import { keepTuned } from './keepTuned';
import type { EncoderEntry, EncoderPlaces, EncoderRef, ImportEncoder, KeepEncoder } from '../protocol/encoders';
import type { LabelOverview, PlanAnswer, PlanParams, SetLabelAnswer, SetLabelParams } from '../protocol/labels';
import type {
  Diagnostics,
  EngineSettings,
  Facets,
  IndexStatus,
  LayoutSummary,
  Listing,
  ListParams,
  OpenParams,
  Plot,
  PlotParams,
  Scope,
  SearchParams,
  SearchResult,
  SequenceRef,
  SequenceSummary,
  SkippedFile,
  WorkspaceFolder,
} from '../protocol/engine';
import type {
  Calibration,
  CalibrationParams,
  ExplainParams,
  Explanation,
  FeaturePassages,
  Lag,
  PairParams,
  PassageParams,
  Series,
  SeriesParams,
  Timeline,
  TimelineParams,
} from '../protocol/explanation';
import type { ExportContent, Exported, ExportFormat, ExportParams } from '../protocol/exports';
import { UnreadableError } from '../core/recordings/reader';
import { RequestError } from './requestError';
import { Session, type SessionListener } from './session';

/** The engine without a process around it: what the requests of the protocol mean. Rejects with a RequestError. */
export class Engine {
  private session: Session | null = null;
  private opening: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly workerScript: string,
    private readonly listener: SessionListener,
  ) {}

  /** Opens a workspace; another one that is open is closed before. */
  open(params: OpenParams): Promise<IndexStatus> {
    const opened = this.opening.then(async () => {
      const previous = this.session;
      this.session = null;
      await previous?.close();
      this.session = await explained(params.folders, null, () =>
        Session.open(params, this.workerScript, this.listener),
      );
      return this.session.status();
    });
    this.opening = opened.catch(() => undefined);
    return opened;
  }

  async configure(settings: EngineSettings): Promise<IndexStatus> {
    return this.open({ ...(await this.current()).params, settings });
  }

  async folders(folders: readonly WorkspaceFolder[]): Promise<IndexStatus> {
    return this.open({ ...(await this.current()).params, folders });
  }

  async status(): Promise<IndexStatus> {
    return (await this.current()).status();
  }

  async pause(): Promise<IndexStatus> {
    const session = await this.current();
    session.indexing.pause();
    return session.status();
  }

  async resume(): Promise<IndexStatus> {
    const session = await this.current();
    session.indexing.resume();
    return session.status();
  }

  async clear(): Promise<IndexStatus> {
    const session = await this.current();
    session.indexing.pause();
    session.indexing.clear();
    await session.indexing.settled();
    return session.status();
  }

  async rebuild(): Promise<IndexStatus> {
    const session = await this.current();
    session.indexing.clear();
    await session.indexing.settled();
    session.indexing.resume();
    return session.status();
  }

  async skipped(): Promise<readonly SkippedFile[]> {
    return (await this.current()).skipped();
  }

  async files(): Promise<readonly { readonly path: string; readonly file: string }[]> {
    return (await this.current()).indexedFiles();
  }

  sequences(path: string, signal: AbortSignal): Promise<readonly SequenceSummary[]> {
    return this.about(path, (session) => session.searching.sequences(path, signal));
  }

  search(params: SearchParams, signal: AbortSignal): Promise<SearchResult> {
    return this.about(params.query.path, (session) => session.searching.search(params, signal));
  }

  list(params: ListParams, signal: AbortSignal): Promise<Listing> {
    return this.about(params.query.path, (session) => session.lister.list(params, signal));
  }

  facets(query: SequenceRef, scope: Scope, signal: AbortSignal): Promise<Facets> {
    return this.about(query.path, (session) => session.lister.facets(query, scope, signal));
  }

  async layouts(): Promise<readonly LayoutSummary[]> {
    return (await this.current()).lister.layouts();
  }

  plot(params: PlotParams, signal: AbortSignal): Promise<Plot> {
    return this.about(params.ref.path, (session) => session.plot(params, signal));
  }

  series(params: SeriesParams, signal: AbortSignal): Promise<Series> {
    return this.about(params.ref.path, (session) => session.explaining.series(params, signal));
  }

  explain(params: ExplainParams, signal: AbortSignal): Promise<Explanation> {
    return this.about(params.match.path, (session) => session.explaining.explain(params, signal));
  }

  timeline(params: TimelineParams, signal: AbortSignal): Promise<Timeline> {
    return this.about(params.match.path, (session) => session.explaining.timeline(params, signal));
  }

  passages(params: PassageParams, signal: AbortSignal): Promise<readonly FeaturePassages[]> {
    return this.about(params.ref.path, (session) => session.explaining.passages(params, signal));
  }

  align(params: PairParams, signal: AbortSignal): Promise<Lag> {
    return this.about(params.match.path, (session) => session.explaining.align(params, signal));
  }

  calibration(params: CalibrationParams, signal: AbortSignal): Promise<Calibration> {
    return this.about(params.query.path, (session) => session.explaining.calibration(params, signal));
  }

  /** Writes a table to a file. */
  async export(params: ExportParams, signal: AbortSignal): Promise<Exported> {
    const session = await this.current();
    const path = pathOf(params.content);
    return explained(session.params.folders, path, () => session.exporting.toFile(params, signal));
  }

  /** Writes a table to a stream. */
  async exportTo(
    content: ExportContent,
    format: ExportFormat,
    out: NodeJS.WritableStream,
    signal: AbortSignal,
  ): Promise<Exported> {
    const session = await this.current();
    return explained(session.params.folders, pathOf(content), () => session.exporting.to(content, format, out, signal));
  }

  async diagnostics(): Promise<Diagnostics> {
    return (await this.current()).diagnostics();
  }

  async labels(pattern: string | null): Promise<LabelOverview> {
    return (await this.current()).labelling.overview(pattern);
  }

  async setLabel(params: SetLabelParams): Promise<SetLabelAnswer> {
    return (await this.current()).labelling.setLabel(params);
  }

  async planTuning(params: PlanParams): Promise<PlanAnswer> {
    return (await this.current()).labelling.plan(params);
  }

  encoders(places: EncoderPlaces): Promise<readonly EncoderEntry[]> {
    return listEncoders(places);
  }

  keepEncoder(params: KeepEncoder): Promise<EncoderEntry> {
    return explained([], null, () => keepTuned(params));
  }

  importEncoder({ from, places }: ImportEncoder): Promise<EncoderEntry> {
    return explained([], null, () => importEncoder(from, places));
  }

  async exportEncoder({ places, folder, to }: EncoderRef & { readonly to: string }): Promise<null> {
    await explained([], null, () => exportEncoder(places, folder, to));
    return null;
  }

  renameEncoder({ places, folder, name }: EncoderRef & { readonly name: string }): Promise<EncoderEntry> {
    return explained([], null, () => renameEncoder(places, folder, name));
  }

  async removeEncoder({ places, folder }: EncoderRef): Promise<null> {
    await explained([], null, () => removeEncoder(places, folder));
    return null;
  }

  /** Resolves when the index is complete. */
  async indexed(): Promise<void> {
    await (await this.current()).indexing.settled();
  }

  async close(): Promise<void> {
    await this.opening;
    await this.session?.close();
    this.session = null;
  }

  private async about<T>(path: string, ask: (session: Session) => Promise<T>): Promise<T> {
    const session = await this.current();
    return explained(session.params.folders, path, () => ask(session));
  }

  /** The open workspace; while one is being opened, requests wait for it. */
  private async current(): Promise<Session> {
    await this.opening;
    if (this.session === null) throw new RequestError('No workspace is open. Open a folder first.');
    return this.session;
  }
}

/** The file that a table is about. */
function pathOf(content: ExportContent): string | null {
  const ref = content.kind === 'search' ? content.query : content.layoutOf;
  return ref?.path ?? null;
}

/** Turns the errors that a user can do something about into sentences for the user. */
async function explained<T>(
  folders: readonly WorkspaceFolder[],
  path: string | null,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof UnreadableError && path !== null) {
      throw new RequestError(`${shownPath(path, folders)} cannot be used, because ${error.message}.`, { cause: error });
    }
    if (error instanceof EncoderError) throw new RequestError(error.message, { cause: error });
    throw error;
  }
}
