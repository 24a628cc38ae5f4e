import FFT from 'fft.js';
import type { SeriesPair } from '../align';

/** How alike two recordings are where they overlap, with the second moved by a lag. */
export interface Overlap {
  /** The step of the first at which the second begins, below 0 where it begins before. */
  readonly lag: number;
  /** The mean over the channels of the absolute correlation, from 0 to 1. */
  readonly correlation: number;
}

/** At so much less of a correlation the smaller lag is taken. */
const tied = 1e-6;

/**
 * The lag at which two recordings correlate best, whatever the signs: all products by Fourier transforms, and the means and
 * variances of each overlap by sums up to each step (Lewis 1995, "Fast normalized cross-correlation"). At least half of the
 * shorter one overlaps.
 *
 * @param pairs at least one; all `a` are of one length, and all `b`
 */
export function bestOverlap(pairs: readonly SeriesPair[]): Overlap {
  const [first] = pairs;
  if (first === undefined) throw new RangeError('there is no channel to lay over another');
  const [lengthA, lengthB] = [first.a.length, first.b.length];
  const least = Math.ceil(Math.min(lengthA, lengthB) / 2);
  const [from, to] = [least - lengthB, lengthA - least];
  const sums = new Float64Array(to - from + 1);
  for (const pair of pairs) addCorrelations(pair, from, sums);
  let best: Overlap = { lag: 0, correlation: -1 };
  sums.forEach((sum, i) => {
    const [lag, correlation] = [from + i, sum / pairs.length];
    const isNearer = Math.abs(lag) < Math.abs(best.lag) && correlation > best.correlation - tied;
    if (isNearer || correlation > best.correlation + tied) best = { lag, correlation };
  });
  return { lag: best.lag, correlation: Math.min(best.correlation, 1) };
}

/** Adds the absolute correlation of one channel at each lag from `from` on. */
function addCorrelations(pair: SeriesPair, from: number, sums: Float64Array): void {
  const [a, b] = [standardised(pair.a), standardised(pair.b)];
  const products = productsOf(a, b);
  const [upToA, upToB] = [sumsUpTo(a), sumsUpTo(b)];
  const size = products.length;
  for (let i = 0; i < sums.length; i++) {
    const lag = from + i;
    const [start, end] = [Math.max(0, lag), Math.min(a.length, b.length + lag)];
    const count = end - start;
    const [sumA, squaresA] = within(upToA, start, end);
    const [sumB, squaresB] = within(upToB, start - lag, end - lag);
    const product = products[lag < 0 ? lag + size : lag]! - (sumA * sumB) / count;
    const variances = (squaresA - sumA ** 2 / count) * (squaresB - sumB ** 2 / count);
    // What hardly changes within the overlap has no shape to be compared.
    if (variances > (leastVariance * count) ** 2) sums[i]! += Math.abs(product) / Math.sqrt(variances);
  }
}

const leastVariance = 1e-3;

/** The sum over i of a[i + lag] b[i], at each lag, those below 0 at the end. */
function productsOf(a: Float64Array, b: Float64Array): Float64Array {
  const size = 2 ** Math.ceil(Math.log2(Math.max(a.length + b.length, 2)));
  const fft = new FFT(size);
  const transformed = [a, b].map((values) => {
    const padded = new Float64Array(size);
    padded.set(values);
    const out = fft.createComplexArray();
    fft.realTransform(out, padded);
    fft.completeSpectrum(out);
    return out;
  });
  const [one, other] = transformed as [number[], number[]];
  const product = fft.createComplexArray();
  for (let i = 0; i < 2 * size; i += 2) {
    const [re, im, otherRe, otherIm] = [one[i] ?? 0, one[i + 1] ?? 0, other[i] ?? 0, other[i + 1] ?? 0];
    product[i] = re * otherRe + im * otherIm;
    product[i + 1] = im * otherRe - re * otherIm;
  }
  const back = fft.createComplexArray();
  fft.inverseTransform(back, product);
  return Float64Array.from({ length: size }, (_, i) => back[2 * i] ?? 0);
}

interface SumsUpTo {
  readonly values: Float64Array;
  readonly squares: Float64Array;
}

function sumsUpTo(series: Float64Array): SumsUpTo {
  const [values, squares] = [new Float64Array(series.length + 1), new Float64Array(series.length + 1)];
  series.forEach((value, i) => {
    values[i + 1] = values[i]! + value;
    squares[i + 1] = squares[i]! + value * value;
  });
  return { values, squares };
}

function within({ values, squares }: SumsUpTo, start: number, end: number): readonly [number, number] {
  return [values[end]! - values[start]!, squares[end]! - squares[start]!];
}

function standardised(values: Float32Array): Float64Array {
  let sum = 0;
  for (const value of values) sum += value;
  const mean = sum / values.length;
  let squares = 0;
  for (const value of values) squares += (value - mean) ** 2;
  const deviation = Math.sqrt(squares / values.length);
  // A constant stays one whatever rounding makes of it.
  const scale = deviation > 1e-7 * Math.abs(mean) ? 1 / deviation : 0;
  return Float64Array.from(values, (value) => (value - mean) * scale);
}
