import FFT from 'fft.js';

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
  const fft = new FFT(2 ** Math.ceil(Math.log2(series.length + m)));
  const [a, b] = [spectrumOf(fft, series), spectrumOf(fft, query.toReversed())];
  const product = fft.createComplexArray();
  for (let i = 0; i < product.length; i += 2) {
    const [re, im, otherRe, otherIm] = [a[i] ?? 0, a[i + 1] ?? 0, b[i] ?? 0, b[i + 1] ?? 0];
    product[i] = re * otherRe - im * otherIm;
    product[i + 1] = re * otherIm + im * otherRe;
  }
  const sums = fft.createComplexArray();
  fft.inverseTransform(sums, product);
  return Float64Array.from({ length: series.length - m + 1 }, (_, i) => sums[2 * (i + m - 1)] ?? 0);
}

function spectrumOf(fft: FFT, values: Float32Array): readonly number[] {
  const padded = new Float64Array(fft.size);
  padded.set(values);
  const spectrum = fft.createComplexArray();
  fft.realTransform(spectrum, padded);
  fft.completeSpectrum(spectrum);
  return spectrum;
}
