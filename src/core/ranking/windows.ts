import type { Span } from '../encoder/windows';

/** How many starts of windows there are in the length of one. */
const startsPerLength = 8;

/** Windows that share more of their length than this are the same find. */
const mostShared = 0.25;

/**
 * The windows of a recording: of one length, on a grid of an eighth of it, and one that ends where the recording does.
 *
 * @param steps time steps of the recording
 * @param length of a window, in time steps; no window fits into a shorter recording
 */
export function windowsOf(steps: number, length: number): readonly Span[] {
  if (length > steps) return [];
  const hop = Math.max(Math.floor(length / startsPerLength), 1);
  const last = steps - length;
  const count = Math.ceil(last / hop) + 1;
  return Array.from({ length: count }, (_, i) => {
    const start = Math.min(i * hop, last);
    return { start, end: start + length };
  });
}

/** Whether two windows of one recording share too much for both to be shown. */
export function overlap(a: Span, b: Span): boolean {
  const shared = Math.min(a.end, b.end) - Math.max(a.start, b.start);
  return shared > mostShared * Math.min(a.end - a.start, b.end - b.start);
}

/** Windows of one recording, nearest first, without those that overlap a nearer one. */
export function withoutOverlaps<T extends { readonly span: Span }>(windows: readonly T[]): readonly T[] {
  const kept: T[] = [];
  for (const window of windows) if (!kept.some(({ span }) => overlap(span, window.span))) kept.push(window);
  return kept;
}
