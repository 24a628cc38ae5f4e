import type { EncoderDescription } from '../encoder/description';

/**
 * One quantile function within an embedding, with what it is the distribution of and what it counts for. D_1 is the
 * sum over all blocks of `weight` times the mean over the block's levels of |a - b|; the weights sum to 1.
 */
export interface DistributionBlock {
  /** Whose values are distributed: one channel, or several whose values are pooled. */
  readonly channels: readonly number[];
  /** The number of the feature, from 0, over all outputs of the encoder. */
  readonly feature: number;
  /** The part of the recording that is described, as shares of its length. */
  readonly from: number;
  readonly to: number;
  /** Where in the embedding its levels begin, and how many they are. */
  readonly offset: number;
  readonly levels: number;
  readonly weight: number;
}

export type EmbeddingShape = Pick<EncoderDescription, 'features' | 'levels'>;

/**
 * The blocks of an embedding of some channels, in the order in which they are stored.
 *
 * @param weights what each channel counts for, not negative and not all 0; without them all count the same
 */
export function blocksOfChannels(
  { features, levels }: EmbeddingShape,
  channels: number,
  weights?: readonly number[],
): readonly DistributionBlock[] {
  const weightOf = (channel: number) => (weights === undefined ? 1 : (weights[channel] ?? 0));
  let total = 0;
  for (let c = 0; c < channels; c++) total += weightOf(c);
  if (!(total > 0)) throw new RangeError('no channel counts for anything');
  return Array.from({ length: channels * features }, (_, i) => {
    const channel = Math.floor(i / features);
    const weight = weightOf(channel) / (total * features);
    return { channels: [channel], feature: i % features, from: 0, to: 1, offset: i * levels, levels, weight };
  });
}

/** The blocks of an embedding that is pooled over its channels (see `poolChannels`). */
export function pooledBlocks({ features, levels }: EmbeddingShape, channels: number): readonly DistributionBlock[] {
  const all = Array.from({ length: channels }, (_, c) => c);
  return Array.from({ length: features }, (_, feature) => {
    return { channels: all, feature, from: 0, to: 1, offset: feature * levels, levels, weight: 1 / features };
  });
}
