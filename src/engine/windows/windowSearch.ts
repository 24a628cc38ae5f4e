import type { EncoderDescription } from '../../core/encoder/description';
import type { Track } from '../../core/encoder/tracks';
import type { Span } from '../../core/encoder/windows';
import { TrackSums, type Course } from '../../core/ranking/trackScan';
import { dips, overlap } from '../../core/encoder/windowGrid';
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
import { rerank, type Seed } from './rerank';
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
    const candidates = await this.candidates.of(query, span, params.among, left, signal);
    const measuring = new Measuring(this.parts, stretch.codes, left, signal);
    const { finds, searched } = await this.finds(params, stretch, candidates, measuring, left, signal);
    if (searched.length === 0) throw this.nothingSearched(query, left);
    const rows = await settled(finds, measuring);
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
        recordings: searched.length,
        windows: searched.reduce((sum, { spans }) => sum + spans.length, 0),
      },
      left: left.reasons(),
      index: status(),
      milliseconds: performance.now() - started,
    };
  }

  /** The nearest windows on the grid, and the recordings that were searched for them. */
  private async finds(
    { each, limit, thorough }: WindowsParams,
    stretch: EmbeddedStretch,
    candidates: readonly Candidate[],
    measuring: Measuring,
    left: Left,
    signal: AbortSignal,
  ) {
    const wanted = { each, limit };
    if (thorough === true) {
      const finds = nearestOf(await measuring.everything(candidates), wanted);
      return { finds, searched: candidates.filter((candidate) => measuring.isSound(candidate)) };
    }
    const tracks = await this.tracks.of(candidates, left, signal);
    const tracked = candidates.filter(({ key }) => tracks.has(key));
    const seeds = tracked.flatMap((candidate) => this.seedsOf(candidate, tracks.get(candidate.key), stretch));
    const finds = nearestOf(await rerank(seeds, wanted, (some, promising) => measuring.seeds(some, promising)), wanted);
    return { finds, searched: tracked.filter((candidate) => measuring.isSound(candidate)) };
  }

  /** The windows of a recording that are nearer than those beside them, by its track. */
  private seedsOf(candidate: Candidate, track: Track | undefined, { profile }: EmbeddedStretch): readonly Seed[] {
    if (track === undefined) return [];
    const ratio = track.steps / candidate.findable.sequence.surveyed.steps;
    const spans = candidate.spans.map(({ start, end }) => {
      return { start: start * ratio, end: Math.min(end * ratio, track.steps) };
    });
    const estimates = new TrackSums(track, this.tracks.form).estimates(profile, this.course, spans);
    return dips(estimates).map((i) => {
      return { candidate, start: candidate.spans[i]?.start ?? 0, estimate: estimates[i] ?? Infinity };
    });
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

/** Finds moved to where they are nearest, as far as none comes to overlap a nearer one. */
async function settled(finds: readonly Find[], measuring: Measuring): Promise<readonly Find[]> {
  const refined = await measuring.refined(finds);
  const kept: Find[] = [];
  for (const find of [...refined].sort(byDistance)) {
    const { key } = find.candidate;
    const isFree = kept.every((other) => other.candidate.key !== key || !overlap(other.span, find.span));
    if (isFree) kept.push(find);
  }
  return kept;
}
