import type { Span } from './windows';

/** How many starts of windows there are in the length of one. */
const startsPerLength = 8;

/** Windows that share more of their length than this are the same find. */
const mostShared = 0.25;

/** How far apart windows of so many time steps start. */
export function hopOf(length: number): number {
  return Math.max(Math.floor(length / startsPerLength), 1);
}

/**
 * The windows of a recording: of one length, on a grid of an eighth of it, and one that ends where the recording does.
 *
 * @param steps time steps of the recording
 * @param length of a window, in time steps; no window fits into a shorter recording
 * @param part only windows within it
 */
export function windowsOf(steps: number, length: number, part: Span = { start: 0, end: steps }): readonly Span[] {
  const first = Math.ceil(part.start / hopOf(length));
  const all: Span[] = [];
  for (let i = first; i < windowCount(steps, length); i++) {
    const window = windowAt(steps, length, i);
    if (window.end > part.end) break;
    // The last window may begin before its place on the grid.
    if (window.start >= part.start) all.push(window);
  }
  return all;
}

/** How many windows a recording has. */
export function windowCount(steps: number, length: number): number {
  return length > steps ? 0 : Math.ceil((steps - length) / hopOf(length)) + 1;
}

function windowAt(steps: number, length: number, i: number): Span {
  const start = Math.min(i * hopOf(length), steps - length);
  return { start, end: start + length };
}

/** Whether two windows of one recording share too much for both to be shown. */
export function overlap(a: Span, b: Span): boolean {
  const shared = Math.min(a.end, b.end) - Math.max(a.start, b.start);
  return shared > mostShared * Math.min(a.end - a.start, b.end - b.start);
}

/**
 * The places in a list of distances that are below those before and not above those after.
 *
 * @param tolerance how much larger than its neighbours, as a share of them, a distance may be, where it is not exact
 */
export function dips(distances: Float32Array | Float64Array, tolerance = 0): readonly number[] {
  const found: number[] = [];
  const factor = 1 + tolerance;
  distances.forEach((distance, i) => {
    const [before, after] = [distances[i - 1] ?? Infinity, distances[i + 1] ?? Infinity];
    if (distance < factor * before && distance <= factor * after) found.push(i);
  });
  return found;
}

/** Windows of one recording, nearest first, without those that overlap a nearer one. */
export function withoutOverlaps<T extends { readonly span: Span }>(windows: readonly T[]): readonly T[] {
  const kept: T[] = [];
  for (const window of windows) if (!kept.some(({ span }) => overlap(span, window.span))) kept.push(window);
  return kept;
}

/** Makes what windows cost infinite where they overlap a stretch, which is not searched for itself. */
export function leaveOut(without: Span | null, windows: readonly Span[], costs: Float32Array | Float64Array): void {
  if (without === null) return;
  windows.forEach((window, i) => {
    if (overlap(without, window)) costs[i] = Infinity;
  });
}
