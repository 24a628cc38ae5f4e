import { likeLevels } from '../../core/ranking/checks/likeLevels';
import { copyKindOf, type FoundCopy } from '../../core/recordings/copies/copyKind';
import { vitalsOf, type ChannelVitals } from '../../core/recordings/faults/vitals';
import { UnreadableError } from '../../core/recordings/unreadable';
import { stepsOf, type Sequence } from '../../core/recordings/sequence';
import type { Tasks } from './tasks';

type Read = (
  of: { readonly path: string; readonly number: number },
  options: Parameters<Tasks['vitals']>[0]['options'],
  signal: AbortSignal,
) => Promise<Sequence>;

/** More samples than this tell no more of a copy, and take long: of longer recordings the first part is compared. */
const mostSteps = 2 ** 18;

/** The work of checking recordings in their samples, on a worker thread. */
export class CheckTasks {
  constructor(private readonly read: Read) {}

  /** @returns the vitals of each sequence, `null` for one that is not as it was indexed */
  async vitals(
    { path, options, numbers }: Parameters<Tasks['vitals']>[0],
    signal: AbortSignal,
  ): Promise<readonly (readonly ChannelVitals[] | null)[]> {
    const found: (readonly ChannelVitals[] | null)[] = [];
    for (const number of numbers) {
      const sequence = await this.readOrNull({ path, number }, options, signal);
      found.push(sequence === null ? null : vitalsOf(channelsOf(sequence), sequence.rate));
    }
    return found;
  }

  /** @returns how the second of each pair is a copy of the first */
  async copies({ pairs }: Parameters<Tasks['copies']>[0], signal: AbortSignal): Promise<readonly FoundCopy[]> {
    const found: FoundCopy[] = [];
    for (const [kept, other] of pairs) {
      const a = await this.readOrNull(kept, kept.options, signal);
      const b = await this.readOrNull(other, other.options, signal);
      found.push(a === null || b === null ? { kind: 'alike', amount: null, channel: null } : copyOf(a, b));
    }
    return found;
  }

  likeLevels({ rows, count, channels, most }: Parameters<Tasks['likeLevels']>[0]): Int32Array {
    return likeLevels(rows, count, channels, most);
  }

  private async readOrNull(
    of: { readonly path: string; readonly number: number },
    options: Parameters<Read>[1],
    signal: AbortSignal,
  ): Promise<Sequence | null> {
    try {
      return await this.read(of, options, signal);
    } catch (error) {
      if (error instanceof UnreadableError) return null;
      throw error;
    }
  }
}

function copyOf(kept: Sequence, other: Sequence): FoundCopy {
  const [a, b] = [kept, other].map((sequence) => {
    const channels = channelsOf(sequence);
    return stepsOf(sequence) <= mostSteps ? channels : channels.map((values) => values.subarray(0, mostSteps));
  });
  return copyKindOf(a ?? [], b ?? []);
}

function channelsOf({ channels }: Sequence): readonly Float32Array[] {
  return channels.map(({ values }) => values);
}
