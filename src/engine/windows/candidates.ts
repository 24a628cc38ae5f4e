import { sep } from 'node:path';
import type { WorkOptionsOf } from '../../core/index/fileWorker';
import { overlap, windowCount, windowsOf } from '../../core/encoder/windowGrid';
import { UnreadableError } from '../../core/recordings/unreadable';
import type { WindowsAmong } from '../../protocol/engine';
import type { Span } from '../../protocol/explanation';
import type { Findable, GallerySink } from '../gallerySink';
import { sequenceKey } from '../paths';
import { recordingOf, type Query, type Searching } from '../searching';
import type { Left } from './left';

export interface CandidateParts {
  readonly workOf: WorkOptionsOf;
  readonly sink: GallerySink;
  readonly searching: Searching;
}

/** A recording in which windows of a length are looked for. */
export interface Candidate {
  readonly findable: Findable;
  readonly key: string;
  /** Time steps of every window. */
  readonly length: number;
  /** How many windows it has that may be found. */
  readonly windows: number;
  /** The stretch that is searched for, where it is one of this recording. */
  readonly without: Span | null;
}

/** How long windows are beside the stretch where they may be shorter and longer. */
const factors = [0.5, Math.SQRT1_2, 1, Math.SQRT2, 2];

/** Finds the recordings in which windows are looked for; those that are left out are told with the reason. */
export class Candidates {
  constructor(private readonly parts: CandidateParts) {}

  /**
   * The recordings, once for each length of windows.
   *
   * @param span the stretch that is searched for
   * @param range whether windows may be shorter and longer
   */
  async of(
    query: Query,
    span: Span,
    among: WindowsAmong,
    range: boolean,
    left: Left,
    signal: AbortSignal,
  ): Promise<readonly Candidate[]> {
    const found = await this.among(query, among, left, signal);
    return found.flatMap((findable) => this.ofLengths(findable, query, span, range ? factors : [1], left));
  }

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

  private ofLengths(
    findable: Findable,
    query: Query,
    stretch: Span,
    lengths: readonly number[],
    left: Left,
  ): readonly Candidate[] {
    const { path, number, surveyed } = findable.sequence;
    const key = sequenceKey(path, number);
    const without = key === query.item.key ? stretch : null;
    const most = this.parts.workOf(path).maximumSteps;
    if (surveyed.steps > most) {
      left.add(`they have more than ${most.toLocaleString('en')} time steps`, 1);
      return [];
    }
    const usual = lengthIn(surveyed.rate, query.findable.sequence.surveyed.rate, stretch.end - stretch.start);
    const all = lengths.flatMap((factor): Candidate[] => {
      const length = Math.max(Math.round(factor * usual), 1);
      const windows = countOf(surveyed.steps, length, without);
      return windows > 0 ? [{ findable, key, length, windows, without }] : [];
    });
    if (all.length === 0 && without === null) left.add('they are shorter than the selection', 1);
    return all;
  }
}

function countOf(steps: number, length: number, without: Span | null): number {
  if (without === null) return windowCount(steps, length);
  return windowsOf(steps, length).filter((span) => !overlap(span, without)).length;
}

/** How many time steps at a rate last as long as some at another. */
function lengthIn(rate: number | null, other: number | null, steps: number): number {
  return rate === null || other === null ? steps : Math.max(Math.round((steps / other) * rate), 1);
}
