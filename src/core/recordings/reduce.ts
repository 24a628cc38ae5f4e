/** A minimum, a maximum and a mean for each pixel column. */
export interface Columns {
  readonly minimum: Float32Array;
  readonly maximum: Float32Array;
  readonly mean: Float32Array;
}

/**
 * Reduces a series to at most `columns` columns of equal width, so that a plot of any length shows every extreme.
 * A series of fewer samples than columns keeps each of them.
 *
 * @param start the first sample that is reduced
 * @param stop the first one after it that is not
 */
export function reduceToColumns(values: Float32Array, columns: number, start = 0, stop = values.length): Columns {
  const length = stop - start;
  const count = Math.min(columns, length);
  const minimum = new Float32Array(count);
  const maximum = new Float32Array(count);
  const mean = new Float32Array(count);
  for (let column = 0; column < count; column++) {
    const first = start + Math.floor((column * length) / count);
    const end = start + Math.floor(((column + 1) * length) / count);
    let low = Infinity;
    let high = -Infinity;
    let sum = 0;
    for (let i = first; i < end; i++) {
      const value = values[i]!;
      if (value < low) low = value;
      if (value > high) high = value;
      sum += value;
    }
    minimum[column] = low;
    maximum[column] = high;
    mean[column] = sum / (end - first);
  }
  return { minimum, maximum, mean };
}
