import { largest, smallest } from '../extremes';

/** What runs of one value tell of a channel; shares of its time steps. */
export interface Runs {
  /** The longest. */
  readonly flat: number;
  /** Steps that hold the value before in other runs, but those at the limits. */
  readonly held: number;
  /** Steps in runs at the lowest and the highest value, beside the longest. */
  readonly limited: number;
}

/** Shorter runs of a value between its limits come by chance where values are coarse. */
const leastRun = 2;

export function runsOf(values: Float32Array): Runs {
  const [lowest, highest] = [smallest(values), largest(values)];
  let [longest, longestIsLimit, held, limited] = [0, false, 0, 0];
  for (let start = 0; start < values.length;) {
    const value = values[start]!;
    let end = start + 1;
    while (end < values.length && values[end] === value) end++;
    const length = end - start;
    const isLimit = lowest < highest && (value === lowest || value === highest);
    if (isLimit) limited += length;
    else if (length >= leastRun) held += length - 1;
    if (length > longest) [longest, longestIsLimit] = [length, isLimit];
    start = end;
  }
  const count = Math.max(values.length, 1);
  return {
    flat: longest / count,
    held: Math.max(held - (longestIsLimit ? 0 : longest - 1), 0) / count,
    limited: (limited - (longestIsLimit ? longest : 0)) / count,
  };
}
