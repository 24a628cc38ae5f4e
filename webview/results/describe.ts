import type { PanelResults } from '../../src/protocol/panel';
import type { IndexStatus, Match, SequenceSummary } from '../../src/protocol/engine';
import { channels as channelsOf, files, timeSteps } from '../../src/l10n/nouns';
import { formatCount, formatLength, formatRate, formatShare, printable, splitPath } from '../shared/format';
import { t } from '../shared/l10n';
import { formatName } from '../shared/formatName';

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

/** What is said of a match below its name: length, rate, channels, and how much of it was covered. */
export function factsOf(sequence: SequenceSummary): readonly string[] {
  const facts = [formatLength(sequence.steps, sequence.rate)];
  if (sequence.rate !== null) facts.push(formatRate(sequence.rate));
  facts.push(channelsOf(sequence.channels.length));
  if (sequence.covered < 1) facts.push(t('{0} covered', formatShare(sequence.covered)));
  return facts;
}

/** What a screen reader says of a plot. */
export function plotLabel(sequence: SequenceSummary): string {
  return t('Plot of {0} over {1}', channelsOf(sequence.channels.length), formatLength(sequence.steps, sequence.rate));
}

/** The notes of the query, the one on its coverage first. */
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

/** `412 of 503 indexed`, `503 files indexed`, `Paused at 412 of 503`. */
export function indexText(index: IndexStatus | null): string {
  if (index === null) return '';
  if (index.state === 'starting') return t('Starting…');
  if (index.state === 'ready') return t('{0} indexed', files(index.done));
  const progress = t('{0} of {1}', formatCount(index.done), formatCount(index.total));
  return index.state === 'paused' ? t('Paused at {0}', progress) : t('{0} indexed', progress);
}

/** What a screen reader says of a match in one go. */
export function matchLabel(
  { rank, sequence }: Pick<Match, 'rank' | 'sequence'>,
  distance: string,
  sameLabel: boolean,
): string {
  const { folder, name } = splitPath(printable(sequence.file));
  const { label } = sequence;
  return [
    `${formatCount(rank)}: ${name}`,
    sequenceTitle(sequence),
    label === null ? null : t('label {0}', printable(label)),
    sameLabel ? t('same as the query') : null,
    t('distance {0}', distance),
    sequence.doubts.length === 0 ? null : t('check how it is read'),
    folder === '' ? null : t('in {0}', folder),
  ]
    .filter((part) => part !== null)
    .join(', ');
}

/** Everything that is known of a sequence, for a tooltip: one fact a line. */
export function detailsOf(sequence: SequenceSummary): string {
  return [
    printable(sequence.file),
    sequenceTitle(sequence),
    sequence.label === null ? null : t('Label: {0}', printable(sequence.label)),
    `${timeSteps(sequence.steps)}${sequence.rate === null ? '' : ` · ${formatLength(sequence.steps, sequence.rate)} · ${formatRate(sequence.rate)}`}`,
    channelsText(sequence.channels, 20),
    t('Format: {0}', formatName(sequence.format)),
    ...sequence.doubts.map((doubt) => t('To check: {0}', printable(doubt))),
    ...notesOf(sequence),
  ]
    .filter((line) => line !== null)
    .join('\n');
}

/** What a screen reader says when results arrive. */
export function announcement(results: PanelResults, distance: (value: number) => string): string {
  const nearest = results.items.find((item) => item.kind === 'match');
  if (nearest === undefined) return t('No matches.');
  const nameOf = (sequence: SequenceSummary): string => splitPath(printable(sequence.file)).name;
  return t(
    '{0} matches for {1}; first: {2}, distance {3}.',
    shownText(results),
    nameOf(results.query),
    nameOf(nearest.sequence),
    distance(nearest.distance),
  );
}

/** `391`, or `20 of 391` when a filter leaves some out. */
export function shownText({ matching, candidates }: PanelResults): string {
  return matching === candidates
    ? formatCount(candidates)
    : t('{0} of {1}', formatCount(matching), formatCount(candidates));
}

/** Whether a match carries the label of the query; a sequence without a label never does. */
export function sharesLabel(query: SequenceSummary, match: SequenceSummary): boolean {
  return query.label !== null && query.label === match.label;
}
