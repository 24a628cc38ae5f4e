import * as v from 'valibot';
import type { LayoutReport } from '../../protocol/commands/commands';
import { labels } from '../labels';
import { overview } from '../overview';
import { tool } from './tool';
import { answerOf, channelsOf, indexNote, nameOf, quoted } from './wording';

/** Tools about the whole folder. */

/** As many findings of each kind are listed. */
const mostListed = 5;

const mostLabels = 50;

export const checkFolder = tool({
  name: 'kindred_check_folder',
  title: 'Check the folder',
  description:
    'Checks the recordings of the open folder as a data set: copies, outliers and faulty recordings, labels that the ' +
    'neighbours contradict, and groups, each with a reason. It lists the first few of each kind and counts the rest.',
  input: v.strictObject({}),
  run: async ({ ask, folders }, _, signal) => {
    const note = indexNote(await ask('status', {}, signal));
    if (note.length > 0) return answerOf([...note, 'Checks need the whole folder. Ask again later.']);
    const paths = folders.map(({ path }) => path);
    const { layouts } = await overview(ask, paths, {}, signal, mostListed);
    if (layouts.length === 0) return 'The folder holds no recordings.';
    return answerOf(layouts.flatMap(linesOf));
  },
});

function linesOf({ channels, sequences, duplicates, outliers, labels: doubts, groups }: LayoutReport): string[] {
  return [
    `${sequences} recordings with ${channels === null ? 'any channels' : channelsOf(channels)}:`,
    ...listOf('sets of copies', duplicates, ({ keep, copies }) => {
      const first = copies[0];
      const how = first === undefined ? '' : ` and ${nameOf(first.recording)}: ${first.how}`;
      return `${nameOf(keep)}${how}${copies.length > 1 ? ` (${copies.length - 1} more copies)` : ''}`;
    }),
    ...listOf('outliers', outliers, ({ recording, reasons }) => `${nameOf(recording)}: ${reasons.join(' ')}`),
    ...listOf('doubtful labels', doubts, ({ recording, suggested, confidence }) => {
      return `${nameOf(recording)}: its nearest speak for ${quoted(suggested)} (${Math.round(100 * confidence)} %)`;
    }),
    ...listOf('groups', groups, ({ typical, size }) => `${size} recordings like ${nameOf(typical)}`),
  ];
}

function listOf<Row>(
  title: string,
  { total, rows }: { readonly total: number; readonly rows: readonly Row[] },
  line: (row: Row) => string,
): string[] {
  const shown = rows.map((row) => `- ${line(row)}`);
  return [`${total} ${title}${total > shown.length ? `, the first ${shown.length}` : ''}`, ...shown];
}

export const listLabels = tool({
  name: 'kindred_list_labels',
  title: 'List labels',
  description: 'Lists the labels of the recordings of the open folder, and how many recordings have each.',
  input: v.strictObject({}),
  run: async ({ ask, folders }, _, signal) => {
    const paths = folders.map(({ path }) => path);
    const answer = await labels(ask, paths, signal);
    const rows = answer.rows.slice(0, mostLabels);
    const more = answer.rows.length - rows.length;
    return answerOf([
      `${answer.labelled} of ${answer.sequences} recordings have a label.`,
      ...rows.map(({ label, within, sequences }) => {
        return `- ${quoted(label)}: ${sequences}${within === null ? '' : `, only in ${quoted(within)}`}`;
      }),
      ...(more > 0 ? [`- and ${more} more labels`] : []),
      ...indexNote(await ask('status', {}, signal)),
    ]);
  },
});
