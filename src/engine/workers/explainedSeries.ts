import { channelFeatures, type FeatureSeries } from '../../core/encoder/features';
import type { EncoderSession } from '../../core/encoder/session';
import { atRate } from '../../core/recordings/changeRate';
import type { Sequence } from '../../core/recordings/sequence';
import type { LocatedSequence } from './tasks';

/** Numbers that are kept of features: 64 MB. */
export const mostValues = 2 ** 24;

export interface ExplainParts {
  readonly session: () => Promise<EncoderSession>;
  /** Reads a sequence that may have changed. @throws UnreadableError */
  readonly read: (of: LocatedSequence, signal: AbortSignal) => Promise<Sequence>;
}

/** Recordings as they are compared, and their features over time. What takes long is kept for the next question. */
export class ExplainedSeries {
  private features: readonly {
    sequence: Sequence;
    channel: number;
    made: string;
    series: readonly (readonly FeatureSeries[])[];
  }[] = [];

  private readonly compared = new WeakMap<Sequence, Sequence>();

  constructor(private readonly parts: ExplainParts) {}

  /** A recording as its embedding was made. */
  async comparedOf(sequence: Sequence, { rate }: LocatedSequence): Promise<Sequence> {
    if (rate === null) return sequence;
    const known = this.compared.get(sequence);
    if (known?.rate === rate) return known;
    const { description } = await this.parts.session();
    const compared = atRate(sequence, rate, description.minimumSteps);
    this.compared.set(sequence, compared);
    return compared;
  }

  /** The features of one channel of a recording as it is compared. */
  async seriesOf(
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

/** How many numbers there are in all series. */
export function valuesIn(series: readonly (readonly FeatureSeries[])[]): number {
  return series.flat().reduce((sum, { values }) => sum + values.length, 0);
}
