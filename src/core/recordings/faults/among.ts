/** The most of some numbers, but for a fifth of them that may themselves be wrong. */
export function mostOf(values: readonly number[]): number {
  const sorted = Float64Array.from(values).sort();
  return sorted.length === 0 ? 0 : sorted[sorted.length - 1 - Math.floor(sorted.length / 5)]!;
}

/** The median; 0 of none. */
export function medianOf(values: readonly number[]): number {
  const sorted = Float64Array.from(values).sort();
  return sorted.length === 0 ? 0 : sorted[Math.floor(sorted.length / 2)]!;
}
