import { sep } from 'node:path';
import { byteScaleOf } from '../../core/encoder/codes';
import type { EncoderDescription } from '../../core/encoder/description';
import type { WorkOptionsOf } from '../../core/index/fileWorker';
import type { Indexer } from '../../core/index/indexer';
import { forEachConcurrently } from '../../core/index/pace';
import { overlap, windowsOf, withoutOverlaps } from '../../core/ranking/windows';
import { UnreadableError } from '../../core/recordings/unreadable';
import type { IndexStatus, WindowsAmong, WindowsFound, WindowsParams, WorkspaceFolder } from '../../protocol/engine';
import type { Span } from '../../protocol/explanation';
import type { Findable, GallerySink } from '../gallerySink';
import { sequenceKey, shownPath } from '../paths';
import { RequestError } from '../requestError';
import { recordingOf, type Query, type Searching } from '../searching';
import type { Threads } from '../workers/threads';
import { Left } from './left';

export interface WindowSearchParts {
  readonly folders: readonly WorkspaceFolder[];
  readonly workOf: WorkOptionsOf;
  readonly encoder: EncoderDescription;
  readonly threads: Pick<Threads, 'search'>;
  readonly indexer: Pick<Indexer, 'formFor'>;
  readonly sink: GallerySink;
  readonly searching: Searching;
  readonly status: () => IndexStatus;
}

/** A stretch that windows are compared with. */
interface Stretch {
  readonly codes: Uint8Array;
  readonly span: Span;
  readonly rate: number | null;
  readonly key: string;
}

/** A recording and its windows. */
interface Candidate {
  readonly findable: Findable;
  readonly key: string;
  readonly spans: readonly Span[];
}

interface Scored {
  readonly findable: Findable;
  readonly span: Span;
  readonly distance: number;
}

/** So many files are asked for at once. */
const width = 8;

/** A stretch of which more is missing is refused. */
const mostMissing = 0.5;

/** Finds the stretches of recordings that are most like a stretch of one. */
export class WindowSearch {
  constructor(private readonly parts: WindowSearchParts) {}

  /** Ranks windows by their distance to a stretch. @throws UnreadableError, RequestError */
  async search({ query: ref, span, among, each, limit }: WindowsParams, signal: AbortSignal): Promise<WindowsFound> {
    const started = performance.now();
    const { searching, status } = this.parts;
    const query = await searching.queryOf(ref, signal);
    const { surveyed } = query.findable.sequence;
    const { stretch, missing } = await this.stretchOf(query, span, signal);
    const left = new Left();
    const candidates = this.candidates(await this.among(query, among, left, signal), stretch, left);
    const searched = { recordings: 0, windows: 0 };
    const found: Scored[] = [];
    await forEachConcurrently(byFile(candidates), width, async (ofFile) => {
      try {
        for (const { windows } of await this.measured(ofFile, stretch, signal)) {
          searched.recordings++;
          searched.windows += windows.length;
          const distinct = withoutOverlaps([...windows].sort(byDistance));
          for (const window of each === 'best' ? distinct.slice(0, 1) : distinct) found.push(window);
        }
      } catch (error) {
        if (!(error instanceof UnreadableError) || signal.aborted) throw error;
        left.add(error.message, ofFile.length);
      }
    });
    if (searched.recordings === 0) throw this.nothingSearched(query, left);
    const rows = found.sort(byDistance).slice(0, limit);
    return {
      query: searching.summary(query.findable),
      span,
      seconds: surveyed.rate === null ? null : (span.end - span.start) / surveyed.rate,
      notes: missing === 0 ? [] : [`${Math.ceil(missing * 100)} % of the stretch is bridged, as samples are missing.`],
      rows: rows.map((row, i) => ({
        rank: i + 1,
        distance: row.distance,
        sequence: searching.summary(row.findable),
        span: row.span,
      })),
      searched,
      left: left.reasons(),
      index: status(),
      milliseconds: performance.now() - started,
    };
  }

  private async stretchOf({ findable, item }: Query, span: Span, signal: AbortSignal) {
    const { path, number, surveyed } = findable.sequence;
    const { threads, workOf, indexer, encoder } = this.parts;
    if (span.end > surveyed.steps) throw new UnreadableError('it changed since it was shown', { path });
    const form = indexer.formFor(findable.sequence);
    const share = form.rate === null || surveyed.rate === null ? 1 : form.rate / surveyed.rate;
    const steps = span.end - span.start;
    const least = Math.ceil(encoder.minimumSteps / share);
    if (steps < least) {
      throw new RequestError(
        `The selection has ${steps} time steps, and at least ${least} are needed. Select a longer one.`,
      );
    }
    const asked = { path, number, options: workOf(path), ...form, span };
    const { codes, missing } = await threads.search('stretch', asked, signal);
    if (missing > mostMissing) {
      throw new RequestError('Most samples of the selection are missing: it lies over a gap. Select another stretch.');
    }
    return { stretch: { codes, span, rate: surveyed.rate, key: item.key }, missing };
  }

