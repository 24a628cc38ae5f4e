import { toFloats } from '../distributions/bytes';
import { evenlySpaced } from '../distributions/evenlySpaced';
import type { ChannelScale } from './inputs';

/** What is known of the raw values of a sequence. */
export interface Levelled {
  readonly channels: readonly unknown[];
  /** Float32: the quantile function of every channel at `rawLevels` levels. */
  readonly levels: Uint8Array;
}

/** How many levels of a channel's raw values are kept for the scale of its layout. */
export const rawLevels = 16;

/** A layout is rescaled when a centre moved by, or a spread changed by the factor e^, more than so much. */
const tolerance = 0.5;

/** More sequences than this do not make a robust scale any better. */
const sampleSize = 2048;

/** The interquartile range of a normal distribution with standard deviation 1. */
const normalInterquartile = 1.349;

/**
 * The scale of every channel of a layout, from the raw levels of all its sequences: the median, and the interquartile
 * range as a standard deviation. Where more than half of all values are one, the spread falls back to wider ranges.
 *
 * @param sequences at least one, all of one layout
 * @throws RangeError when there are none
 */
export function layoutScale(sequences: readonly Levelled[]): readonly ChannelScale[] {
  const [first] = sequences;
  if (first === undefined) throw new RangeError('a layout without sequences has no scale');
  const sample = evenlySpaced(sequences, sampleSize).map(({ levels }) => toFloats(levels));
  return first.channels.map((_, c) => {
    const pooled = new Float32Array(sample.length * rawLevels);
    sample.forEach((levels, i) => {
      pooled.set(levels.subarray(c * rawLevels, (c + 1) * rawLevels), i * rawLevels);
    });
    return scaleOfSorted(pooled.sort());
  });
}

function scaleOfSorted(sorted: Float32Array): ChannelScale {
  const at = (share: number) => sorted[Math.round(share * (sorted.length - 1))]!;
  const centre = at(0.5);
  const candidates = [(at(0.75) - at(0.25)) / normalInterquartile, (at(0.95) - at(0.05)) / 3.29, at(1) - at(0)];
  const spread = candidates.find((candidate) => candidate > 1e-6 * Math.abs(centre) && Number.isFinite(candidate));
  return { centre, spread: spread ?? (centre === 0 ? 1 : Math.abs(centre)) };
}

/** Whether a layout's sequences no longer fit the scale that they were embedded with. */
export function hasDrifted(used: readonly ChannelScale[], current: readonly ChannelScale[]): boolean {
  return used.some(({ centre, spread }, c) => {
    const now = current[c];
    if (now === undefined) return true;
    return Math.abs(now.centre - centre) > tolerance * spread || Math.abs(Math.log(now.spread / spread)) > tolerance;
  });
}
