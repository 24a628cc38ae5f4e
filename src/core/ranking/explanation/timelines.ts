import { valuesOf } from '../../encoder/blocks';
import type { EncoderDescription } from '../../encoder/description';
import type { FeatureSeries } from '../../encoder/features';
import type { DistributionBlock } from './blocks';
import { levelsOf } from './split';
import { CostTimeline } from './timeline';
import { valueCosts } from './valueCosts';

/** The features of one channel, and its number. */
export interface ChannelFeatures {
  readonly channel: number;
  /** M series for each view. */
  readonly series: readonly (readonly FeatureSeries[])[];
}

/**
 * Adds to timelines what the time steps of some channels cost by the blocks that describe just these channels: all of
 * a block's channels must be given at once.
 *
 * @param own the embedding of the recording that the features are of
 * @param other the embedding that it is compared with
 * @param timelines by the numbers of channels; those of all channels together come to D_1
 * @throws RangeError when a block's feature or a channel's timeline is missing
 */
export function addCosts(
  blocks: readonly DistributionBlock[],
  own: Uint8Array,
  other: Uint8Array,
  features: readonly ChannelFeatures[],
  timelines: readonly CostTimeline[] | ReadonlyMap<number, CostTimeline>,
): void {
  for (const block of blocks) {
    const parts = features.map(({ channel, series }) => {
      const [feature, timeline] = [
        series[block.view]?.[block.feature],
        'get' in timelines ? timelines.get(channel) : timelines[channel],
      ];
      if (feature === undefined) throw new RangeError(`channel ${channel} has no feature ${block.feature}`);
      if (timeline === undefined) throw new RangeError(`channel ${channel} has no timeline`);
      return { timeline, ...partOf(feature, block) };
    });
    const total = parts.reduce((sum, { values }) => sum + values.length, 0);
    const values = new Float32Array(total);
    let at = 0;
    for (const part of parts) {
      values.set(part.values, at);
      at += part.values.length;
    }
    const costs = valueCosts(values, levelsOf(block, own), levelsOf(block, other));
    at = 0;
    for (const part of parts) {
      const own = costs.subarray(at, at + part.values.length);
      part.timeline.add(part.series, part.first, own, (block.scale * block.weight) / total, block.view === 0);
      at += part.values.length;
    }
  }
}

/** The values of a feature in the part of the recording that a block describes. */
function partOf(series: FeatureSeries, block: DistributionBlock) {
  const { start, end } = valuesOf(block, series.values.length);
  return { series, first: start, values: series.values.subarray(start, end) };
}

/** An empty timeline for a recording of so many time steps: its cells fit the strides of all features. */
export function emptyTimeline({ outputs }: Pick<EncoderDescription, 'outputs'>, steps: number): CostTimeline {
  return new CostTimeline(steps, outputs.map(({ stride }) => stride).reduce(greatestCommonDivisor));
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
