import { largest, smallest } from './extremes';

/** How many heights a sketch tells apart. */
export const sketchHeights = 8;

/** Values that each column of a sketch is the mean of: a sketch of any length takes no time. */
const mostAveraged = 256;

/**
 * The course of a series in a few whole numbers, for a plot as small as a word: the mean of each of at most `columns` parts,
 * from 0 (the lowest mean) to 7 (the highest). A level series is in the middle.
 *
 * @param values without NaN
 */
export function sketchOf(values: Float32Array, columns: number): readonly number[] {
  const count = Math.min(columns, values.length);
  const means = Array.from({ length: count }, (_, i) =>
    meanOf(values, Math.floor((i * values.length) / count), Math.floor(((i + 1) * values.length) / count)),
  );
  const [low, high] = [smallest(means), largest(means)];
  const height = (mean: number) => (high > low ? (mean - low) / (high - low) : 0.5);
  return means.map((mean) => Math.min(Math.floor(height(mean) * sketchHeights), sketchHeights - 1));
}

function meanOf(values: Float32Array, start: number, end: number): number {
  const step = Math.max(1, Math.floor((end - start) / mostAveraged));
  let [sum, count] = [0, 0];
  for (let i = start; i < end; i += step) {
    sum += values[i]!;
    count++;
  }
  return sum / count;
}
