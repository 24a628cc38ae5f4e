/** One minimum and one maximum per pixel column. */
export interface Columns {
  readonly minimum: Float32Array;
  readonly maximum: Float32Array;
}

/**
 * Reduces a series to at most `columns` columns of equal width, so that a plot of any length shows every extreme.
 * A series of fewer samples than columns keeps each of them.
 */
export function reduceToColumns(values: Float32Array, columns: number): Columns {
  const count = Math.min(columns, values.length);
  const minimum = new Float32Array(count);
  const maximum = new Float32Array(count);
  for (let column = 0; column < count; column++) {
    const start = Math.floor((column * values.length) / count);
    const end = Math.floor(((column + 1) * values.length) / count);
    let low = Infinity;
    let high = -Infinity;
    for (let i = start; i < end; i++) {
      const value = values[i]!;
      if (value < low) low = value;
      if (value > high) high = value;
    }
    minimum[column] = low;
    maximum[column] = high;
  }
  return { minimum, maximum };
}
