import type { EncoderEntry } from '../../protocol/encoders';
import { sourceText } from '../../l10n/labels';
import { t } from '../../l10n/messages';
import { labels, sequences } from '../../l10n/nouns';
import { formatDecimals } from '../../l10n/numbers';
import { plain } from '../editor/text';

/** An encoder as lists show it, in texts that are fit for labels of the editor. */
export interface EncoderItem {
  readonly name: string;
  readonly isActive: boolean;
  /** Whether it is in use, and where it lies if others share it. */
  readonly description: string;
  /** What it has learned and gained, or why it cannot be used. */
  readonly detail: string;
  readonly entry: EncoderEntry;
}

/** Encoders as entries of lists; every string of a card may come from somebody else. */
export function encoderItems(entries: readonly EncoderEntry[], active: string): readonly EncoderItem[] {
  return entries.map((entry) => {
    const isActive = entry.folder === active;
    const { problem } = entry;
    return {
      name: plain(nameOf(entry), 80),
      isActive,
      description: [isActive ? t('in use') : '', entry.place === 'shared' ? t('in {0}', '.kindred/models') : '']
        .filter(Boolean)
        .join(', '),
      detail: problem === null ? detailOf(entry) : plain(problem, 300),
      entry,
    };
  });
}

function detailOf({ card, place }: EncoderEntry): string {
  if (place === 'bundled') return t('Comes with Kindred.');
  if (card.figures === null) return plain(card.base === '' ? t('Imported.') : t('Imported. {0}', card.base), 200);
  const { recallAt1, meanAveragePrecision } = card.figures;
  const change = ({ before, after }: { readonly before: number; readonly after: number }) =>
    `${formatDecimals(before, 3)} → ${formatDecimals(after, 3)}`;
  const learned = [labels(card.labels.length), sequences(card.sequences)];
  if (card.source !== null) learned.push(t('by {0}', sourceText(card.source)));
  const gain = `recall@1 ${change(recallAt1)}, mAP ${change(meanAveragePrecision)}`;
  return plain(`${gain}: ${learned.join(', ')}`, 300);
}

/** What an encoder is called; the bundled one is called so in every language. */
export function nameOf({ card, place }: Pick<EncoderEntry, 'card' | 'place'>): string {
  return place === 'bundled' ? t('Bundled encoder') : card.name;
}
