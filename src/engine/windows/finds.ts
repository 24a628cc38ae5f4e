import type { Span } from '../../core/encoder/windows';
import { withoutOverlaps } from '../../core/encoder/windowGrid';
import type { Candidate } from './candidates';

/** A window that was measured. */
export interface Find {
  readonly candidate: Candidate;
  readonly span: Span;
  readonly distance: number;
}

/** What is wanted of a list of finds. */
export interface Wanted {
  readonly each: 'best' | 'all';
  readonly limit: number;
}

/** Nearest first; those that are equally near by their places. */
export function byDistance(a: Find, b: Find): number {
  const [s, t] = [a.candidate.findable.sequence, b.candidate.findable.sequence];
  return (
    a.distance - b.distance ||
    (s.path < t.path ? -1 : s.path > t.path ? 1 : s.number - t.number || a.span.start - b.span.start)
  );
}

/** The nearest finds: of every recording the best one, or all that overlap no nearer one. */
export function nearestOf<T extends Find>(finds: Iterable<T>, { each, limit }: Wanted): readonly T[] {
  const kept: T[] = [];
  for (const own of byRecording(finds).values()) {
    const distinct = withoutOverlaps(own.sort(byDistance));
    for (const find of each === 'best' ? distinct.slice(0, 1) : distinct) kept.push(find);
  }
  return kept.sort(byDistance).slice(0, limit);
}

export function byRecording<T extends Pick<Find, 'candidate'>>(items: Iterable<T>): ReadonlyMap<string, T[]> {
  const recordings = new Map<string, T[]>();
  for (const item of items) {
    const own = recordings.get(item.candidate.key);
    if (own === undefined) recordings.set(item.candidate.key, [item]);
    else own.push(item);
  }
  return recordings;
}
