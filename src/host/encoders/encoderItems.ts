import type { EncoderEntry } from '../../protocol/encoders';
import { sequences } from '../../l10n/nouns';
import { plain } from '../text';

export interface EncoderItem {
  readonly label: string;
  readonly description: string;
  readonly detail: string;
  readonly entry: EncoderEntry;
}

/** Encoders as entries of a list; every string of a card may come from somebody else. */
export function encoderItems(entries: readonly EncoderEntry[], active: string): readonly EncoderItem[] {
  return entries.map((entry) => {
    const isActive = entry.folder === active;
    const { card, problem } = entry;
    return {
      label: `${problem === null ? (isActive ? '$(check)' : '$(blank)') : '$(warning)'} ${plain(card.name, 80)}`,
      description: [isActive ? 'in use' : '', entry.place === 'shared' ? 'in .kindred/models' : '']
        .filter(Boolean)
        .join(', '),
      detail: problem === null ? detailOf(entry) : plain(problem, 300),
      entry,
    };
  });
}

function detailOf({ card, place }: EncoderEntry): string {
  if (place === 'bundled') return 'Comes with Kindred.';
  if (card.figures === null) return plain(card.base === '' ? 'Imported.' : `Imported. ${card.base}`, 200);
  const { recallAt1, meanAveragePrecision } = card.figures;
  const change = ({ before, after }: { readonly before: number; readonly after: number }) =>
    `${before.toFixed(3)} → ${after.toFixed(3)}`;
  const labels = `${card.labels.length} ${card.labels.length === 1 ? 'label' : 'labels'}, ${sequences(card.sequences)}, by ${card.source}`;
  return plain(`recall@1 ${change(recallAt1)}, mAP ${change(meanAveragePrecision)}: ${labels}`, 300);
}
