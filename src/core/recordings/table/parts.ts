import { entry } from '../entry';
import type { ClockChoice } from './clockChoice';
import type { Table } from './column';
import { isLabelName, wordsOf } from './labels';
import { taken } from './long';
import { stretchesOf } from './stretches';

export interface Part {
  readonly table: Table;
  readonly name: string | null;
}

/**
 * Parts a table that holds one recording after the other: its clock falls back, and every time it does, a column of text,
 * or one named as the number of a person, trial or class, changes.
 * @returns `null` for a table with one recording
 */
export function partsOf(table: Table, clock: ClockChoice): Part[] | null {
  const { columns, rows } = table;
  const falls = clock.stamps === null ? [] : fallsOf(clock.stamps);
  if (falls.length === 0 || falls.length * 4 > rows) return null;
  const key = columns.findIndex(({ kind, name, values, words }, at) => {
    if (clock.columns.has(at)) return false;
    if (kind === 'text' ? words.length === 0 : name === null || !isLabelName(name)) return false;
    const { whole, missing } = stretchesOf(values, 1);
    return whole && missing === 0 && falls.every((row) => values[row] !== values[row - 1]!);
  });
  if (key < 0) return null;
  const starts = [0, ...falls, rows];
  return starts.slice(0, -1).map((from, i) => {
    const part = sliceOf(table, from, entry(starts, i + 1));
    return { table: part, name: wordsOf(entry(part.columns, key))[0] ?? null };
  });
}

/** Rows whose stamp is before that of the row above. */
export function fallsOf(stamps: Float64Array): number[] {
  const falls: number[] = [];
  for (let row = 1; row < stamps.length; row++) if (stamps[row]! < stamps[row - 1]!) falls.push(row);
  return falls;
}

/** Some of the rows of a table that follow one another. */
export function sliceOf(table: Table, from: number, to: number): Table {
  const rows = Uint32Array.from({ length: to - from }, (_, i) => from + i);
  return { ...table, rows: rows.length, columns: table.columns.map((column) => taken(column, rows)) };
}
