import { entry } from '../entry';
import { isClassName, isPersonName } from './labels';
import { stretchesOf } from './stretches';
import { shownName, type PlacedColumn, type Table, type TableColumn } from './column';

const mostKeys = 256;
const keyWords =
  /^(sensors?|variables?|channels?|signals?|names?|metrics?|measure(ment)?s?|fields?|keys?|series|parameters?|quantit(y|ies)|tags?|types?|items?|attributes?|leads?|_field|_measurement|sensor ?(id|name|type)|messgr[oö](ß|ss)e|kanal)$/i;

/**
 * Tables in long form hold one value of one signal in each row, and the signal's name beside it. They are made wide: a
 * channel for each name where the names share their stamps, else a table for each name.
 * @param times stamps of the rows, or `null` if the table has no clock
 * @returns `null` for a table that is not long
 */
export function widened(table: Table, times: Float64Array | null, clock: ReadonlySet<number>): readonly Table[] | null {
  const key = table.columns.findIndex((column, at) => !clock.has(at) && isKey(column, table.rows, times));
  if (key < 0) return null;
  const groups = groupsOf(entry(table.columns, key), table.rows);
  const values = [...table.columns.keys()].filter(
    (at) => at !== key && entry(table.columns, at).kind === 'number' && !clock.has(at),
  );
  if (values.length === 0 || groups.length < 2) return null;
  const note = `its signals were told apart by ${shownName(entry(table.columns, key), key)}`;
  const base = { ...table, notes: [...table.notes, note], named: true };
  // What was measured of several people is no recording of its own with them side by side.
  if (isPersonName(entry(table.columns, key).name ?? ''))
    return groups.map((group) => alone(base, group, values, clock, true));
  return sharesRows(groups, times)
    ? [together(base, groups, values, clock)]
    : groups.map((group) => alone(base, group, values, clock, false));
}

interface Group {
  readonly word: string;
  readonly rows: Uint32Array;
}

/** Whether a column's name says that it tells which signal a row holds. */
export function isKeyName(name: string): boolean {
  return keyWords.test(name.trim());
}

function isKey(column: TableColumn, rows: number, times: Float64Array | null): boolean {
  const { name, kind, words, values } = column;
  const isNamed = name !== null && isKeyName(name);
  if (kind === 'text' ? words.length < 2 || words.length > Math.min(mostKeys, rows / 4) : !isNamed) return false;
  const { whole, values: different, runs, missing } = stretchesOf(values, mostKeys);
  if (!whole || missing > 0 || different.length < 2 || different.length > Math.min(mostKeys, rows / 4)) return false;
  if (times !== null && repeatsTimes(times, values)) return true;
  return (
    runs * 4 > rows && (isNamed || (kind === 'text' && !isClassName(name ?? '') && cycles(values, different.length)))
  );
}

/** Whether most stamps come with more than one key. */
function repeatsTimes(times: Float64Array, keys: Float32Array): boolean {
  const keyOf = new Map<number, number>();
  const shared = new Set<number>();
  for (let row = 0; row < times.length; row++) {
    const before = keyOf.get(times[row]!);
    if (before === undefined) keyOf.set(times[row]!, keys[row]!);
    else if (before !== keys[row]!) shared.add(times[row]!);
  }
  return shared.size * 2 > keyOf.size;
}

/** Whether the keys mostly come in the same order again and again. */
function cycles(keys: Float32Array, different: number): boolean {
  let again = 0;
  for (let row = different; row < keys.length; row++) if (keys[row] === keys[row - different]) again++;
  return again > (keys.length - different) * 0.9;
}

function groupsOf({ kind, values, words }: TableColumn, rows: number): Group[] {
  const byKey = new Map<number, number[]>();
  for (let row = 0; row < rows; row++) {
    const list = byKey.get(values[row]!);
    if (list === undefined) byKey.set(values[row]!, [row]);
    else list.push(row);
  }
  return [...byKey].map(([value, list]) => ({
    word: kind === 'text' ? (words[value] ?? '') : String(value),
    rows: Uint32Array.from(list),
  }));
}

/** Whether all groups have the same stamps, so that their samples belong side by side. */
function sharesRows(groups: readonly Group[], times: Float64Array | null): boolean {
  const [first, ...rest] = groups;
  if (first === undefined) return false;
  return rest.every(
    ({ rows }) =>
      rows.length === first.rows.length &&
      (times === null || rows.every((row, i) => times[row] === times[first.rows[i]!]!)),
  );
}

function together(
  table: Table,
  groups: readonly Group[],
  values: readonly number[],
  clock: ReadonlySet<number>,
): Table {
  const { columns } = table;
  const [first] = groups;
  const rows = first === undefined ? new Uint32Array() : first.rows;
  const shared = [...clock].map((at) => taken(entry(columns, at), rows));
  const channels = groups.flatMap((group) =>
    values.map((at) => {
      const column = entry(columns, at);
      const name = values.length === 1 || column.name === null ? group.word : `${group.word} ${column.name}`;
      return { ...taken(column, group.rows), name };
    }),
  );
  return { ...table, rows: rows.length, columns: [...shared, ...channels] };
}

function alone(
  table: Table,
  { word, rows }: Group,
  values: readonly number[],
  clock: ReadonlySet<number>,
  isPerson: boolean,
): Table {
  const columns = [...clock, ...values].map((at) => {
    const column = taken(entry(table.columns, at), rows);
    const isOnly = values.length === 1 && at === values[0] && !isPerson;
    return isOnly ? { ...column, name: word } : column;
  });
  return { ...table, rows: rows.length, columns };
}

/** A column with only some of its rows. */
export function taken(column: PlacedColumn, rows: Uint32Array): PlacedColumn {
  const { values, exact, kind } = column;
  if (kind === 'unread') return column;
  return {
    ...column,
    values: Float32Array.from(rows, (row) => values[row]!),
    exact: exact === null ? null : Float64Array.from(rows, (row) => exact[row]!),
  };
}
