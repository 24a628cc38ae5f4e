/** The shape of a matrix as it is read: a row or a column is a vector, and a single number has no axis. */
export function plainShape(dimensions: readonly number[]): readonly number[] {
  return dimensions.length > 2 ? dimensions : dimensions.filter((length) => length !== 1);
}
