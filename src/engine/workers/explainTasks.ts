import { channelFeatures, type FeatureSeries } from '../../core/encoder/features';
import type { EncoderSession } from '../../core/encoder/session';
import type { DistributionBlock } from '../../core/ranking/explanation/blocks';
import { strongestPassages } from '../../core/ranking/explanation/passages';
import { costColumns, type CostTimeline } from '../../core/ranking/explanation/timeline';
import { addCosts, emptyTimeline, type ChannelFeatures } from '../../core/ranking/explanation/timelines';
import { sumOf } from '../../core/ranking/explanation/split';
import type { FeaturePassages, Lag, Strip } from '../../protocol/explanation';
import { bestLag, resampledTo, type SeriesPair } from '../../core/recordings/align';
import { atRate } from '../../core/recordings/changeRate';
import { UnreadableError } from '../../core/recordings/reader';
import { reduceToColumns } from '../../core/recordings/reduce';
import { stepsOf, type Sequence } from '../../core/recordings/sequence';
import type { LocatedSequence, Tasks } from './tasks';
import { largest } from '../../core/recordings/extremes';

/** Numbers that are kept of features, and that pooled channels may have together: 64 MB. */
const mostValues = 2 ** 24;
const mostTimelines = 4;
/** A passage is so many values of its feature long, which is about what the feature looks at. */
const valuesPerPassage = 16;
const leastPassage = 32;
const mostAligned = 8;

export interface ExplainParts {
  readonly session: () => Promise<EncoderSession>;
  /** Reads a sequence that may have changed. @throws UnreadableError */
  readonly read: (of: LocatedSequence, signal: AbortSignal) => Promise<Sequence>;
}

interface KnownTimelines {
  readonly sequence: Sequence;
  readonly own: Uint8Array;
  readonly other: Uint8Array;
  readonly weights: string;
  readonly timelines: readonly CostTimeline[];
}

/** The work of explaining a distance, on a worker thread. What takes long is kept for the next question. */
export class ExplainTasks {
  private known: readonly KnownTimelines[] = [];
  private features: readonly {
    sequence: Sequence;
    channel: number;
    made: string;
    series: readonly (readonly FeatureSeries[])[];
  }[] = [];

  private readonly compared = new WeakMap<Sequence, Sequence>();

  constructor(private readonly parts: ExplainParts) {}

  async strip(args: Parameters<Tasks['strip']>[0], signal: AbortSignal): Promise<Strip> {
    const { own, span: asked, columns, channels } = args;
    const sequence = await this.parts.read(own, signal);
    const compared = await this.comparedOf(sequence, own);
    const timelines = await this.timelines(compared, args, signal);
    const steps = stepsOf(sequence);
    const span = clamped(asked, steps);
    // The timeline's own time steps for each of the recording's.
    const ratio = stepsOf(compared) / steps;
    const scaled = { start: span.start * ratio, end: span.end * ratio };
    const reduced = timelines.map((timeline) => costColumns(timeline, scaled, columns));
    const total = new Float64Array(columns);
    for (const { costs } of reduced) costs.forEach((cost, c) => (total[c]! += cost));
    // Channels that count for nothing are not looked at.
    const covered = Float64Array.from(
      { length: columns },
      (_, c) => largest(reduced.map((each) => each.steps[c]!)) / ratio,
    );
    return {
      steps,
      span,
      compared: Array.from(covered),
      costs: Array.from(total),
      channels: channels.flatMap((index) => {
        const column = reduced[index];
        return column === undefined ? [] : [{ index, costs: Array.from(column.costs) }];
      }),
      sums: timelines.map(({ costs }) => sumOf(costs)),
      comparedSteps:
        largest(timelines.map((timeline) => costColumns(timeline, { start: 0, end: stepsOf(compared) }, 1).steps[0]!)) /
        ratio,
    };
  }

  async passages(args: Parameters<Tasks['passages']>[0], signal: AbortSignal): Promise<readonly FeaturePassages[]> {
    const { of, features, count, columns } = args;
    const sequence = await this.parts.read(of, signal);
    const compared = await this.comparedOf(sequence, of);
    const steps = stepsOf(compared);
    const own = (step: number) => Math.round((step * stepsOf(sequence)) / steps);
    const found: FeaturePassages[] = [];
    for (const { channel, feature } of features) {
      const values = sequence.channels[channel]?.values;
      if (values === undefined) continue;
      const series = (await this.seriesOf(compared, of, channel, signal))[0]?.[feature];
      if (series === undefined) continue;
      const width = Math.max(leastPassage, valuesPerPassage * series.stride);
      const passages = strongestPassages(series, steps, width, count).map((passage) => {
        const [start, end] = [own(passage.start), own(passage.end)];
        const { minimum, maximum } = reduceToColumns(values, columns, start, end);
        return { start, end, minimum: Array.from(minimum), maximum: Array.from(maximum) };
      });
      found.push({ channel, feature, rate: sequence.rate, passages });
    }
    return found;
  }

