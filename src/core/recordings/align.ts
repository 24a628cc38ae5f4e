import { largest, smallest } from './extremes';

/** Two series that are laid over each other, sampled at the same interval. */
export interface SeriesPair {
  readonly a: Float32Array;
  readonly b: Float32Array;
}

export interface Alignment {
  /** By how many samples the second series of each pair is to be moved to the right. */
  readonly lag: number;
  /** The correlation where both overlap then, from -1 to 1: the mean over the pairs, weighted by their variance. */
  readonly correlation: number;
}

const coarseLength = 2048;
/** A finer search than this would take longer than it is worth: so many samples of the longer series at most. */
const finestLength = 2 ** 18;
const refinement = 8;

/**
 * The lag at which pairs of series correlate best, with at least half of the shorter one overlapping. It is searched
 * on means of neighbouring samples first, then around the best one on ever finer means.
 *
 * @param pairs at least one; all `a` are of one length, and all `b`
 */
export function bestLag(pairs: readonly SeriesPair[]): Alignment {
  const standard = pairs.map(({ a, b }) => ({ a: standardised(a), b: standardised(b) }));
  const longer = largest(pairs.map(({ a, b }) => Math.max(a.length, b.length)));
  const finest = Math.max(1, Math.ceil(longer / finestLength));
  let block = Math.max(finest, Math.ceil(longer / coarseLength));
  let best = searched(reducedBy(standard, block), -Infinity, Infinity);
  while (block > finest) {
    const next = Math.max(finest, Math.ceil(block / refinement));
    const centre = (best.lag * block) / next;
    const reach = Math.ceil(block / next);
    best = searched(reducedBy(standard, next), Math.floor(centre) - reach, Math.ceil(centre) + reach);
    block = next;
  }
  return { lag: best.lag * block, correlation: best.correlation };
}

function searched(pairs: readonly SeriesPair[], from: number, to: number): Alignment {
  const lengthA = smallest(pairs.map(({ a }) => a.length));
  const lengthB = smallest(pairs.map(({ b }) => b.length));
  const least = Math.ceil(Math.min(lengthA, lengthB) / 2);
  let best: Alignment = { lag: 0, correlation: -Infinity };
  const first = Math.max(from, least - lengthB);
  const last = Math.min(to, lengthA - least);
  for (let lag = first; lag <= last; lag++) {
    const correlation = correlationAt(pairs, lag);
    const nearer = correlation === best.correlation && Math.abs(lag) < Math.abs(best.lag);
    if (correlation > best.correlation || nearer) best = { lag, correlation };
  }
  return best.correlation === -Infinity ? { lag: 0, correlation: correlationAt(pairs, 0) } : best;
}

function correlationAt(pairs: readonly SeriesPair[], lag: number): number {
  let products = 0;
  let squaresA = 0;
  let squaresB = 0;
  for (const { a, b } of pairs) {
    const end = Math.min(a.length, b.length + lag);
    for (let i = Math.max(0, lag); i < end; i++) {
      const x = a[i]!;
      const y = b[i - lag]!;
      products += x * y;
      squaresA += x * x;
      squaresB += y * y;
    }
  }
  const size = Math.sqrt(squaresA * squaresB);
  return size > 0 ? products / size : 0;
}

function reducedBy(pairs: readonly SeriesPair[], block: number): readonly SeriesPair[] {
  return block === 1 ? pairs : pairs.map(({ a, b }) => ({ a: blockMeansOf(a, block), b: blockMeansOf(b, block) }));
}

/** The means of `block` neighbouring samples each; the last block may be shorter. */
function blockMeansOf(values: Float32Array, block: number): Float32Array {
  return Float32Array.from({ length: Math.ceil(values.length / block) }, (_, i) => {
    const end = Math.min((i + 1) * block, values.length);
    let sum = 0;
    for (let at = i * block; at < end; at++) sum += values[at]!;
    return sum / (end - i * block);
  });
}

function standardised(values: Float32Array): Float32Array {
  let sum = 0;
  for (const value of values) sum += value;
  const mean = sum / values.length;
  let squares = 0;
  for (const value of values) squares += (value - mean) ** 2;
  const deviation = Math.sqrt(squares / values.length);
  return values.map((value) => (deviation > 0 ? (value - mean) / deviation : 0));
}

/** A series as if it had been sampled at another interval, by linear interpolation. */
export function resampledTo(values: Float32Array, factor: number): Float32Array {
  if (factor === 1) return values;
  const last = values.length - 1;
  return Float32Array.from({ length: Math.max(1, Math.round(values.length * factor)) }, (_, i) => {
    const position = Math.min(i / factor, last);
    const below = Math.floor(position);
    const value = values[below]!;
    return value + (position - below) * (values[Math.min(below + 1, last)]! - value);
  });
}
