/** Numbers that loggers write where they have none: nines with a sign, powers of two, infinity in all but name. */
const usual = [
  -9999, -999, 9999, 99999, -99999, -99.9, -999.9, -9999.9, -99.99, -999.25, -999.99, 999.9, 999, -99, 99.99,
];
const extreme = [
  -32768, -2147483648, 2147483647, -1e10, 1e10, 1e20, -1e20, 1e30, -1e30, 9.96921e36, 1e37, -3.4028235e38,
];
const candidates = new Set([...usual, ...extreme].map(Math.fround));

/**
 * Turns numbers that stand for missing samples into NaN, in place. A number is one if it is of the usual ones and lies
 * far off: further from all others than those spread.
 * @returns the numbers that were taken for missing, and how often they came.
 */
export function dropSentinels(values: Float32Array): { readonly numbers: readonly number[]; readonly count: number } {
  // What lies far off is the least or the largest of all values.
  const [least, most] = reachOf(values, () => true);
  if (!candidates.has(least) && !candidates.has(most)) return { numbers: [], count: 0 };
  const [low, high] = reachOf(values, (value) => !candidates.has(value));
  if (high < low) return { numbers: [], count: 0 };
  const spread = high - low;
  const isFar = (value: number) =>
    candidates.has(value) && (value < low - 2 * spread - 1 || value > high + 2 * spread + 1);
  const numbers = new Set<number>();
  let count = 0;
  for (let i = 0; i < values.length; i++) {
    if (!isFar(values[i]!)) continue;
    numbers.add(Number(values[i]!.toPrecision(7)));
    values[i] = NaN;
    count++;
  }
  return { numbers: [...numbers], count };
}

/** The least and the largest of those values that count. */
function reachOf(values: Float32Array, counts: (value: number) => boolean): readonly [number, number] {
  let [low, high] = [Infinity, -Infinity];
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (value < low && counts(value)) low = value;
    if (value > high && counts(value)) high = value;
  }
  return [low, high];
}
