import { quantilesOfSorted } from './quantiles';

/**
 * The distribution of every feature pooled over the channels of a sequence: the quantile function of the equal mixture
 * of the channels' distributions. Sequences of different layouts become comparable by it.
 *
 * @param embedding the same number of values per channel
 * @param blocks levels of the quantile functions that follow one another, over and over, in a channel's values
 * @returns as many values as one channel has; for one channel the embedding itself
 */
export function poolChannels(embedding: Float32Array, channels: number, blocks: readonly number[]): Float32Array {
  if (channels === 1) return embedding;
  const perChannel = embedding.length / channels;
  const pooled = new Float32Array(perChannel);
  const mixtures = blocks.map((levels) => ({ levels, mixture: new Float32Array(channels * levels) }));
  for (let at = 0; at < perChannel;) {
    for (const { levels, mixture } of mixtures) {
      for (let channel = 0; channel < channels; channel++) {
        const from = channel * perChannel + at;
        mixture.set(embedding.subarray(from, from + levels), channel * levels);
      }
      quantilesOfSorted(mixture.sort(), levels, pooled, at);
      at += levels;
    }
  }
  return pooled;
}
