import type { EncoderDescription } from '../../core/encoder/description';
import type { DistributionBlock } from '../../core/ranking/explanation/blocks';
import type { CostTimeline } from '../../core/ranking/explanation/timeline';
import { addCosts, emptyTimeline, type ChannelFeatures } from '../../core/ranking/explanation/timelines';
import { UnreadableError } from '../../core/recordings/reader';
import { stepsOf, type Sequence } from '../../core/recordings/sequence';
import { mostValues, valuesIn, type ExplainedSeries } from './explainedSeries';
import type { LocatedEmbedding } from './tasks';

const mostTimelines = 4;

/** What is compared with what, and how. */
export interface TimelinePair {
  readonly own: LocatedEmbedding;
  readonly other: Uint8Array;
  /** Those that are wanted. */
  readonly blocks: readonly DistributionBlock[];
  /** A key for the way of comparing, by which the same block always weighs the same. */
  readonly comparing: string;
}

interface Known extends Pick<TimelinePair, 'other' | 'comparing'> {
  readonly sequence: Sequence;
  readonly values: Uint8Array;
  readonly timelines: readonly CostTimeline[];
  /** The channels whose blocks are in the timelines. */
  readonly measured: Set<string>;
}

/** What the time steps of recordings cost; what was measured of some channels stays while others are added. */
export class PairTimelines {
  private known: readonly Known[] = [];

  constructor(private readonly series: ExplainedSeries) {}

  /**
   * The timelines of all channels of a sequence, of which those are complete that are wanted.
   * @throws UnreadableError when the channels together are too long
   */
  async of(
    sequence: Sequence,
    description: EncoderDescription,
    pair: TimelinePair,
    signal: AbortSignal,
  ): Promise<readonly CostTimeline[]> {
    const { timelines, measured } = this.begun(sequence, description, pair);
    for (const [key, group] of groupsOf(pair.blocks)) {
      if (measured.has(key)) continue;
      const features = await this.featuresOf(sequence, pair.own, group.channels, signal);
      // Another question may have measured them meanwhile.
      if (measured.has(key)) continue;
      measured.add(key);
      addCosts(group.blocks, pair.own.values, pair.other, features, timelines);
    }
    return timelines;
  }

  private begun(sequence: Sequence, description: EncoderDescription, pair: TimelinePair): Known {
    const { own, other, comparing } = pair;
    const found = this.known.find(
      (each) =>
        each.sequence === sequence &&
        each.comparing === comparing &&
        sameValues(each.values, own.values) &&
        sameValues(each.other, other),
    ) ?? {
      ...{ sequence, values: own.values, other, comparing, measured: new Set<string>() },
      timelines: sequence.channels.map(() => emptyTimeline(description, stepsOf(sequence))),
    };
    this.known = [found, ...this.known.filter((each) => each !== found)].slice(0, mostTimelines);
    return found;
  }

  private async featuresOf(
    sequence: Sequence,
    own: LocatedEmbedding,
    channels: readonly number[],
    signal: AbortSignal,
  ): Promise<readonly ChannelFeatures[]> {
    const features: ChannelFeatures[] = [];
    let values = 0;
    for (const channel of channels) {
      const series = await this.series.seriesOf(sequence, own, channel, signal);
      features.push({ channel, series });
      values += valuesIn(series);
      if (channels.length > 1 && values > 2 * mostValues) {
        throw new UnreadableError('its channels together are too long to be explained across layouts');
      }
    }
    return features;
  }
}

/** The blocks that describe the same channels, which are encoded together. */
function groupsOf(blocks: readonly DistributionBlock[]) {
  const groups = new Map<string, { channels: readonly number[]; blocks: DistributionBlock[] }>();
  for (const block of blocks) {
    if (block.weight === 0) continue;
    const key = block.channels.join(' ');
    const group = groups.get(key) ?? { channels: block.channels, blocks: [] };
    groups.set(key, group);
    group.blocks.push(block);
  }
  return groups;
}

function sameValues(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((value, i) => value === b[i]);
}
