import type { Sequence } from '../recordings/sequence';
import { stepsOf } from '../recordings/sequence';
import { encodePart, FeatureCollector, rowOf } from './embed';
import type { ChannelScale } from './inputs';
import type { EncoderSession } from './session';
import { coverage, pieces } from './windows';
import { viewsOf } from './blocks';
import { gridOf } from './description';
import { budgetOf, viewed, viewSize } from './views';

/** One feature of one channel over time, before its order is forgotten. */
export interface FeatureSeries {
  readonly values: Float32Array;
  /** The time step of the recording at which each value begins, a whole one where the recording is as it was sampled. */
  readonly starts: readonly number[];
  /** How many time steps of the recording a value stands for. */
  readonly stride: number;
}

/**
 * The features of one channel in order of time, of the same windows that an embedding takes (see `embed`): of each its
 * values sorted are what the embedding keeps the quantiles of.
 *
 * @returns M series for each view, first those of the recording as it was sampled
 */
export async function channelFeatures(
  session: EncoderSession,
  { channels, ...others }: Sequence,
  channel: number,
  scale: ChannelScale,
  maximumSteps: number,
  signal?: AbortSignal,
): Promise<readonly (readonly FeatureSeries[])[]> {
  const { description } = session;
  const sequence = { ...others, channels: channels.slice(channel, channel + 1) };
  const all: (readonly FeatureSeries[])[] = [];
  for (const view of viewsOf(description)) {
    const { per } = viewSize(view, stepsOf(sequence), description.minimumSteps);
    const shown = viewed(sequence, view, description.minimumSteps);
    const series = await featuresOf(session, shown, scale, budgetOf(view, maximumSteps), signal);
    all.push(per === 1 ? series : series.map((each) => stretchedBy(per, each)));
  }
  return all;
}

/** @param sequence of one channel */
async function featuresOf(
  session: EncoderSession,
  sequence: Sequence,
  scale: ChannelScale,
  maximumSteps: number,
  signal: AbortSignal | undefined,
): Promise<readonly FeatureSeries[]> {
  const { description } = session;
  const steps = stepsOf(sequence);
  const parts = pieces(coverage(steps, maximumSteps, gridOf(description)));
  const rows = [rowOf(sequence, 0, scale)];
  const collector = new FeatureCollector(description, 1, parts);
  for (const part of parts) {
    signal?.throwIfAborted();
    await encodePart(session, rows, part, steps, collector);
  }
  return description.outputs.flatMap(({ features, stride }, output) => {
    const starts = collector.starts(output);
    return Array.from({ length: features }, (_, f) => ({ values: collector.line(output, f), starts, stride }));
  });
}

function stretchedBy(per: number, { values, starts, stride }: FeatureSeries): FeatureSeries {
  return { values, starts: starts.map((start) => start * per), stride: stride * per };
}
