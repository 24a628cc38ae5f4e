import type { PanelResults } from '../src/protocol/panel';
import type { IndexStatus, Match, SequenceSummary } from '../src/protocol/engine';
import { formatCount, formatLength, formatNoun, formatRate, formatShare, printable, splitPath } from './format';

/** Which sequence of its file this is, or `null` if it is the only one and has no name: `3 of 40 · trial-7`. */
export function sequenceTitle(sequence: SequenceSummary): string | null {
  const parts: string[] = [];
  if (sequence.siblings > 1) parts.push(`${formatCount(sequence.ref.number + 1)} of ${formatCount(sequence.siblings)}`);
  if (sequence.name !== null && sequence.name !== '') parts.push(printable(sequence.name));
  return parts.length === 0 ? null : parts.join(' · ');
}

/** `3 channels: x, y, z`, the names cut after `most`. */
export function channelsText(channels: SequenceSummary['channels'], most = Infinity): string {
  const count = formatNoun(channels.length, 'channel');
  const names = channels.filter((name) => name !== null && name !== '').map((name) => clip(printable(name!), 40));
  if (names.length === 0) return count;
  const shown = names.slice(0, most).join(', ');
  return `${count}: ${shown}${names.length > most ? `, +${formatCount(names.length - most)} more` : ''}`;
}

function clip(text: string, most: number): string {
  const characters = Array.from(text);
  return characters.length <= most ? text : `${characters.slice(0, most - 1).join('')}…`;
}

/** What is said of a match below its name: length, rate, channels, and how much of it was covered. */
export function factsOf(sequence: SequenceSummary): readonly string[] {
  const facts = [formatLength(sequence.steps, sequence.rate)];
  if (sequence.rate !== null) facts.push(formatRate(sequence.rate));
  facts.push(formatNoun(sequence.channels.length, 'channel'));
  if (sequence.covered < 1) facts.push(`${formatShare(sequence.covered)} covered`);
  return facts;
}

/** The notes of the query, the one on its coverage first. */
export function notesOf(sequence: SequenceSummary): readonly string[] {
  const notes = sequence.notes.map(printable);
  if (sequence.covered >= 1) return notes;
  return [
    `It is long: evenly spaced windows that cover ${formatShare(sequence.covered)} of it were compared.`,
    ...notes,
  ];
}

/** `412 of 503 indexed`, `503 files indexed`, `Paused at 412 of 503`. */
export function indexText(index: IndexStatus | null): string {
  if (index === null) return '';
  if (index.state === 'starting') return 'Starting…';
  if (index.state === 'ready') return `${formatNoun(index.done, 'file')} indexed`;
  const progress = `${formatCount(index.done)} of ${formatCount(index.total)}`;
  return index.state === 'paused' ? `Paused at ${progress}` : `${progress} indexed`;
}

/** What a screen reader says of a match in one go. */
export function matchLabel(match: Match, distance: string, sameLabel: boolean): string {
  const { file, label } = match.sequence;
  const { folder, name } = splitPath(printable(file));
  return [
    `${formatCount(match.rank)}: ${name}`,
    sequenceTitle(match.sequence),
    label === null ? null : `label ${printable(label)}${sameLabel ? ', same as the query' : ''}`,
    `distance ${distance}`,
    folder === '' ? null : `in ${folder}`,
  ]
    .filter((part) => part !== null)
    .join(', ');
}

/** What a screen reader says when results arrive. */
export function announcement(results: PanelResults, distance: (value: number) => string): string {
  const nearest = results.matches[0];
  if (nearest === undefined) return 'No matches.';
  const nameOf = (sequence: SequenceSummary): string => splitPath(printable(sequence.file)).name;
  const found = `${shownText(results)} matches for ${nameOf(results.query)}`;
  return `${found}; nearest: ${nameOf(nearest.sequence)}, distance ${distance(nearest.distance)}.`;
}

/** `20 of 391`. */
export function shownText(results: PanelResults): string {
  return `${formatCount(results.matches.length)} of ${formatCount(results.candidates)}`;
}

/** Whether a match carries the label of the query; a sequence without a label never does. */
export function sharesLabel(query: SequenceSummary, match: SequenceSummary): boolean {
  return query.label !== null && query.label === match.label;
}
