/** A matrix as an independent tool read it. */
export interface Variable {
  readonly shape: readonly number[];
  /** The first axis runs fastest. */
  readonly values: readonly number[];
}

/** Columns of a matrix, or its rows, whichever are longer; a vector is one. */
export function channelsOf({ shape, values }: Variable): number[][] {
  const [rows = 1, columns = 1] = shape;
  if (rows === 1 || columns === 1) return [values.map(Math.fround)];
  const at = (row: number, column: number) => Math.fround(values[row + column * rows] ?? NaN);
  const range = (length: number) => [...Array(length).keys()];
  return columns > rows
    ? range(rows).map((row) => range(columns).map((column) => at(row, column)))
    : range(columns).map((column) => range(rows).map((row) => at(row, column)));
}
