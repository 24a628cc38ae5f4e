import type { EncoderSession } from '../../core/encoder/session';
import { encodedChannels, type EncodedChannel } from '../../core/encoder/stretches';
import type { Span } from '../../core/encoder/windows';
import { atRate } from '../../core/recordings/changeRate';
import { stepsOf, type Sequence } from '../../core/recordings/sequence';
import type { LocatedSequence } from './tasks';

/** The features of recordings of so many time steps over all channels are kept: 170 MB. */
const mostSteps = 2 ** 20;

/** One recording of more is never kept whole. */
const mostOfOne = 2 ** 18;

/** The whole is encoded where the parts that are needed come to so much of it. */
const usefulShare = 0.25;

/** So long after they were used last, they are forgotten. */
const patienceMilliseconds = 60_000;

export interface Encoded {
  readonly channels: readonly EncodedChannel[];
  /** Brings time steps of the recording to those at which it is compared. */
  readonly scaled: (span: Span) => Span;
}

interface Entry extends Encoded {
  readonly sequence: Sequence;
  readonly made: string;
  readonly steps: number;
}

/** Encodes parts of recordings, and keeps the last ones that were encoded as a whole. */
export class RecentlyEncoded {
  private entries: readonly Entry[] = [];
  private forgetting: NodeJS.Timeout | undefined;

  /** @param spans in the recording's own time steps, in which windows will be */
  async of(
    session: EncoderSession,
    sequence: Sequence,
    { scales, rate }: Pick<LocatedSequence, 'scales' | 'rate'>,
    spans: readonly Span[],
    signal: AbortSignal,
  ): Promise<Encoded> {
    this.forgetLater();
    const made = JSON.stringify([scales, rate]);
    const known = this.entries.find((entry) => entry.sequence === sequence && entry.made === made);
    if (known !== undefined) {
      this.keep(known);
      return known;
    }
    const { compared, scaled } = comparedOf(sequence, rate, session.description.minimumSteps);
    const whole = stepsOf(sequence);
    const needed = spans.reduce((sum, { start, end }) => sum + end - start + 2 * session.description.halo, 0);
    const steps = whole * sequence.channels.length;
    const isWhole = steps <= mostOfOne && needed >= usefulShare * whole;
    const parts = isWhole ? [{ start: 0, end: whole }] : spans;
    const channels: EncodedChannel[] = [];
    for await (const some of encodedChannels(session, compared, scales, parts.map(scaled), signal)) {
      for (const channel of some) channels.push(channel);
    }
    if (isWhole) this.keep({ channels, scaled, sequence, made, steps });
    return { channels, scaled };
  }

  private keep(entry: Entry): void {
    let left = mostSteps;
    this.entries = [entry, ...this.entries.filter((other) => other !== entry)].filter(({ steps }) => {
      left -= steps;
      return left >= 0;
    });
  }

  private forgetLater(): void {
    clearTimeout(this.forgetting);
    this.forgetting = setTimeout(() => {
      this.entries = [];
    }, patienceMilliseconds);
    this.forgetting.unref();
  }
}

/** A recording as it is compared, and how its own time steps are brought to that. */
export function comparedOf(sequence: Sequence, rate: LocatedSequence['rate'], minimumSteps: number) {
  const compared = atRate(sequence, rate, minimumSteps);
  const ratio = stepsOf(compared) / stepsOf(sequence);
  const last = stepsOf(compared);
  const scaled = ({ start, end }: Span): Span => ({ start: start * ratio, end: Math.min(end * ratio, last) });
  return { compared, scaled };
}
