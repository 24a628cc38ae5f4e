import { featureValue } from '../../encoder/codes';
import { isWhole, type DistributionBlock } from './blocks';

/** What every block adds to D_1 of two embeddings: its weight times its W_1. The parts sum to the distance. */
export function blockParts(blocks: readonly DistributionBlock[], a: Uint8Array, b: Uint8Array): Float64Array {
  const parts = new Float64Array(blocks.length);
  for (const [i, { offset, levels, weight, step }] of blocks.entries()) {
    let sum = 0;
    for (let q = offset; q < offset + levels; q++) sum += Math.abs(a[q]! - b[q]!);
    parts[i] = (weight * step * sum) / levels;
  }
  return parts;
}

/**
 * The parts of D_1 by channel.
 *
 * @returns `null` where channels are pooled, because then a feature's term belongs to no single channel
 */
export function channelParts(
  blocks: readonly DistributionBlock[],
  parts: Float64Array,
  channels: number,
): Float64Array | null {
  const sums = new Float64Array(channels);
  for (const [i, block] of blocks.entries()) {
    const [channel, ...others] = block.channels;
    if (channel === undefined || others.length > 0) return channels === 1 ? Float64Array.of(sumOf(parts)) : null;
    sums[channel]! += parts[i]!;
  }
  return sums;
}

/** What one feature adds to D_1. */
export interface FeaturePart {
  /** Its distribution over the whole recording. */
  readonly whole: DistributionBlock;
  readonly part: number;
  /** What of `part` comes from its distributions in parts of the recording. */
  readonly course: number;
  /** What of `part` comes from other views than the recording as it was sampled. */
  readonly views: number;
}

/** The parts of D_1 by feature, those of several blocks together, largest first. */
export function featureParts(blocks: readonly DistributionBlock[], parts: Float64Array): readonly FeaturePart[] {
  const all: { whole: DistributionBlock; part: number; course: number; views: number }[] = [];
  for (const [i, block] of blocks.entries()) {
    const part = parts[i]!;
    const feature = all.at(-1);
    // The whole comes first of a feature's blocks.
    if (isWhole(block)) all.push({ whole: block, part, course: 0, views: 0 });
    else if (feature === undefined) throw new RangeError('the blocks do not begin with the whole of a feature');
    else {
      feature.part += part;
      feature[block.view === 0 ? 'course' : 'views'] += part;
    }
  }
  return all.sort((a, b) => b.part - a.part || a.whole.offset - b.whole.offset);
}

/** The quantile function of a block, on the feature's own scale. */
export function levelsOf(block: DistributionBlock, embedding: Uint8Array): Float32Array {
  const codes = embedding.subarray(block.offset, block.offset + block.levels);
  return Float32Array.from(codes, (code) => featureValue(code, block));
}

/** The sum in the order of the entries. */
export function sumOf(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum;
}
