import { largest } from '../extremes';
import { alignedBy } from './alignment';
import { fitOf, type Fit } from './fit';
import type { Overlap } from './overlaps';
import { sampledAt, samplings } from './samplings';

/** How a recording is a copy of another, by its samples; `alike`: it is none. */
export interface FoundCopy {
  readonly kind: 'values' | 'shifted' | 'cut' | 'rescaled' | 'inverted' | 'resampled' | 'noisy' | 'alike';
  /**
   * Time steps (shifted: above 0 where the other begins later; cut: where the shorter begins in the longer), a factor of the
   * other beside the kept one (rescaled: 1 where a constant was added; resampled) or the noise's share of the spread (noisy).
   */
  readonly amount: number | null;
  /** The channel that is inverted or rescaled, or `null` for all. */
  readonly channel: number | null;
}

/** The channels of a recording, at least one, all of one length. */
export type Channels = readonly Float32Array[];

const none: FoundCopy = { kind: 'alike', amount: null, channel: null };

/** What is left where values are the same but for rounding, and beside noise, as shares of the spread. */
const [rounding, mostNoise] = [3e-3, 0.15];

/** What is left beside noise hardly correlates with itself; what is left by resampling may do so more. */
const [noiseSmoothness, resamplingSmoothness, mostResampling] = [0.4, 0.8, 0.25];

/** The same where values lie between those that were sampled. */
const resampledRounding = 1e-2;

/** Lengths that differ by less than this factor are not taken for another rate. */
const leastRate = 1.02;

/** Channels are rescaled beyond so much, and moved beyond so many spreads. */
const [leastScale, leastOffset] = [5e-3, 1e-2];

/** How a recording is a copy of one with the same channels. */
export function copyKindOf(kept: Channels, other: Channels): FoundCopy {
  if (kept.length === 0 || kept.length !== other.length) return none;
  return atOneRate(kept, other) ?? atAnotherRate(kept, other) ?? none;
}

interface Laid {
  readonly overlap: Overlap;
  readonly fits: readonly Fit[];
}

function laidOver(kept: Channels, other: Channels): Laid | null {
  const pairs = kept.map((a, c) => ({ a, b: other[c] ?? a }));
  const overlap = alignedBy(pairs);
  const fits = pairs.flatMap(({ a, b }) => fitOf(a, b, overlap.lag) ?? []);
  return fits.length === kept.length ? { overlap, fits } : null;
}

function atOneRate(kept: Channels, other: Channels): FoundCopy | null {
  const laid = laidOver(kept, other);
  if (laid === null) return null;
  const isInPlace = laid.overlap.lag === 0 && kept[0]?.length === other[0]?.length;
  // Waves that go on and on come to lie on one another at some lag, up to their noise, and are no copies for that.
  const mayBeNoisy = isInPlace && laid.fits.every(({ factor }) => factor > 0);
  if (!laid.fits.every((fit) => isExact(fit) || (mayBeNoisy && isNoisy(fit)))) return null;
  const [{ lag }, lengths] = [laid.overlap, [kept[0]?.length ?? 0, other[0]?.length ?? 0] as const];
  const place = placeOf(lag, lengths[0], lengths[1]);
  if (place !== null) return { ...place, channel: null };
  const changed = invertedOf(laid.fits) ?? rescaledOf(laid.fits);
  if (changed !== null) return changed;
  const noise = largest(laid.fits.map((fit) => (isExact(fit) ? 0 : fit.residual)));
  return noise > 0 ? { kind: 'noisy', amount: noise, channel: null } : { kind: 'values', amount: null, channel: null };
}

/** Where the other recording lies on the kept one, unless it is just there. */
function placeOf(lag: number, kept: number, other: number): Pick<FoundCopy, 'kind' | 'amount'> | null {
  if (lag === 0 && kept === other) return null;
  if (lag >= 0 && lag + other <= kept) return { kind: 'cut', amount: lag };
  if (lag <= 0 && lag + other >= kept) return { kind: 'cut', amount: -lag };
  return { kind: 'shifted', amount: lag };
}

function invertedOf(fits: readonly Fit[]): FoundCopy | null {
  const inverted = fits.flatMap(({ factor, spread }, c) => (factor < 0 && spread > 0 ? [c] : []));
  if (inverted.length === 0) return null;
  return { kind: 'inverted', amount: null, channel: onlyOne(inverted, fits.length) };
}

function rescaledOf(fits: readonly Fit[]): FoundCopy | null {
  const rescaled = fits.flatMap((fit, c) => (isRescaled(fit) ? [c] : []));
  const [first] = rescaled;
  if (first === undefined) return null;
  const factor = fits[first]?.factor ?? 1;
  const amount = Math.abs(factor - 1) > leastScale ? factor : 1;
  return { kind: 'rescaled', amount, channel: onlyOne(rescaled, fits.length) };
}

function isRescaled(fit: Fit): boolean {
  const doubt = doubtOf(fit);
  return Math.abs(fit.factor - 1) > leastScale + doubt || Math.abs(shiftOf(fit)) > leastOffset + doubt;
}

/** By how much noise may make a factor, or a mean in spreads, another than it is: a share of it, and five standard errors. */
function doubtOf(fit: Fit): number {
  return isExact(fit) ? 0 : fit.residual * Math.max(noiseShare, 5 / Math.sqrt(fit.count));
}

const noiseShare = 0.25;

/** By how many spreads a channel is moved, where it is not scaled. */
function shiftOf(fit: Fit): number {
  if (fit.moved === 0 || Math.abs(fit.factor - 1) > leastScale + doubtOf(fit)) return 0;
  return fit.moved / fit.spread;
}

function onlyOne(channels: readonly number[], of: number): number | null {
  return channels.length === 1 && of > 1 ? (channels[0] ?? null) : null;
}

function isExact({ residual }: Fit): boolean {
  return residual <= rounding;
}

function isNoisy({ residual, smoothness }: Fit): boolean {
  return residual <= mostNoise && Math.abs(smoothness) <= noiseSmoothness;
}

/** Whether one recording is the other in more or fewer steps, by their lengths. */
function atAnotherRate(kept: Channels, other: Channels): FoundCopy | null {
  const [length, otherLength] = [kept[0]?.length ?? 0, other[0]?.length ?? 0];
  if (Math.max(otherLength / length, length / otherLength) < leastRate) return null;
  const amount = otherLength / length;
  for (const { factor, offset } of samplings(length, otherLength)) {
    if (isSampled(kept, other, factor, offset)) return { kind: 'resampled', amount, channel: null };
  }
  for (const { factor, offset } of samplings(otherLength, length)) {
    if (isSampled(other, kept, factor, offset)) return { kind: 'resampled', amount, channel: null };
  }
  return null;
}

function isSampled(from: Channels, to: Channels, factor: number, offset: number): boolean {
  return from.every((values, c) => {
    const sampled = to[c] ?? values;
    const fit = fitOf(sampledAt(values, sampled.length, factor, offset), sampled, 0);
    return fit !== null && isResampled(fit);
  });
}

function isResampled(fit: Fit): boolean {
  if (fit.factor < 0) return false;
  return (
    fit.residual <= resampledRounding || (fit.residual <= mostResampling && fit.smoothness <= resamplingSmoothness)
  );
}
