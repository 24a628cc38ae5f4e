import type { Sequence } from '../recordings/sequence';
import { stepsOf } from '../recordings/sequence';
import { encodePart, FeatureCollector, rowOf } from './embed';
import type { ChannelScale } from './inputs';
import type { EncoderSession } from './session';
import { coverage, pieces } from './windows';
import { gridOf } from './description';

/** One feature of one channel over time, before its order is forgotten. */
export interface FeatureSeries {
  readonly values: Float32Array;
  /** The time step at which each value begins. */
  readonly starts: readonly number[];
  /** How many time steps a value stands for. */
  readonly stride: number;
}

/**
 * The features of one channel in order of time, of the same windows that an embedding takes (see `embed`): of each its
 * values sorted are what the embedding keeps the quantiles of.
 *
 * @returns M series
 */
export async function channelFeatures(
  session: EncoderSession,
  sequence: Sequence,
  channel: number,
  scale: ChannelScale,
  maximumSteps: number,
  signal?: AbortSignal,
): Promise<readonly FeatureSeries[]> {
  const { description } = session;
  const steps = stepsOf(sequence);
  const parts = pieces(coverage(steps, maximumSteps, gridOf(description)));
  const rows = [rowOf(sequence, channel, scale)];
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
