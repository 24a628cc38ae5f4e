import { changeRate } from '../../recordings/changeRate';
import { powerSpectrum, tempoRatio } from '../../recordings/spectrum';
import type { Span } from '../../encoder/windows';

/** In which respect one channel of two recordings is made alike. */
export type ChangeName = 'level' | 'spread' | 'trend' | 'tempo' | 'peaks';

/** Two series of one channel. */
export interface SeriesOfPair {
  readonly query: Float32Array;
  readonly match: Float32Array;
}

/** A way in which the match differs from the query, and both without it. */
export interface Change {
  readonly name: ChangeName;
  /**
   * How the match is: higher by so much (level), rising by so much more from its start to its end (trend), so many times as
   * wide (spread), as fast (tempo), or as far from its middle at its farthest (peaks).
   */
  readonly amount: number;
  readonly without: SeriesOfPair;
  /** Where either has what the other has not, in its own steps: the peaks. */
  readonly query: readonly Span[];
  readonly match: readonly Span[];
}

/** Differences that are not worth a word: shares of the spread, and factors. */
const [leastLevel, leastTrend, leastSpread, leastTempo, leastPeaks] = [0.15, 0.75, 1.15, 1.1, 1.6];

/** Peaks are farther from the middle than so many spreads, and take no more than this share of the time. */
const [peakFrom, peakTime] = [6, 0.05];

/** Peaks that are so many steps apart are one, and one counts that reaches so far beside the highest. */
const [peakGap, leastHeight] = [16, 0.25];

/** Every respect in which two series differ, each with both series as they would be if they agreed in it. */
export function changesOf(pair: SeriesOfPair): readonly Change[] {
  const found = [levelOf(pair), spreadOf(pair), trendOf(pair), tempoOf(pair), peaksOf(pair)];
  return found.filter((change) => change !== null);
}

function levelOf({ query, match }: SeriesOfPair): Change | null {
  const [a, b] = [middleOf(query), middleOf(match)];
  const amount = b.centre - a.centre;
  if (!(Math.abs(amount) > leastLevel * Math.max(a.spread, b.spread))) return null;
  return changed('level', amount, { query, match: match.map((value) => value - amount) });
}

function spreadOf({ query, match }: SeriesOfPair): Change | null {
  const [a, b] = [middleOf(query), middleOf(match)];
  const amount = b.spread / a.spread;
  if (!isFactor(amount, leastSpread)) return null;
  return changed('spread', amount, { query, match: match.map((value) => b.centre + (value - b.centre) / amount) });
}

function trendOf({ query, match }: SeriesOfPair): Change | null {
  const [a, b] = [riseOf(query), riseOf(match)];
  const amount = b - a;
  const flat = Math.max(middleOf(withRise(query, -a)).spread, middleOf(withRise(match, -b)).spread);
  if (!(Math.abs(amount) > leastTrend * flat)) return null;
  return changed('trend', amount, { query, match: withRise(match, -amount) });
}

function tempoOf({ query, match }: SeriesOfPair): Change | null {
  const amount = tempoRatio(powerSpectrum(query), powerSpectrum(match));
  if (!isFactor(amount, leastTempo)) return null;
  return changed('tempo', amount, { query, match: changeRate(match, 1, amount) });
}

/** What reaches beyond all that the other one has, in a small part of the time, is cut off. */
function peaksOf({ query, match }: SeriesOfPair): Change | null {
  const [a, b] = [farthestOf(query), farthestOf(match)];
  const amount = b / a;
  if (!isFactor(amount, leastPeaks) || Math.max(a, b) < peakFrom) return null;
  const inMatch = b > a;
  const [values, limit] = inMatch ? [match, a] : [query, b];
  const cut = withoutPeaks(values, limit);
  if (cut === null) return null;
  const without = inMatch ? { query, match: cut.values } : { query: cut.values, match };
  const [none, spans]: readonly (readonly Span[])[] = [[], cut.spans];
  return {
    ...changed('peaks', amount, without),
    query: (inMatch ? none : spans) ?? [],
    match: (inMatch ? spans : none) ?? [],
  };
}

