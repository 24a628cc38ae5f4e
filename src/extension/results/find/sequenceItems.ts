import type { SequenceSummary } from '../../../protocol/engine';
import { channels, steps } from '../../../l10n/nouns';
import { formatCount, formatSignificant } from '../../../l10n/numbers';
import { plain } from '../../editor/text';
import { t } from '../../../l10n/messages';

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
    label: `${formatCount(sequence.ref.number + 1)}${sequence.name === null ? '' : `: ${plain(sequence.name)}`}`,
    description: [
      sequence.label === null ? '' : plain(sequence.label),
      sequence.ref.number === lastUsed ? t('(used last)') : '',
    ]
      .filter((part) => part !== '')
      .join(' '),
    detail: `${steps(sequence.steps)}${duration(sequence)}, ${channels(sequence.channels.length)}`,
    sequence,
  }));
}

function duration({ steps, rate }: SequenceSummary): string {
  if (rate === null || rate <= 0) return '';
  return ` ${t('({0} s at {1} Hz)', formatSignificant(steps / rate, 3), formatSignificant(rate, 4))}`;
}
