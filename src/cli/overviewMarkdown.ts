import type { Recording } from '../api/recording';
import type { CommandAnswer, LayoutReport } from '../protocol/commands/commands';
import { nameOf as plainName, printable } from './printing';

/** The report of a folder as Markdown. Names and labels come from files: nothing in them is Markdown. */
export function markdownOf({ folders, layouts }: CommandAnswer<'overview'>): string {
  const lines = [`# ${folders.map(escaped).join(', ')}`, '', ...summaryOf(layouts), ...layouts.flatMap(sectionOf)];
  return `${lines.join('\n').trimEnd()}\n`;
}

function summaryOf(layouts: readonly LayoutReport[]): string[] {
  const rows = layouts.map(
    (each) =>
      `| ${titleOf(each)} | ${each.sequences} | ${each.duplicates.total} | ${each.outliers.total} | ${each.labels.total} | ${each.groups.total} |`,
  );
  return [
    '| channels | recordings | sets of copies | outliers | doubtful labels | groups |',
    '|---|---|---|---|---|---|',
    ...rows,
    '',
  ];
}

function sectionOf(layout: LayoutReport): string[] {
  return [
    `## ${titleOf(layout)}`,
    '',
    ...listOf('Copies', layout.duplicates, ({ keep, copies, size }) => [
      `- keep ${nameOf(keep)}`,
      ...copies.map(({ recording, how }) => `  - ${nameOf(recording)}: ${escaped(how)}`),
      ...(size - 1 > copies.length ? [`  - and ${size - 1 - copies.length} more`] : []),
    ]),
    ...listOf('Outliers', layout.outliers, ({ recording, reasons, nearest }) => [
      `- ${nameOf(recording)}: ${reasons.map(escaped).join(' ')} Nearest: ${nameOf(nearest)}`,
    ]),
    ...listOf('Doubtful labels', layout.labels, ({ recording, reason }) => [
      `- ${nameOf(recording)}: ${escaped(reason)}`,
    ]),
    ...listOf('Groups', layout.groups, ({ typical, size, labels }) => [
      `- ${size} recordings like ${nameOf(typical)}${labelsText(labels)}`,
    ]),
  ];
}

function listOf<Row>(
  title: string,
  { total, ignored, rows }: { readonly total: number; readonly ignored: number; readonly rows: readonly Row[] },
  lines: (row: Row) => readonly string[],
): string[] {
  const count = ignored === 0 ? `${total}` : `${total}, and ${ignored} ignored`;
  return [`### ${title}: ${count}`, '', ...rows.flatMap(lines), ...(rows.length > 0 ? [''] : [])];
}

function labelsText(labels: LayoutReport['groups']['rows'][number]['labels']): string {
  const given = labels.filter(({ label }) => label !== null);
  if (given.length === 0) return '';
  return ` (${given.map(({ label, sequences }) => `${escaped(label ?? '')} ${sequences}`).join(', ')})`;
}

function titleOf({ channels }: LayoutReport): string {
  if (channels === null) return 'all recordings';
  if (channels.every((name) => name === null))
    return channels.length === 1 ? '1 channel' : `${channels.length} channels`;
  return channels.map((name, i) => escaped(name ?? `${i + 1}`)).join(', ');
}

function nameOf(recording: Recording): string {
  return escaped(plainName(recording));
}

/** Text in which no character means anything to Markdown or HTML, nor to a terminal. */
function escaped(text: string): string {
  return printable(text).replace(/[\\`*_{}[\]()<>#+!|~&]/g, (character) =>
    character === '<' ? '&lt;' : character === '&' ? '&amp;' : `\\${character}`,
  );
}