function changed(name: ChangeName, amount: number, without: SeriesOfPair): Change {
  return { name, amount, without, query: [], match: [] };
}

function isFactor(amount: number, least: number): boolean {
  return Number.isFinite(amount) && amount > 0 && Math.abs(Math.log(amount)) > Math.log(least);
}

/** The median, and the interquartile range; the standard deviation where half of the values are one. */
function middleOf(values: Float32Array): { readonly centre: number; readonly spread: number } {
  const sorted = values.slice().sort();
  const at = (share: number) => sorted[Math.round(share * (sorted.length - 1))]!;
  const range = at(0.75) - at(0.25);
  return { centre: at(0.5), spread: range > 1e-6 * Math.abs(at(0.5)) ? range : deviationOf(values) };
}

function deviationOf(values: Float32Array): number {
  let [sum, squares] = [0, 0];
  for (const value of values) sum += value;
  const mean = sum / values.length;
  for (const value of values) squares += (value - mean) ** 2;
  return Math.sqrt(squares / values.length);
}

/** How far the least-squares line rises from the first to the last value. */
function riseOf(values: Float32Array): number {
  const n = values.length;
  let [products, squares] = [0, 0];
  for (let i = 0; i < n; i++) {
    const at = i - (n - 1) / 2;
    products += at * values[i]!;
    squares += at * at;
  }
  return squares > 0 ? (products / squares) * (n - 1) : 0;
}

function withRise(values: Float32Array, rise: number): Float32Array {
  const last = Math.max(values.length - 1, 1);
  return values.map((value, i) => value + rise * (i / last - 0.5));
}

/** The distance of the farthest value from the median, in spreads. */
function farthestOf(values: Float32Array): number {
  const { centre, spread } = middleOf(values);
  let farthest = 0;
  for (const value of values) farthest = Math.max(farthest, Math.abs(value - centre));
  return farthest / spread;
}

/** The values with a straight line wherever they are beyond the limit, and where that is; `null` where it is too often. */
function withoutPeaks(values: Float32Array, limit: number): { values: Float32Array; spans: readonly Span[] } | null {
  const { centre, spread } = middleOf(values);
  const beyondAt = (i: number) => Math.abs(values[i]! - centre) - limit * spread;
  const cut = values.slice();
  const found: Peak[] = [];
  let beyond = 0;
  for (let i = 0; i < values.length; i++) {
    const start = i;
    let height = 0;
    for (; i < values.length && beyondAt(i) > 0; i++) height = Math.max(height, beyondAt(i));
    if (i === start) continue;
    beyond += i - start;
    found.push({ start, end: i, height });
    const [before, after] = [values[start - 1] ?? centre, values[i] ?? centre];
    for (let at = start; at < i; at++) cut[at] = before + ((after - before) * (at - start + 1)) / (i - start + 1);
  }
  return beyond > peakTime * values.length ? null : { values: cut, spans: clearPeaks(found) };
}

interface Peak extends Span {
  /** How far it reaches beyond the limit. */
  readonly height: number;
}

/** Peaks that are close to one another are one; those that hardly reach beyond the limit beside the highest are none. */
function clearPeaks(peaks: readonly Peak[]): readonly Span[] {
  const highest = peaks.reduce((most, { height }) => Math.max(most, height), 0);
  const joined: Peak[] = [];
  for (const peak of peaks) {
    const last = joined.at(-1);
    if (last === undefined || peak.start - last.end > peakGap) joined.push(peak);
    else joined[joined.length - 1] = { start: last.start, end: peak.end, height: Math.max(last.height, peak.height) };
  }
  return joined.filter(({ height }) => height > leastHeight * highest).map(({ start, end }) => ({ start, end }));
}
