import { quantilesOfSorted } from './quantiles';

/**
 * The distribution of every feature pooled over the channels of a sequence: the quantile function of the equal mixture
 * of the channels' distributions. Sequences of different layouts become comparable by it.
 *
 * @param embedding C x M x levels values
 * @returns M x levels values; for one channel the embedding itself
 */
export function poolChannels(embedding: Float32Array, channels: number, levels: number): Float32Array {
  if (channels === 1) return embedding;
  const perChannel = embedding.length / channels;
  const pooled = new Float32Array(perChannel);
  const mixture = new Float32Array(channels * levels);
  for (let feature = 0; feature < perChannel; feature += levels) {
    for (let channel = 0; channel < channels; channel++) {
      const from = channel * perChannel + feature;
      mixture.set(embedding.subarray(from, from + levels), channel * levels);
    }
    quantilesOfSorted(mixture.sort(), levels, pooled, feature);
  }
  return pooled;
}
