import { entry } from '../../entry';
import { UnreadableError } from '../../reader';
import { listed, type PlacedColumn, type Table } from '../../table/column';
import { fallsOf, sliceOf } from '../../table/parts';
import { columnName } from './columnName';
import type { Filler } from './fill';
import type { Plan } from './plan';
import { lanesOf } from './plannedColumns';

/**
 * The tables that a file holds, one in each of its blocks: blocks begin with a row of names, or behind an empty line with
 * a clock that starts over.
 * @throws UnreadableError if its rows have too little in common, or no column holds values.
 */
export function tablesOf(filler: Filler, plan: Plan, fileName: string): Table[] {
  const below = filler.finish();
  const { rows } = filler.lanes;
  if (rows === 0)
    throw new UnreadableError(
      plan.headerCells === null ? 'it holds no rows of numbers' : 'it has a header but no rows',
    );
  filler.checkShape();
  const columns = columnsOf(filler, plan);
  if (columns.every(({ kind, odd }) => kind === 'text' && odd > 0 && kind.length > 0) && columns.length > 0) {
    throw new UnreadableError(columns.length === 1 ? 'it holds one column of text' : 'it has no numeric column');
  }
  const filledColumns = columns.filter(
    ({ kind, values }) => kind === 'text' || kind === 'unread' || values.some((value) => !Number.isNaN(value)),
  );
  if (filledColumns.length === 0) throw new UnreadableError('all its values are missing');
  const isFilled = new Set(filledColumns);
  const notes = [...plan.notes, ...notesOn(filler, below), ...emptyNote(columns, isFilled)];
  const empty = columns.filter((column) => !isFilled.has(column));
  const { named, stated, doubts } = plan;
  const table: Table = { rows, columns: filledColumns, empty, named, stated, notes, doubts, fileName };
  return blocksOf(table, filler, columns);
}

function blocksOf(table: Table, filler: Filler, columns: readonly PlacedColumn[]): Table[] {
  const clock = table.columns.find(({ exact, moment }) => exact !== null && moment?.kind !== 'time')?.exact ?? null;
  const falls = new Set(clock === null ? [] : fallsOf(clock));
  const starts = new Map<number, readonly string[] | null>();
  for (const { row, names } of filler.breaks) starts.set(row, names);
  for (const row of filler.gaps) if (falls.has(row) && !starts.has(row)) starts.set(row, null);
  const rows = [
    0,
    ...[...starts.keys()].filter((row) => row > 0 && row < table.rows).sort((a, b) => a - b),
    table.rows,
  ];
  if (rows.length === 2) return [table];
  const places = new Map(columns.map((column, place) => [column, place]));
  const note = `its ${rows.length - 1} blocks of rows were read as sequences of their own`;
  return rows.slice(0, -1).map((from, i) => {
    const block = sliceOf(table, from, entry(rows, i + 1));
    const names = starts.get(from) ?? null;
    const renamed = block.columns.map((column, at) => {
      const name = names?.[places.get(entry(table.columns, at)) ?? -1];
      return name === undefined || name === '' ? column : { ...column, ...columnName(name, column.unit ?? '') };
    });
    return { ...block, columns: renamed, notes: [note, ...table.notes] };
  });
}

function columnsOf(filler: Filler, plan: Plan): PlacedColumn[] {
  const { lanes } = filler;
  const { rows } = lanes;
  const exact = lanes.takeExact();
  const values = lanes.take();
  let [lane, number] = [0, 0];
  return plan.columns.flatMap(({ name, unit, kind }, at): PlacedColumn[] => {
    if (kind.kind === 'unread') return [unreadColumn(name, unit, ++number)];
    const size = lanesOf(kind);
    const first = lane;
    lane += size;
    return Array.from({ length: size }, (_, i): PlacedColumn => {
      const own = entry(values, first + i);
      const odd = filler.odd[first]!;
      const infinite = withoutInfinite(own);
      const words = filler.words.get(at)?.list() ?? [];
      const base = { unit, values: own, exact: exact.get(first + i) ?? null, words, odd, infinite, number: ++number };
      const part = name === null || size === 1 ? name : `${name} ${i + 1}`;
      const isText = kind.kind === 'text' || (odd > 0 && rows - filler.missing[first]! <= 2 * odd);
      if (isText) return { ...base, name: part, kind: 'text', moment: null, exact: null };
      const moment = filler.moments.get(first);
      if (moment === undefined) return { ...base, name: part, kind: 'number', moment: null };
      const openOrder = kind.kind === 'moment' && kind.isOpen;
      return { ...base, name: part, kind: 'moment', moment: { ...moment, openOrder } };
    });
  });
}

function unreadColumn(name: string | null, unit: string | null, number: number): PlacedColumn {
  const nothing = { exact: null, moment: null, words: [], odd: 0, infinite: 0 };
  return { ...nothing, name, unit, kind: 'unread', values: new Float32Array(), number };
}

/** Infinite values and those beyond single precision are read as missing. @returns how many there are */
function withoutInfinite(values: Float32Array): number {
  let infinite = 0;
  for (let i = 0; i < values.length; i++) {
    if (Math.abs(values[i]!) !== Infinity) continue;
    values[i] = NaN;
    infinite++;
  }
  return infinite;
}

function notesOn({ overfull, short }: Filler, below: number): string[] {
  const count = (number: number, noun: string) => `${number} ${noun}${number === 1 ? '' : 's'}`;
  return [
    ...(below > 0 ? [`${count(below, 'line')} below the table passed over`] : []),
    ...(overfull > 0 ? [`${count(overfull, 'row')} with too many cells read as missing`] : []),
    ...(short > 0 ? [`${count(short, 'row')} with cells missing at the end`] : []),
  ];
}

/** A comma at the end of every line makes an empty column that nobody meant. */
function emptyNote(columns: readonly PlacedColumn[], filled: ReadonlySet<PlacedColumn>): string[] {
  const empty = columns.flatMap((column, at) =>
    filled.has(column) || (column.name === null && at === columns.length - 1) ? [] : [at],
  );
  return empty.length === 0 ? [] : [`empty columns left out: ${listed(columns, empty)}`];
}
