/** Entries of a list, at most `most`, at even distances and in their order. */
export function evenlySpaced<T>(items: readonly T[], most: number): readonly T[] {
  const step = Math.max(items.length / most, 1);
  const count = Math.min(items.length, most);
  const positions = new Set(Array.from({ length: count }, (_, i) => Math.floor(i * step)));
  return items.filter((_, i) => positions.has(i));
}