  async align({ query, match }: Parameters<Tasks['align']>[0], signal: AbortSignal): Promise<Lag> {
    const a = await this.parts.read(query, signal);
    const b = await this.parts.read(match, signal);
    const known = a.rate !== null && b.rate !== null;
    // Both as if they had been sampled at the lower rate.
    const rate = known ? Math.min(a.rate, b.rate) : 1;
    const pairs = alike(a, b).map(([x, y]): SeriesPair => {
      if (!known) return { a: x, b: y };
      return { a: resampledTo(x, rate / a.rate), b: resampledTo(y, rate / b.rate) };
    });
    const { lag, correlation } = bestLag(pairs);
    return { lag: lag / rate, unit: known ? 's' : 'steps', correlation };
  }

  /** A recording as its embedding was made. */
  private async comparedOf(sequence: Sequence, { rate }: LocatedSequence): Promise<Sequence> {
    if (rate === null) return sequence;
    const known = this.compared.get(sequence);
    if (known?.rate === rate) return known;
    const { description } = await this.parts.session();
    const compared = atRate(sequence, rate, description.minimumSteps);
    this.compared.set(sequence, compared);
    return compared;
  }

  private async timelines(
    sequence: Sequence,
    { own, other, blocks }: Parameters<Tasks['strip']>[0],
    signal: AbortSignal,
  ): Promise<readonly CostTimeline[]> {
    const weights = JSON.stringify(blocks.map(({ weight, channels }) => [weight, channels.length]));
    const known = this.known.find(
      (each) =>
        each.sequence === sequence &&
        each.weights === weights &&
        sameValues(each.own, own.values) &&
        sameValues(each.other, other),
    );
    if (known !== undefined) return known.timelines;
    const { description } = await this.parts.session();
    const timelines = sequence.channels.map(() => emptyTimeline(description, stepsOf(sequence)));
    for (const group of groupsOf(blocks)) {
      const features: ChannelFeatures[] = [];
      let values = 0;
      for (const channel of group.channels) {
        const series = await this.seriesOf(sequence, own, channel, signal);
        features.push({ channel, series });
        values += valuesIn(series);
        if (group.channels.length > 1 && values > 2 * mostValues) {
          throw new UnreadableError('its channels together are too long to be explained across layouts');
        }
      }
      addCosts(group.blocks, own.values, other, features, timelines);
    }
    this.known = [{ sequence, own: own.values, other, weights, timelines }, ...this.known].slice(0, mostTimelines);
    return timelines;
  }

  private async seriesOf(
    sequence: Sequence,
    { scales, options: { maximumSteps } }: LocatedSequence,
    channel: number,
    signal: AbortSignal,
  ): Promise<readonly (readonly FeatureSeries[])[]> {
    const scale = scales[channel];
    if (scale === undefined) throw new RangeError(`channel ${channel} has no scale`);
    const made = JSON.stringify([scale, maximumSteps]);
    const known = this.features.find(
      (each) => each.sequence === sequence && each.channel === channel && each.made === made,
    );
    if (known !== undefined) return known.series;
    const session = await this.parts.session();
    const series = await channelFeatures(session, sequence, channel, scale, maximumSteps, signal);
    let left = mostValues;
    this.features = [{ sequence, channel, made, series }, ...this.features].filter(({ series: kept }) => {
      left -= valuesIn(kept);
      return left >= 0;
    });
    return series;
  }
}

function valuesIn(series: readonly (readonly FeatureSeries[])[]): number {
  return series.flat().reduce((sum, { values }) => sum + values.length, 0);
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
  return groups.values();
}

/** The channels of two sequences that are the same by name, or by their number where names do not agree. */
function alike(a: Sequence, b: Sequence): readonly (readonly [Float32Array, Float32Array])[] {
  const named = a.channels.flatMap(({ name, values }) => {
    const other = b.channels.find((channel) => name !== null && channel.name === name);
    return other === undefined ? [] : [[values, other.values] as const];
  });
  if (named.length > 0) return named.slice(0, mostAligned);
  return a.channels.slice(0, mostAligned).flatMap(({ values }, c) => {
    const other = b.channels[c];
    return other === undefined ? [] : [[values, other.values] as const];
  });
}

function clamped(span: { start: number; end: number } | null, steps: number) {
  if (span === null) return { start: 0, end: steps };
  const start = Math.max(0, Math.min(span.start, steps - 1));
  return { start, end: Math.max(start + 1, Math.min(span.end, steps)) };
}

function sameValues(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((value, i) => value === b[i]);
}
