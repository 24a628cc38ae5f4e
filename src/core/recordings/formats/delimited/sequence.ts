import { UnreadableError, type ReadOptions } from '../../reader';
import type { Channel, Sequence } from '../../sequence';
import { planClock, type Clock } from '../../clock/clock';
import { count } from '../../clock/order';
import { chooseClock } from './clock';
import type { ColumnName, Header } from './header';
import type { NumberColumn, StampColumn, Table } from './table';
import { SampleBudget } from '../../sampleBudget';
import { quoted } from '../text/lines';

/** Tables without a header that are wider than this, and wider than long, hold one channel in each row. */
const widestUpright = 64;

/**
 * Makes a sequence of a table: clock and text columns set aside, channels brought onto a regular grid.
 * @throws UnreadableError if no channel is left.
 */
export function sequenceOf(table: Table, header: Header, options: ReadOptions): Sequence {
  checkContents(table, header);
  const { names, columns, stamps, notes } = columnsOf(table, header);
  const clock = chooseClock(names, columns, stamps);
  const kept = [...columns.keys()].filter((i) => !clock.columns.has(i) && isNumeric(columns[i]!));
  if (kept.length === 0) {
    throw new UnreadableError(`it has no numeric column${clock.columns.size > 0 ? ' beside its clock' : ''}`);
  }
  new SampleBudget(options.maximumSamples).take(0, kept.length);
  const limit = options.maximumSamples / kept.length;
  const plan = clock.stamps === null ? withoutClock : planClock(clock.stamps, clock.secondsPerUnit, limit);
  const channels = kept.map((i): Channel => ({ ...names[i]!, values: plan.apply(columns[i]!.values) }));
  const columnNotes = notesOnColumns(names, columns, clock.columns);
  return {
    channels,
    rate: plan.rate,
    label: null,
    name: null,
    notes: [...notes, ...columnNotes, ...clock.notes, ...plan.notes],
  };
}

const withoutClock: Clock = { rate: null, notes: [], apply: (values) => values };

function checkContents(table: Table, header: Header): void {
  if (table.rows === 0)
    throw new UnreadableError(header.columns ? 'it has a header but no rows' : 'it holds no rows of numbers');
  table.checkNumbers();
  table.checkShape();
}

interface Columns {
  readonly names: readonly ColumnName[];
  readonly columns: readonly NumberColumn[];
  readonly stamps: readonly StampColumn[];
  readonly notes: readonly string[];
}

function columnsOf(table: Table, header: Header): Columns {
  const { rows, width } = table;
  const notes = notesOnRows(table, header);
  if (header.columns === null && width > widestUpright && width > rows) {
    const lying = `its ${rows} rows of ${width} columns were read as ${count(rows, 'channel')}, one in each row`;
    const rowNames = table.rowNames.length === rows ? table.rowNames : [];
    const names = Array.from({ length: rows }, (_, row) => ({
      name: rowNames[row]?.trim().slice(0, 200) || null,
      unit: null,
    }));
    const columns = table.rowsAsColumns();
    const stamps = [{ column: 0, stamps: Float64Array.from(columns[0]!.values), dates: 0 }];
    return { names, columns, stamps, notes: [...notes, lying] };
  }
  const unnamed: ColumnName = { name: null, unit: null };
  const names = Array.from({ length: width }, (_, column) => header.columns?.[column] ?? unnamed);
  const stamps = table.stampColumns();
  return { names, columns: table.columns(), stamps, notes };
}

function isNumeric({ numbers, texts }: NumberColumn): boolean {
  return numbers > 0 && texts < numbers;
}

function notesOnRows(table: Table, header: Header): string[] {
  const notes: string[] = [];
  if (header.preamble > 0) notes.push(`${count(header.preamble, 'line')} above the table passed over`);
  if (table.overfull > 0) notes.push(`${count(table.overfull, 'row')} with too many cells read as missing`);
  if (table.short > 0) notes.push(`${count(table.short, 'row')} with cells missing at the end`);
  return notes;
}

function notesOnColumns(
  names: readonly ColumnName[],
  columns: readonly NumberColumn[],
  clocks: ReadonlySet<number>,
): string[] {
  const others = [...columns.entries()].filter(([i]) => !clocks.has(i));
  const list = (test: (column: NumberColumn, i: number) => boolean) =>
    listed(
      others.filter(([i, column]) => test(column, i)),
      names,
    );
  const texts = list((column) => column.texts > 0 && !isNumeric(column));
  // A comma at the end of every line makes an empty column that nobody meant.
  const empty = list(
    (column, i) => column.numbers + column.texts === 0 && (names[i]!.name !== null || i < columns.length - 1),
  );
  const mixed = list((column) => column.texts > 0 && isNumeric(column));
  const infinite = list((column) => column.infinite > 0);
  return [
    ...(texts ? [`text left out: ${texts}`] : []),
    ...(empty ? [`empty columns left out: ${empty}`] : []),
    ...(mixed ? [`cells that are not numbers read as missing in ${mixed}`] : []),
    ...(infinite ? [`infinite values read as missing in ${infinite}`] : []),
  ];
}

function listed(columns: readonly (readonly [number, NumberColumn])[], names: readonly ColumnName[]): string {
  const shown = columns
    .slice(0, 8)
    .map(([i]) => (names[i]!.name === null ? `column ${i + 1}` : quoted(names[i]!.name)));
  return shown.join(', ') + (columns.length > 8 ? ` and ${columns.length - 8} more` : '');
}
