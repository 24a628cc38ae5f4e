import type { DistributionBlock } from './blocks';

/** What every block adds to D_1 of two embeddings: its weight times its W_1. The parts sum to the distance. */
export function blockParts(blocks: readonly DistributionBlock[], a: Float32Array, b: Float32Array): Float64Array {
  return Float64Array.from(blocks, (block) => {
    let sum = 0;
    for (let q = block.offset; q < block.offset + block.levels; q++) sum += Math.abs(a[q]! - b[q]!);
    return (block.weight * sum) / block.levels;
  });
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
    if (block.channels.length !== 1) return channels === 1 ? Float64Array.of(sumOf(parts)) : null;
    sums[block.channels[0]!]! += parts[i]!;
  }
  return sums;
}

/** The sum in the order of the entries. */
export function sumOf(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum;
}
