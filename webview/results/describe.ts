import type { PanelResults } from '../../src/protocol/panel';
import type { IndexStatus, Match, SequenceSummary } from '../../src/protocol/engine';
import { channels as channelsOf, files, timeSteps } from '../../src/l10n/nouns';
import { formatCount, formatLength, formatRate, formatShare, printable, splitPath } from '../shared/format';
import { channelsText, notesOf, sequenceTitle } from '../shared/describe';
import { t } from '../shared/l10n';
import type { Freshness } from './state';
import { formatName } from '../shared/formatName';

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

/** The same, and whether it is still growing. */
export function countText(results: PanelResults, { kind }: Freshness): string {
  return kind === 'partial' ? t('{0} so far', shownText(results)) : shownText(results);
}
