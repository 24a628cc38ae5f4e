import type { EncoderDescription } from '../../core/encoder/description';
import type { Track } from '../../core/encoder/tracks';
import type { Span } from '../../core/encoder/windows';
import { TrackSums, type Course } from '../../core/ranking/trackScan';
import { leaveOut, overlap, windowsOf } from '../../core/encoder/windowGrid';
import { UnreadableError } from '../../core/recordings/unreadable';
import type { IndexStatus, WindowsFound, WindowsParams, WorkspaceFolder } from '../../protocol/engine';
import { shownPath } from '../paths';
import { RequestError } from '../requestError';
import type { Query } from '../searching';
import type { EmbeddedStretch } from '../workers/tasks';
import { Candidates, type Candidate, type CandidateParts } from './candidates';
import { byDistance, nearestOf, type Find } from './finds';
import { Left } from './left';
import { Measuring, type MeasuringParts } from './measuring';
import { closedPartsOf, joined, openNearest } from './opening';
import { OpenParts } from './openParts';
import { PartShelf } from './partShelf';
import { Reranking, type OpenFind } from './rerank';
import { TrackShelf, type TrackParts } from './trackShelf';

export interface WindowSearchParts extends CandidateParts, MeasuringParts {
  readonly folders: readonly WorkspaceFolder[];
  readonly encoder: EncoderDescription;
  readonly threads: MeasuringParts['threads'] & TrackParts['threads'];
  readonly indexer: TrackParts['indexer'];
  readonly status: () => IndexStatus;
}

/** A stretch of which more is missing is refused. */
const mostMissing = 0.5;

/** Finds the stretches of recordings that are most like a stretch of one. */
export class WindowSearch {
  private readonly tracks: TrackShelf;
  private readonly candidates: Candidates;
  private readonly shelf = new PartShelf();

  constructor(private readonly parts: WindowSearchParts) {
    this.tracks = new TrackShelf(parts);
    this.candidates = new Candidates(parts);
  }

  /** Ranks windows by their distance to a stretch. @throws UnreadableError, RequestError */
  async search(params: WindowsParams, signal: AbortSignal): Promise<WindowsFound> {
    const started = performance.now();
    const { searching, status } = this.parts;
    const { span } = params;
    const query = await searching.queryOf(params.query, signal);
    const { rate } = query.findable.sequence.surveyed;
    const stretch = await this.stretchOf(query, span, signal);
    const left = new Left();
    const candidates = await this.candidates.of(query, span, params.among, params.range ?? false, left, signal);
    const measuring = new Measuring(this.parts, stretch, left, signal);
    const opened = new OpenParts(this.parts, this.shelf, measuring);
    const { finds, among } = await this.finds(params, stretch, candidates, measuring, opened, left, signal);
    const rows = await settled(finds, measuring);
    const searched = among.filter((candidate) => measuring.isSound(candidate));
    if (searched.length === 0) throw this.nothingSearched(query, left);
    return {
      query: searching.summary(query.findable),
      span,
      seconds: rate === null ? null : (span.end - span.start) / rate,
      notes: notesOf(stretch),
      rows: rows.map((row, i) => ({
        rank: i + 1,
        distance: row.distance,
        sequence: searching.summary(row.candidate.findable),
        span: row.span,
      })),
      searched: {
        recordings: new Set(searched.map(({ key }) => key)).size,
        windows: searched.reduce((sum, each) => sum + each.windows, 0),
      },
      left: left.reasons(),
      index: status(),
      milliseconds: performance.now() - started,
    };
  }

  /** The nearest windows on the grid, and the recordings among which they are. */
  private async finds(
    { each, limit, thorough }: WindowsParams,
    stretch: EmbeddedStretch,
    candidates: readonly Candidate[],
    measuring: Measuring,
    opened: OpenParts,
    left: Left,
    signal: AbortSignal,
  ) {
    const wanted = { each, limit };
    if (thorough === true) {
      const nearest = nearestOf(await everyWindow(candidates, opened, measuring), wanted);
      return { finds: await opened.around(nearest), among: candidates };
    }
    const reranking = new Reranking(wanted, (seeds) => measuring.climbed(seeds));
    const [open, closed] = opened.known(candidates);
    await reranking.add(await measuring.seeds(open));
    const tracks = await this.tracks.of(firstOfEach(closed), left, signal);
    const tracked = closed.filter(({ key }) => tracks.has(key));
    const parts = joined(
      tracked.flatMap((candidate) => this.closedParts(candidate, tracks.get(candidate.key), stretch)),
    );
    await openNearest(parts, limit, reranking, async (some) => measuring.seeds(await opened.opened(some)));
    const among = [...open.map(({ candidate }) => candidate), ...tracked];
    return { finds: reranking.nearest(), among };
  }

  /** The parts of a recording in which its windows are near by its track. */
  private closedParts(candidate: Candidate, track: Track | undefined, { profile }: EmbeddedStretch) {
    if (track === undefined) return [];
    const { steps } = candidate.findable.sequence.surveyed;
    const windows = windowsOf(steps, candidate.length);
    const ratio = track.steps / steps;
    const spans = windows.map(({ start, end }) => {
      return { start: start * ratio, end: Math.min(end * ratio, track.steps) };
    });
    const estimates = new TrackSums(track, this.tracks.form).estimates(profile, this.course, spans);
    leaveOut(candidate.without, windows, estimates);
    return closedPartsOf(candidate, windows, estimates);
  }

  private get course(): Course {
    const { course } = this.parts.encoder;
    return course ?? { parts: 0, share: 0 };
  }

  private async stretchOf({ findable }: Query, span: Span, signal: AbortSignal): Promise<EmbeddedStretch> {
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
    const stretch = await threads.search('stretch', { path, number, options: workOf(path), ...form, span }, signal);
    if (stretch.missing <= mostMissing) return stretch;
    throw new RequestError('Most samples of the selection are missing: it lies over a gap. Select another stretch.');
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

function notesOf({ missing }: EmbeddedStretch): string[] {
  return missing === 0 ? [] : [`${Math.ceil(missing * 100)} % of the stretch is bridged, as samples are missing.`];
}

/** Each recording once. */
function firstOfEach(candidates: readonly Candidate[]): readonly Candidate[] {
  return [...new Map(candidates.map((candidate) => [candidate.key, candidate])).values()];
}

/** So many recordings are open at once when every window is measured. */
const together = 8;

async function everyWindow(candidates: readonly Candidate[], opened: OpenParts, measuring: Measuring) {
  const finds: Find[] = [];
  for (let at = 0; at < candidates.length; at += together) {
    const some = await opened.wholes(candidates.slice(at, at + together));
    for (const find of await measuring.everything(some)) finds.push(find);
  }
  return finds;
}

/** Finds moved to where they are nearest, as far as none comes to overlap a nearer one. */
async function settled(finds: readonly OpenFind[], measuring: Measuring): Promise<readonly Find[]> {
  const refined = await measuring.refined(finds);
  const exact = await measuring.wholes(refined.filter(isWhole).map(({ candidate }) => candidate));
  const kept: Find[] = [];
  for (const find of refined.map((each) => exact.get(each.candidate) ?? each).sort(byDistance)) {
    const { key } = find.candidate;
    const isFree = kept.every((other) => other.candidate.key !== key || !overlap(other.span, find.span));
    if (isFree) kept.push(find);
  }
  return kept;
}

/** A window that is its whole recording has the distance of that, to the last digit. */
function isWhole({ candidate: { length, findable } }: Find): boolean {
  return length === findable.sequence.surveyed.steps;
}
