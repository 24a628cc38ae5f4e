/** How a column of whole numbers or words changes over its rows. */
export interface Stretches {
  /** Whether every value that is there is a whole number. */
  readonly whole: boolean;
  readonly missing: number;
  /** The different values in the order in which they come, at most one more than asked for. */
  readonly values: readonly number[];
  /** How many runs of equal values there are. */
  readonly runs: number;
  readonly largest: number;
}

/**
 * A column that holds a fraction and more values than asked for is not looked at to its end: it is a signal, whatever
 * follows, and its counts are those of the part that was looked at.
 *
 * @param most how many different values are worth knowing
 */
export function stretchesOf(column: Float32Array, most = 64): Stretches {
  const values = new Set<number>();
  let [whole, missing, runs, before, largest] = [true, 0, 0, NaN, -Infinity];
  for (let i = 0; i < column.length; i++) {
    const value = column[i]!;
    if (Number.isNaN(value)) {
      missing++;
      continue;
    }
    if (value === before) continue;
    runs++;
    before = value;
    if (!Number.isInteger(value)) whole = false;
    if (Math.abs(value) > largest) largest = Math.abs(value);
    if (values.size <= most) values.add(value);
    else if (!whole) break;
  }
  return { whole, missing, values: [...values], runs, largest };
}
