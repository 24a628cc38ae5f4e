import type { SequenceSummary } from '../../src/protocol/engine';
import { channels as channelsOf } from '../../src/l10n/nouns';
import { formatCount, formatShare, printable } from './format';
import { t } from './l10n';

/** Which sequence of its file this is, or `null` if it is the only one and has no name: `3 of 40 · trial-7`. */
export function sequenceTitle(sequence: SequenceSummary): string | null {
  const parts: string[] = [];
  if (sequence.siblings > 1) {
    parts.push(t('{0} of {1}', formatCount(sequence.ref.number + 1), formatCount(sequence.siblings)));
  }
  if (sequence.name !== null && sequence.name !== '') parts.push(printable(sequence.name));
  return parts.length === 0 ? null : parts.join(' · ');
}

/** `3 channels: x, y, z`, the names cut after `most`. */
export function channelsText(channels: SequenceSummary['channels'], most = Infinity): string {
  const count = channelsOf(channels.length);
  const names = channels.flatMap((name) => (name === null || name === '' ? [] : [clip(printable(name), 40)]));
  if (names.length === 0) return count;
  const shown = names.slice(0, most).join(', ');
  const more = names.length > most ? `, ${t('+{0} more', formatCount(names.length - most))}` : '';
  return `${count}: ${shown}${more}`;
}

function clip(text: string, most: number): string {
  const characters = Array.from(text);
  return characters.length <= most ? text : `${characters.slice(0, most - 1).join('')}…`;
}

/** The notes on a sequence, the one on its coverage first. */
export function notesOf(sequence: SequenceSummary): readonly string[] {
  const notes = sequence.notes.map(printable);
  if (sequence.covered >= 1) return notes;
  return [
    t('This recording is long. Evenly spaced parts of it were compared: {0} in all.', formatShare(sequence.covered)),
    ...notes,
  ];
}

/** What a user should check, since the reader of the recording was not sure of it; empty where it was. */
export function doubtText({ doubts }: SequenceSummary): string {
  return doubts.map(printable).join(' ');
}
