/** The value below which a share of values lies, without interpolation; `null` of none. */
export function quantileOf(values: Iterable<number>, share: number): number | null {
  const sorted = Float64Array.from(values).sort();
  return sorted.length === 0 ? null : sorted[Math.round(share * (sorted.length - 1))]!;
}

/** A deviation of a normal distribution for each median absolute deviation (Hampel 1974). */
const perMad = 1.4826;

/** The median, and the median absolute deviation as a standard deviation; `null` of none. */
export function medianAndSpread(
  values: readonly number[],
): { readonly median: number; readonly spread: number } | null {
  const median = quantileOf(values, 0.5);
  if (median === null) return null;
  const mad = quantileOf(
    values.map((value) => Math.abs(value - median)),
    0.5,
  );
  return { median, spread: perMad * (mad ?? 0) };
}