  /** The recordings in which windows are looked for, whether windows fit into them or not. */
  private async among(
    { findable, item }: Query,
    among: WindowsAmong,
    left: Left,
    signal: AbortSignal,
  ): Promise<readonly Findable[]> {
    if (among.kind === 'recording') return [findable];
    const { sink } = this.parts;
    const all = [...sink.all()];
    const chosen = among.kind === 'layout' ? all : await this.chosen(all, among.paths, left, signal);
    const alike = chosen.filter(({ sequence }) => sequence.layout === item.layout);
    if (among.kind === 'files') left.add('they have other channels', chosen.length - alike.length);
    const isIndexed = sink.get(item.key) !== undefined;
    return among.kind === 'files' || isIndexed ? alike : [findable, ...alike];
  }

  private async chosen(
    all: readonly Findable[],
    paths: readonly string[],
    left: Left,
    signal: AbortSignal,
  ): Promise<readonly Findable[]> {
    const chosen = new Set<Findable>();
    for (const asked of new Set(paths)) {
      const path = await recordingOf(asked);
      const known = all.filter(({ sequence: { path: own } }) => own === path || own.startsWith(path + sep));
      try {
        const found = known.length > 0 ? known : await this.parts.searching.findables(path, signal);
        for (const findable of found) chosen.add(findable);
      } catch (error) {
        if (!(error instanceof UnreadableError)) throw error;
        left.add(error.message, 1);
      }
    }
    return [...chosen];
  }

  private candidates(findables: readonly Findable[], stretch: Stretch, left: Left): readonly Candidate[] {
    const candidates: Candidate[] = [];
    for (const findable of findables) {
      const { path, number, surveyed } = findable.sequence;
      const key = sequenceKey(path, number);
      const isOwn = key === stretch.key;
      const spans = windowsOf(surveyed.steps, this.lengthIn(findable, stretch)).filter(
        (span) => !isOwn || !overlap(span, stretch.span),
      );
      const most = this.parts.workOf(path).maximumSteps;
      if (surveyed.steps > most) left.add(`they have more than ${most.toLocaleString('en')} time steps`, 1);
      else if (spans.length > 0) candidates.push({ findable, key, spans });
      else if (!isOwn) left.add('they are shorter than the selection', 1);
    }
    return candidates;
  }

  /** How many time steps of a recording last as long as the stretch. */
  private lengthIn({ sequence: { surveyed } }: Findable, { span, rate }: Stretch): number {
    const steps = span.end - span.start;
    return rate === null || surveyed.rate === null ? steps : Math.max(Math.round((steps / rate) * surveyed.rate), 1);
  }

  /** The distances of all windows of the sequences of one file. */
  private async measured(candidates: readonly Candidate[], { codes }: Stretch, signal: AbortSignal) {
    const { threads, workOf, indexer, encoder } = this.parts;
    const path = candidates[0]?.findable.sequence.path ?? '';
    const sequences = candidates.map(({ findable: { sequence }, spans }) => {
      return { number: sequence.number, steps: sequence.surveyed.steps, ...indexer.formFor(sequence), spans };
    });
    const sums = await threads.search('windows', { path, options: workOf(path), query: codes, sequences }, signal);
    const unit = byteScaleOf(encoder).step / codes.length;
    return candidates.map(({ findable, spans }, c) => ({
      windows: spans.map((span, i): Scored => ({ findable, span, distance: unit * (sums[c]?.[i] ?? Infinity) })),
    }));
  }

  private nothingSearched({ findable }: Query, left: Left): RequestError {
    const file = shownPath(findable.sequence.path, this.parts.folders);
    const reasons = left.reasons();
    if (reasons.length === 0) {
      return new RequestError(`No other part of ${file}, and no other recording, can be compared with the selection.`);
    }
    const told = reasons.map(({ recordings, reason }) => `${recordings}, because ${reason}`);
    return new RequestError(`There is nothing to compare the selection with. Not searched were: ${told.join('; ')}.`);
  }
}

function byDistance(a: Scored, b: Scored): number {
  const [s, t] = [a.findable.sequence, b.findable.sequence];
  return (
    a.distance - b.distance ||
    (s.path < t.path ? -1 : s.path > t.path ? 1 : s.number - t.number || a.span.start - b.span.start)
  );
}

function byFile(candidates: readonly Candidate[]): readonly (readonly Candidate[])[] {
  const files = new Map<string, Candidate[]>();
  for (const candidate of candidates) {
    const { path } = candidate.findable.sequence;
    const ofFile = files.get(path);
    if (ofFile === undefined) files.set(path, [candidate]);
    else ofFile.push(candidate);
  }
  return [...files.values()];
}
