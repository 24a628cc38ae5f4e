import type { EncoderSession } from '../../core/encoder/session';
import { forEachStretch, stretchForm } from '../../core/encoder/stretches';
import { channelSize } from '../../core/encoder/blocks';
import type { Span } from '../../core/encoder/windows';
import type { WorkOptions } from '../../core/index/fileWorker';
import { atRate } from '../../core/recordings/changeRate';
import type { FileContent } from '../../core/recordings/readFile';
import { stepsOf, type Sequence } from '../../core/recordings/sequence';
import { UnreadableError } from '../../core/recordings/unreadable';
import type { EmbeddedStretch, LocatedSequence, SearchedSequence, Tasks } from './tasks';

export interface WindowParts {
  readonly session: () => Promise<EncoderSession>;
  /** @throws UnreadableError */
  readonly content: (path: string, options: WorkOptions, signal: AbortSignal) => Promise<FileContent>;
}

/** The work of searching for windows, on a worker thread. */
export class WindowTasks {
  constructor(private readonly parts: WindowParts) {}

  async stretch(args: Parameters<Tasks['stretch']>[0], signal: AbortSignal): Promise<EmbeddedStretch> {
    const { path, options, number, span } = args;
    const session = await this.parts.session();
    const content = await this.parts.content(path, options, signal);
    const sequence = content.sequences[number];
    if (!sequence || span.end > stepsOf(sequence)) throw new UnreadableError('it changed since it was shown');
    const size = channelSize(stretchForm(session.description));
    const codes = new Uint8Array(sequence.channels.length * size);
    await this.each(session, sequence, args, [span], signal, (values, channel) => {
      codes.set(values, channel * size);
    });
    return { codes, missing: shareIn(sequence.gaps ?? [], span) };
  }

  async distances(args: Parameters<Tasks['windows']>[0], signal: AbortSignal): Promise<readonly Float64Array[]> {
    const { path, options, query, sequences } = args;
    const session = await this.parts.session();
    const content = await this.parts.content(path, options, signal);
    const all: Float64Array[] = [];
    for (const searched of sequences) {
      const sequence = content.sequences[searched.number];
      if (!sequence || stepsOf(sequence) !== searched.steps) {
        throw new UnreadableError('it changed since it was indexed');
      }
      const sums = new Float64Array(searched.spans.length);
      await this.each(session, sequence, searched, searched.spans, signal, (values, channel, stretch) => {
        sums[stretch]! += sumOfDifferences(values, query, channel * values.length);
      });
      all.push(sums);
    }
    return all;
  }

  /** @param spans of the recording's own time steps, which are brought to those at which it is compared */
  private async each(
    session: EncoderSession,
    sequence: Sequence,
    { scales, rate }: Pick<LocatedSequence | SearchedSequence, 'scales' | 'rate'>,
    spans: readonly Span[],
    signal: AbortSignal,
    visit: (codes: Uint8Array, channel: number, stretch: number) => void,
  ): Promise<void> {
    const compared = atRate(sequence, rate, session.description.minimumSteps);
    const [own, steps] = [stepsOf(sequence), stepsOf(compared)];
    const scaled = spans.map(({ start, end }) => ({ start: (start * steps) / own, end: (end * steps) / own }));
    await forEachStretch(session, compared, scales, scaled, signal, visit);
  }
}

function sumOfDifferences(a: Uint8Array, b: Uint8Array, offset: number): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += Math.abs(a[i]! - b[offset + i]!);
  return sum;
}

/** The share of a span that lies in others, which may overlap. */
function shareIn(others: readonly Span[], { start, end }: Span): number {
  let inside = 0;
  let reached = start;
  for (const other of [...others].sort((a, b) => a.start - b.start)) {
    const from = Math.max(other.start, reached);
    const to = Math.min(other.end, end);
    if (to <= from) continue;
    inside += to - from;
    reached = to;
  }
  return inside / (end - start);
}
