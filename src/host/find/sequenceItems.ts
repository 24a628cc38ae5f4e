import type { SequenceSummary } from '../../protocol/engine';
import { counted, grouped, plain } from '../text';

export interface SequenceItem {
  readonly label: string;
  readonly description: string;
  readonly detail: string;
  readonly sequence: SequenceSummary;
}

/** The sequences of one file as a list to pick from: the one last used first, the others in the file's order. */
export function sequenceItems(
  sequences: readonly SequenceSummary[],
  lastUsed: number | undefined,
): readonly SequenceItem[] {
  const first = sequences.filter(({ ref }) => ref.number === lastUsed);
  const others = sequences.filter(({ ref }) => ref.number !== lastUsed);
  return [...first, ...others].map((sequence) => ({
    label: `${grouped(sequence.ref.number + 1)}${sequence.name === null ? '' : `: ${plain(sequence.name)}`}`,
    description: [
      sequence.label === null ? '' : plain(sequence.label),
      sequence.ref.number === lastUsed ? '(used last)' : '',
    ]
      .filter((part) => part !== '')
      .join(' '),
    detail: `${counted(sequence.steps, 'step')}${duration(sequence)}, ${counted(sequence.channels.length, 'channel')}`,
    sequence,
  }));
}

function duration({ steps, rate }: SequenceSummary): string {
  if (rate === null || rate <= 0) return '';
  return ` (${Number((steps / rate).toPrecision(3)).toString()} s at ${Number(rate.toPrecision(4)).toString()} Hz)`;
}
