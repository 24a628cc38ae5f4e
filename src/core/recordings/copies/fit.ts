/** How one channel follows from another where they overlap: b = factor * a + offset, by least squares. */
export interface Fit {
  /** The time steps in which both are. */
  readonly count: number;
  readonly factor: number;
  readonly offset: number;
  /** By how much the mean of b is above that of a. */
  readonly moved: number;
  /** What is left of b, beside its standard deviation. */
  readonly residual: number;
  /** The correlation of what is left with itself one step later: near 0 for noise, near 1 for another course. */
  readonly smoothness: number;
  /** The standard deviation of b in the overlap. */
  readonly spread: number;
}

/** Fits b, moved by a lag, to a. @returns `null` where they do not overlap */
export function fitOf(a: Float32Array, b: Float32Array, lag: number): Fit | null {
  const [start, end] = [Math.max(0, lag), Math.min(a.length, b.length + lag)];
  const count = end - start;
  if (count < 2) return null;
  let [sumA, sumB] = [0, 0];
  for (let i = start; i < end; i++) {
    sumA += a[i]!;
    sumB += b[i - lag]!;
  }
  const [meanA, meanB] = [sumA / count, sumB / count];
  let [product, squaresA, squaresB] = [0, 0, 0];
  for (let i = start; i < end; i++) {
    const [x, y] = [a[i]! - meanA, b[i - lag]! - meanB];
    product += x * y;
    squaresA += x * x;
    squaresB += y * y;
  }
  const factor = squaresA > 0 ? product / squaresA : 1;
  const spread = Math.sqrt(squaresB / count);
  const { squares, products } = residuals(a, b, lag, { start, end, factor, meanA, meanB });
  return {
    count,
    factor,
    offset: meanB - factor * meanA,
    moved: meanB - meanA,
    residual: spread > 0 ? Math.sqrt(squares / count) / spread : Math.sqrt(squares / count),
    smoothness: squares > 0 ? products / squares : 0,
    spread,
  };
}

interface Line {
  readonly start: number;
  readonly end: number;
  readonly factor: number;
  readonly meanA: number;
  readonly meanB: number;
}

function residuals(a: Float32Array, b: Float32Array, lag: number, { start, end, factor, meanA, meanB }: Line) {
  let [squares, products, before] = [0, 0, 0];
  for (let i = start; i < end; i++) {
    const rest = b[i - lag]! - meanB - factor * (a[i]! - meanA);
    squares += rest * rest;
    products += rest * before;
    before = rest;
  }
  return { squares, products };
}
