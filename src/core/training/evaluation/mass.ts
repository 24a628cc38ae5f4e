/**
 * The z-normalised Euclidean distance profile of a query (MASS; Mueen et al. 2017, "The fastest similarity search algorithm
 * for time series subsequences under Euclidean distance"): sqrt(2 m (1 - (QT - m mean_Q mean_T) / (m dev_Q dev_T))) for each
 * stretch of the series that is as long as the query, with QT the sliding product of both, by the Fourier transform.
 * A constant stretch is as far as one without any correlation, or at 0 from a constant query.
 *
 * @returns n - m + 1 distances
 */
export function mass(query: Float32Array, series: Float32Array): Float64Array {
  const m = query.length;
  const products = slidingProducts(query, series);
  const [q = { mean: 0, deviation: 0 }] = movingMoments(query, m);
  return Float64Array.from(movingMoments(series, m), ({ mean, deviation }, i) => {
    if (q.deviation === 0 || deviation === 0) return q.deviation === deviation ? 0 : Math.sqrt(m);
    const correlation = (products[i]! - m * q.mean * mean) / (m * q.deviation * deviation);
    return Math.sqrt(2 * m * Math.max(0, 1 - correlation));
  });
}

function movingMoments(values: Float32Array, m: number): { readonly mean: number; readonly deviation: number }[] {
  const sums = new Float64Array(values.length + 1);
  for (let i = 0; i < values.length; i++) sums[i + 1] = sums[i]! + values[i]!;
  const centre = sums[values.length]! / values.length;
  const squares = new Float64Array(values.length + 1);
  for (let i = 0; i < values.length; i++) squares[i + 1] = squares[i]! + (values[i]! - centre) ** 2;
  return Array.from({ length: values.length - m + 1 }, (_, i) => {
    const mean = (sums[i + m]! - sums[i]!) / m;
    const variance = (squares[i + m]! - squares[i]!) / m - (mean - centre) ** 2;
    return { mean, deviation: variance > 1e-12 * Math.max(1, centre ** 2) ? Math.sqrt(variance) : 0 };
  });
}

/** The sum of query[j] x series[i + j] over j, for every i. */
function slidingProducts(query: Float32Array, series: Float32Array): Float64Array {
  const m = query.length;
  const size = 2 ** Math.ceil(Math.log2(series.length + m));
  const [a, b] = [new Float64Array(2 * size), new Float64Array(2 * size)];
  for (let i = 0; i < series.length; i++) a[2 * i] = series[i]!;
  for (let j = 0; j < m; j++) b[2 * (m - 1 - j)] = query[j]!;
  transform(a, 1);
  transform(b, 1);
  for (let i = 0; i < 2 * size; i += 2) {
    const [re, im] = [a[i]! * b[i]! - a[i + 1]! * b[i + 1]!, a[i]! * b[i + 1]! + a[i + 1]! * b[i]!];
    a[i] = re;
    a[i + 1] = im;
  }
  transform(a, -1);
  return Float64Array.from({ length: series.length - m + 1 }, (_, i) => a[2 * (i + m - 1)]! / size);
}

/**
 * The discrete Fourier transform in place, without a factor (Cooley and Tukey 1965).
 * @param values pairs of real and imaginary parts, as many as a power of two
 */
function transform(values: Float64Array, sign: 1 | -1): void {
  const n = values.length / 2;
  for (let i = 1, j = 0; i < n; i++) {
    let bit = n >> 1;
    for (; (j & bit) !== 0; bit >>= 1) j ^= bit;
    j ^= bit;
    if (i < j) for (const part of [0, 1]) swap(values, 2 * i + part, 2 * j + part);
  }
  for (let length = 2; length <= n; length *= 2) {
    const angle = (sign * 2 * Math.PI) / length;
    for (let k = 0; k < length / 2; k++) {
      const [cosine, sine] = [Math.cos(angle * k), Math.sin(angle * k)];
      for (let start = k; start < n; start += length) turn(values, 2 * start, 2 * (start + length / 2), cosine, sine);
    }
  }
}

function turn(values: Float64Array, a: number, b: number, cosine: number, sine: number): void {
  const re = values[b]! * cosine - values[b + 1]! * sine;
  const im = values[b]! * sine + values[b + 1]! * cosine;
  values[b] = values[a]! - re;
  values[b + 1] = values[a + 1]! - im;
  values[a]! += re;
  values[a + 1]! += im;
}

function swap(values: Float64Array, i: number, j: number): void {
  const held = values[i]!;
  values[i] = values[j]!;
  values[j] = held;
}
