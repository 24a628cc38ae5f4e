import { UnreadableError } from '../reader';
import { quoted, type Table, type TableColumn } from './column';

const statistics = new Set(
  'mean std min max median count sum average avg sd stdev variance var range rms 25% 50% 75% mittelwert minimum maximum summe anzahl'.split(
    ' ',
  ),
);

/** @throws UnreadableError for a table that holds no recording but annotations, statistics, things by name, or messages. */
export function refuseOthers(table: Table, hasClock: boolean): void {
  // Its beginning was read in full and found to hold samples.
  if (table.columns.some(({ kind }) => kind === 'unread')) return;
  refuseAnnotations(table);
  const texts = table.columns.filter(({ kind }) => kind === 'text');
  for (const { words } of texts) refuseStatistics(words);
  const [first] = table.columns;
  if (!hasClock && first?.kind === 'text') refuseThings(first, table);
  for (const column of texts) refuseListed(column, table, hasClock);
  const numbers = table.columns.filter(({ kind }) => kind === 'number').length;
  if (numbers <= 3) for (const column of texts) refuseMessages(column, table);
  if (!table.named && texts.length >= 3 && texts.length > numbers) {
    const shown = texts
      .flatMap(({ words }) => words.slice(0, 1))
      .slice(0, 3)
      .map(quoted)
      .join(', ');
    throw new UnreadableError(`its rows are messages (of words such as ${shown}), not samples`);
  }
}

/** @throws UnreadableError if most of the first cells of rows name statistics. */
export function refuseStatistics(words: readonly string[]): void {
  const found = words.filter((word) => statistics.has(word.trim().toLowerCase()));
  if (found.length < 3 || found.length * 2 < words.length) return;
  throw new UnreadableError(`it holds statistics (${found.slice(0, 3).map(quoted).join(', ')}), not samples`);
}

/** Intervals with a text: start, end (or duration) and what happened. */
function refuseAnnotations({ columns, rows }: Table): void {
  const numbers = columns.filter(
    ({ kind, values }) => kind === 'number' && values.some((value) => !Number.isNaN(value)),
  );
  const [start, end] = numbers;
  if (start === undefined || end === undefined || !columns.some(({ kind }) => kind === 'text')) return;
  const isStart = /^(onset|start|begin|beginn|von|from|tmin|xmin)/i.test(start.name ?? '');
  const isEnd = /^(offset|end|ende|stop|bis|to|tmax|xmax|duration|dauer)/i.test(end.name ?? '');
  const intervals = numbers.length === 2 && rows > 1 && areIntervals(start.values, end.values);
  if (!intervals && !(isStart && isEnd && numbers.length <= 3)) return;
  throw new UnreadableError('it lists annotations (a start, an end and a text in each row), not samples');
}

function areIntervals(starts: Float32Array, ends: Float32Array): boolean {
  let moves = 0;
  for (let row = 0; row < starts.length; row++) {
    if (!(ends[row]! >= starts[row]!)) return false;
    if (row > 0 && !(starts[row]! >= starts[row - 1]!)) return false;
    if (row > 0 && starts[row]! >= ends[row - 1]! - 1e-3 * Math.abs(ends[row - 1]!)) moves++;
  }
  return moves >= (starts.length - 1) * 0.9;
}

/** A name of its own in each row: electrodes, files, people. */
function refuseThings(column: TableColumn, { rows, columns }: Table): void {
  const { words } = column;
  if (rows < 3 || words.length < rows || columns.length > 64) return;
  const stems = new Set(words.map((word) => word.replace(/\d+/g, '#')));
  // Numbered rows are only counted.
  if (stems.size * 4 <= words.length || stems.size === 1) return;
  const shown = words.slice(0, 3).map(quoted).join(', ');
  throw new UnreadableError(`each of its rows is a thing with a name (${shown}), not a time step`);
}

const thingWords =
  /^(subjects?|participants?|patients?|persons?|probands?|animals?|files?|file ?names?|paths?|electrodes?|channels?|names?|sites?|stations?|parameters?|features?)( ?(id|name|no|nr))?$/i;

/** Numbered things: `S01`, `S02`, ... below a name of people, files or electrodes, or behind numbers that only count. */
function refuseListed(column: TableColumn, { rows, columns, named }: Table, hasClock: boolean): void {
  const { words, name } = column;
  if (rows < 3 || words.length < rows || columns.length > 64) return;
  const [first] = columns;
  const counted =
    !named && first?.kind === 'number' && first.values.every((value, row) => value === first.values[0]! + row);
  if (!counted && hasClock) return;
  if (!counted && !(column === first && thingWords.test((name ?? '').replace(/_/g, ' ').trim()))) return;
  const shown = words.slice(0, 3).map(quoted).join(', ');
  throw new UnreadableError(`each of its rows is a thing with a name (${shown}), not a time step`);
}

/** Sentences that differ from row to row, as logs have them. */
function refuseMessages(column: TableColumn, { rows }: Table): void {
  if (rows < 4 || column.words.length * 2 < rows) return;
  const sentences = column.words.filter((word) => /\p{L}{2,}\s+\S*\p{L}{2,}/u.test(word)).length;
  if (sentences * 2 < column.words.length) return;
  const shown = quoted(column.words[0] ?? '');
  throw new UnreadableError(`its rows are messages (such as ${shown}), not samples`);
}
