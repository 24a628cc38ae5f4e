import type { SequenceSummary } from '../../src/protocol/engine';
import { iconOf } from './controls';
import { sequenceTitle } from './describe';
import { element, isolated } from './dom';
import { cutInside, printable, splitPath } from './format';
import { t } from './l10n';

/** The parts that name a sequence: its file, then which of the file's sequences it is, and the folder. */
export function recordingName(sequence: SequenceSummary): readonly [file: HTMLElement, ...others: HTMLElement[]] {
  const { folder, name } = splitPath(printable(sequence.file));
  const title = sequenceTitle(sequence);
  const parts: [HTMLElement, ...HTMLElement[]] = [isolated('file', name)];
  if (title !== null) parts.push(isolated('sequence', title));
  // Without the closing slash: the folder stands alone, after the name, as in the editor's own lists.
  if (folder !== '') parts.push(isolated('folder', folder.slice(0, -1)));
  for (const part of parts) part.title = printable(sequence.file);
  return parts;
}

/** Characters of a label that are shown. */
const mostOfLabel = 28;

/** A label; `same` marks one that equals the query's. */
export function labelBadge(label: string, same: boolean): HTMLElement {
  const text = printable(label);
  const shown = cutInside(text, mostOfLabel);
  const badge = element('span', { class: same ? 'label same' : 'label' }, isolated('label-text', shown));
  if (shown !== text) badge.title = text;
  if (same) {
    badge.prepend(iconOf('same'));
    const hint = t('The same label as the query');
    badge.title = shown === text ? hint : `${text}\n${hint}`;
  }
  return badge;
}
