import type { ChannelMoments, ChannelScale } from '../../encoder/inputs';
import type { Random } from '../../distributions/random';

/** How far the sequences of a batch are varied; every number may be 0. */
export interface Variation {
  /** All sequences of a batch are played faster or slower by 2 to the power of up to so much. */
  readonly tempo: number;
  /** Each sequence by itself likewise. */
  readonly ownTempo: number;
  /** The share of batches that see only parts, of half the length or more, of sequences that would fit as a whole. */
  readonly crops: number;
  /** The standard deviation of the logarithm of the amplitude on the data set's scale. */
  readonly amplitude: number;
  /** The standard deviation of the offset, in spreads of the data set. */
  readonly offset: number;
  /** The most white noise, as a share of the size of the first difference. */
  readonly noise: number;
}

export const usualVariation: Variation = {
  tempo: 0.5,
  ownTempo: 0.1,
  crops: 0.5,
  amplitude: 0.1,
  offset: 0.1,
  noise: 0.3,
};

/** Plays a channel at another tempo: `steps` values by linear interpolation from the first to the last. */
export function atTempo(values: Float32Array, steps: number): Float32Array {
  const last = values.length - 1;
  const pace = steps > 1 ? last / (steps - 1) : 0;
  return Float32Array.from({ length: steps }, (_, i) => {
    const position = Math.min(i * pace, last);
    const below = Math.min(Math.floor(position), Math.max(last - 1, 0));
    const a = values[below]!;
    return a + (position - below) * ((values[below + 1] ?? a) - a);
  });
}

/**
 * Adds white noise to time steps [start, end) in place.
 * @returns the moments that the channel would have with noise all over
 */
export function addNoise(
  values: Float32Array,
  moments: ChannelMoments,
  deviation: number,
  start: number,
  end: number,
  random: Random,
): ChannelMoments {
  for (let t = start; t < end; t++) values[t]! += deviation * random.normal();
  return {
    mean: moments.mean,
    deviation: Math.hypot(moments.deviation, deviation),
    differenceSize: Math.hypot(moments.differenceSize, Math.SQRT2 * deviation),
  };
}

/** The scale on which values look `amplitude` times as large and moved up by `offset` spreads. */
export function variedScale({ centre, spread }: ChannelScale, amplitude: number, offset: number): ChannelScale {
  return { centre: centre - (offset * spread) / amplitude, spread: spread / amplitude };
}
