import { byteScaleOf, type CodedBlock } from '../../encoder/codes';
import { featureBlocks, featureSize } from '../../encoder/blocks';
import type { EncoderDescription } from '../../encoder/description';

/**
 * One quantile function within an embedding, with what it is the distribution of and what it counts for. D_1 is the
 * sum over all blocks of `weight` times `step` times the mean over the block's bytes of |a - b|; the weights sum to 1.
 */
export interface DistributionBlock extends CodedBlock {
  /** Whose values are distributed: one channel, or several whose values are pooled. */
  readonly channels: readonly number[];
  /** The number of the feature, from 0, over all outputs of the encoder. */
  readonly feature: number;
  /** In which form of the recording, see `viewsOf`. */
  readonly view: number;
  /** The part of the recording that is described, as shares of its length. */
  readonly from: number;
  readonly to: number;
  /** Where in the embedding its levels begin, and how many they are. */
  readonly offset: number;
  readonly levels: number;
  readonly weight: number;
}

export type EmbeddingShape = Pick<EncoderDescription, 'features' | 'levels' | 'course' | 'views' | 'bytes'>;

/**
 * The blocks of an embedding of some channels, in the order in which they are stored.
 *
 * @param weights what each channel counts for, not negative and not all 0; without them all count the same
 * @param only the channels whose blocks are wanted, ascending; all without it
 */
export function blocksOfChannels(
  shape: EmbeddingShape,
  channels: number,
  weights?: readonly number[],
  only: readonly number[] = Array.from({ length: channels }, (_, c) => c),
): readonly DistributionBlock[] {
  const weightOf = (channel: number) => (weights === undefined ? 1 : (weights[channel] ?? 0));
  let total = 0;
  for (let c = 0; c < channels; c++) total += weightOf(c);
  if (!(total > 0)) throw new RangeError('no channel counts for anything');
  return only.flatMap((c) => blocksOf(shape, c, [c], weightOf(c) / total));
}

/** The blocks of an embedding that is pooled over its channels (see `poolChannels`). */
export function pooledBlocks(shape: EmbeddingShape, channels: number): readonly DistributionBlock[] {
  const all = Array.from({ length: channels }, (_, c) => c);
  return blocksOf(shape, 0, all, 1);
}

/**
 * The blocks of one channel's numbers.
 *
 * @param row which channel's place in the embedding they have
 * @param of whose values are distributed
 * @param weight what all of them together count for
 */
function blocksOf(shape: EmbeddingShape, row: number, of: readonly number[], weight: number): DistributionBlock[] {
  const size = featureSize(shape);
  const kept = featureBlocks(shape);
  const { step, centres } = byteScaleOf(shape);
  const blocks: DistributionBlock[] = [];
  // One object literal for each: of many channels there are a hundred thousand.
  for (const [feature, centre] of centres.entries()) {
    let offset = (row * shape.features + feature) * size;
    for (const { view, from, to, levels, scale } of kept) {
      const share = (weight * levels) / (shape.features * size);
      blocks.push({ channels: of, feature, view, from, to, offset, levels, scale, step, centre, weight: share });
      offset += levels;
    }
  }
  return blocks;
}

/** Whether a block describes the whole of a recording as it was sampled. */
export function isWhole({ view, from, to }: DistributionBlock): boolean {
  return view === 0 && from === 0 && to === 1;
}
