import type { Counted } from '../../protocol/engine';

/** How often each value occurs, most frequent first, then as they come. */
export function countValues<T>(values: Iterable<T>): readonly Counted<T>[] {
  const counts = new Map<T, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].map(([value, count]) => ({ value, count })).sort((a, b) => b.count - a.count);
}
