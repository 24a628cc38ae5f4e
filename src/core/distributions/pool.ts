import { quantilesOfSorted } from './quantiles';

/**
 * The distribution of every feature pooled over the channels of a sequence: the quantile function of the equal mixture
 * of the channels' distributions, rounded to bytes. Sequences of different layouts become comparable by it.
 *
 * @param embedding the same number of bytes per channel
 * @param blocks levels of the quantile functions that follow one another, over and over, in a channel's bytes
 * @returns as many bytes as one channel has; for one channel the embedding itself
 */
export function poolChannels(embedding: Uint8Array, channels: number, blocks: readonly number[]): Uint8Array {
  if (channels === 1) return embedding;
  const perChannel = embedding.length / channels;
  const pooled = new Uint8ClampedArray(perChannel);
  const parts = blocks.map((levels) => {
    return { levels, mixture: new Float32Array(channels * levels), quantiles: new Float32Array(levels) };
  });
  for (let at = 0; at < perChannel;) {
    for (const { levels, mixture, quantiles } of parts) {
      for (let channel = 0; channel < channels; channel++) {
        const from = channel * perChannel + at;
        mixture.set(embedding.subarray(from, from + levels), channel * levels);
      }
      quantilesOfSorted(mixture.sort(), levels, quantiles);
      pooled.set(quantiles, at);
      at += levels;
    }
  }
  return new Uint8Array(pooled.buffer);
}
