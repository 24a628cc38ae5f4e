import { UnreadableError, type ReadOptions } from '../reader';
import { readerOf } from '../registry';
import { stepsOf, type Sequence } from '../sequence';
import { withSource } from '../source';
import { decide } from './decide';
import type { Decisions } from './decisions';
import type { DescribedSequence, ReadingDescription } from './description';

const mostSequences = 50;

/** How a file is read with some decisions. @throws UnreadableError for a file that no reader claims or that cannot be opened */
export async function describeReading(path: string, options: ReadOptions): Promise<ReadingDescription> {
  return withSource(path, async (source) => {
    const reader = readerOf(source);
    if (reader === null) throw new UnreadableError('no reader knows its format');
    const decisions = options.decisions ?? {};
    const common: readonly (keyof Decisions)[] = ['rate', 'channels', 'names', 'units'];
    const described = {
      format: reader.format,
      decidable: reader.format === 'npy' ? [...common, 'axes' as const] : common,
      table: null,
    };
    try {
      const read = (await reader.read(source, options)).map((sequence) => decide(sequence, decisions));
      const rate = read[0]?.rate ?? undefined;
      return {
        ...described,
        problem: null,
        decided: rate === undefined ? decisions : { ...decisions, rate },
        sequences: read.slice(0, mostSequences).map(describedSequence),
        sequenceCount: read.length,
      };
    } catch (error) {
      if (!(error instanceof UnreadableError)) throw error;
      return { ...described, problem: error.message, decided: decisions, sequences: [], sequenceCount: 0 };
    }
  });
}

function describedSequence(sequence: Sequence): DescribedSequence {
  const { name, label, rate, notes, doubts = [] } = sequence;
  const channels = sequence.channels.map((channel) => ({ name: channel.name, unit: channel.unit }));
  return { name, label, rate, steps: stepsOf(sequence), channels, notes, doubts };
}
