import { dips, hopOf } from '../../core/encoder/windowGrid';
import type { Span } from '../../core/encoder/windows';
import type { Candidate } from './candidates';
import { FittedLine } from './fittedLine';
import type { Reranking, Seed } from './rerank';

/** A part of a recording that is not open: its windows are known by a track alone. */
export interface ClosedPart {
  /** The recording, with every length of windows that is looked for. */
  readonly candidates: readonly [Candidate, ...Candidate[]];
  /** In the recording's own time steps. */
  readonly part: Span;
  /** Of the distance of its nearest window. */
  readonly estimate: number;
}

/** A recording of more time steps over all channels is opened in parts. */
const mostOfOne = 2 ** 18;

/** So many starts of windows to either side of one belong to the same part. */
const neighbours = 3;

/** So many parts are opened at first, for each window that is wanted, and so many more each time. */
const firstPerWanted = 1.5;
const thenPerWanted = 0.5;

/** Tracks tell less than the features themselves: see `Reranking`. */
const deviations = 3;

/**
 * Opens parts, those with the smallest estimates first, until the next ones cannot hold a window that is wanted.
 *
 * @param open gives the windows of parts that may be near
 */
export async function openNearest(
  parts: readonly ClosedPart[],
  limit: number,
  reranking: Reranking,
  open: (parts: readonly ClosedPart[]) => Promise<readonly Seed[]>,
): Promise<void> {
  const waiting = [...parts].sort((a, b) => a.estimate - b.estimate);
  const line = new FittedLine();
  let size = Math.ceil(firstPerWanted * limit);
  for (let at = 0; at < waiting.length; at += size, size = Math.ceil(thenPerWanted * limit)) {
    const chosen = waiting
      .slice(at, at + size)
      .filter(({ estimate }) => line.below(estimate, deviations) <= reranking.last);
    if (chosen.length === 0) return;
    const seeds = await open(chosen);
    for (const part of chosen) {
      const own = seeds.filter(({ candidate, start }) => part.candidates.includes(candidate) && isIn(part.part, start));
      const nearest = own.reduce((least, { estimate }) => Math.min(least, estimate), Infinity);
      if (nearest < Infinity) line.add(part.estimate, nearest);
    }
    await reranking.add(seeds);
  }
}

function isIn({ start, end }: Span, step: number): boolean {
  return step >= start && step < end;
}

/** Whether a recording is opened as a whole. */
export function isSmall({ findable: { sequence } }: Candidate): boolean {
  const { steps, channels } = sequence.surveyed;
  return steps * channels.length <= mostOfOne;
}

/** The part in which a window may move: the whole of a small recording. */
export function aroundWindow(candidate: Candidate, { start, end }: Span): Span {
  const { steps } = candidate.findable.sequence.surveyed;
  if (isSmall(candidate)) return { start: 0, end: steps };
  const reach = neighbours * hopOf(candidate.length);
  return { start: Math.max(start - reach, 0), end: Math.min(end + reach, steps) };
}

/**
 * The parts of a recording to open: the whole, or what is around the windows that are nearer than those beside them.
 *
 * @param estimates of the distances of all its windows
 */
export function closedPartsOf(
  candidate: Candidate,
  windows: readonly Span[],
  estimates: Float64Array,
): readonly ClosedPart[] {
  const nearest = dips(estimates).flatMap((i): ClosedPart[] => {
    const [window, estimate] = [windows[i], estimates[i]];
    if (window === undefined || estimate === undefined || estimate === Infinity) return [];
    return [{ candidates: [candidate], part: aroundWindow(candidate, window), estimate }];
  });
  if (!isSmall(candidate)) return nearest;
  const [first] = nearest.sort((a, b) => a.estimate - b.estimate);
  return first === undefined ? [] : [first];
}

/** The same parts, those of one recording with windows of several lengths as one. */
export function joined(parts: readonly ClosedPart[]): readonly ClosedPart[] {
  const all = new Map<string, ClosedPart>();
  for (const part of parts) {
    const [{ key }] = part.candidates;
    const place = JSON.stringify([key, part.part]);
    const known = all.get(place);
    if (known === undefined) all.set(place, part);
    else {
      const estimate = Math.min(known.estimate, part.estimate);
      all.set(place, { ...known, candidates: [...known.candidates, ...part.candidates], estimate });
    }
  }
  return [...all.values()];
}
