import { entry } from '../../entry';
import { numberIn, type NumberForm } from '../text/numbers';
import type { ColumnKind } from './columnKinds';
import { columnName, type ColumnName } from './columnName';
import type { Row } from './delimiter';
import { holds } from './holds';
import { isUnitText } from './units';

/** What stands above the samples of a table. */
export interface Header {
  readonly columns: readonly ColumnName[] | null;
  /** How many rows above the samples belong to it. */
  readonly rows: number;
  /** Names and numbers beside the names of the columns, as oscilloscopes write them. */
  readonly facts: readonly string[];
  /** The lines of names and of units, from 0. */
  readonly lines: { readonly names: readonly number[]; readonly units: readonly number[] };
}

const noHeader: Header = { columns: null, rows: 0, facts: [], lines: { names: [], units: [] } };

const mostRows = 6;

/**
 * Reads the rows right above the samples: the row of names, a row of units below or above it, and rows that name groups
 * of columns. A header of one cell less than the rows (as R writes) has no name for the first column.
 * @param above the rows above the samples, the nearest last
 */
export function headerOf(above: readonly Row[], kinds: readonly ColumnKind[], form: NumberForm): Header {
  const found = headerRows(above, kinds, form);
  if (found.length === 0) return noHeader;
  const rows = found.map(({ cells }) => cells);
  const width = kinds.length;
  const unitsAt = rows.findLastIndex((row, i) => (rows.length > 1 || i > 0) && areUnits(row, kinds));
  const namesAt = unitsAt > 0 ? lowestNames(rows.slice(0, unitsAt)) : unitsAt === 0 ? 1 : lowestNames(rows);
  const units = unitsAt >= 0 ? entry(rows, unitsAt) : namesAt < rows.length - 1 ? entry(rows, namesAt + 1) : [];
  const levels = rows.slice(0, namesAt).filter((row, i) => i !== unitsAt && isGroups(row, width));
  const names = withGroups(entry(rows, namesAt), levels, width);
  const facts = names.slice(width).flatMap((name, i) => {
    const value = rows[namesAt + 1]?.[width + i] ?? '';
    return name !== '' && numberIn(value, form) !== undefined && value !== '' ? [`${name}: ${value}`] : [];
  });
  const used = withoutEmptyEnd(facts.length > 0 ? names.slice(0, width) : names);
  const shifted = used.length === width - 1 && (rows[namesAt]?.length ?? 0) === width - 1 ? ['', ...used] : used;
  const columns = shifted.map((name, at) => columnName(name, unitsFor(units[at] ?? '')));
  return { columns, rows: rows.length, facts, lines: linesOf(found, units) };
}

function linesOf(rows: readonly Row[], units: readonly string[]): Header['lines'] {
  const lines = (isUnits: boolean) => rows.flatMap(({ cells, line }) => ((cells === units) === isUnits ? [line] : []));
  return { names: lines(false), units: lines(true) };
}

function unitsFor(cell: string): string {
  return /^(sequence|ts|rn|smp)$/i.test(cell.trim()) ? '' : cell;
}

/** Rows of text where the samples hold values, without anything else between them and the samples. */
function headerRows(above: readonly Row[], kinds: readonly ColumnKind[], form: NumberForm): readonly Row[] {
  const rows: Row[] = [];
  for (let i = above.length - 1; i >= 0 && rows.length < mostRows; i--) {
    const row = entry(above, i);
    if (!isHeaderRow(row.cells, kinds, form)) break;
    if (rows.length > 0 && entry(above, i + 1).afterBlank && !areUnits(entry(rows, 0).cells, kinds)) break;
    rows.unshift(row);
  }
  return rows.slice(
    preambleIn(
      rows.map(({ cells }) => cells),
      kinds,
    ),
  );
}

function isHeaderRow(cells: readonly string[], kinds: readonly ColumnKind[], form: NumberForm): boolean {
  const width = kinds.length;
  const filled = withoutEmptyEnd(cells);
  // A line such as `Subject: P07` is about the recording.
  if (filled.some((cell, at) => /[:=]$/.test(cell) && at + 1 < filled.length)) return false;
  // So is one such as `sampling:128,channels:3`.
  const keys = filled.flatMap((cell) => /^\s*([^:]*\p{L})\s*:\s*[-+]?\d/u.exec(cell)?.[1] ?? []);
  if (new Set(keys).size > 1) return false;
  if (width === 1 && /:\s/.test(filled[0] ?? '')) return false;
  if (filled.length === 0 || cells.length < Math.min(2, width) || (width > 2 && cells.length < width / 2)) return false;
  const shift = filled.length === width - 1 && cells.length === width - 1 ? 1 : 0;
  let [texts, values] = [0, 0];
  for (const [at, cell] of filled.slice(0, width).entries()) {
    const kind = kinds[at + shift];
    if (cell.trim() === '' || kind === undefined) continue;
    if (kind.kind === 'flag' && !/^\s*(true|false|[-+\d.]+)\s*$/i.test(cell)) texts++;
    else if (
      kind.kind === 'text' || kind.kind === 'empty' ? numberIn(cell, form) === undefined : !holds(cell, kind, form)
    )
      texts++;
    else values++;
  }
  return texts > 0 && (values === 0 || texts > values * 4 || areNumbered(filled.slice(-values), form));
}

/** Whether names are numbers that rise by the same step: 1, 2, 3 or 0.00, 0.01, 0.02. */
export function areNumbered(names: readonly string[], form: NumberForm): boolean {
  const numbers = names.map((name) => (name.trim() === '' ? NaN : (numberIn(name, form) ?? NaN)));
  const [first, second] = numbers;
  if (first === undefined || second === undefined || !(second > first)) return false;
  const step = second - first;
  const isCount = step === 1 && (first === 0 || first === 1);
  if (!isCount && numbers.length < 4) return false;
  return numbers.every((number, i) => Math.abs(number - first - i * step) <= 1e-6 * Math.abs(step) * (i + 1));
}

/**
 * Rows about the device may have as many cells as the table: of rows that are all names, the lowest are its header.
 * @returns how many rows stand above it
 */
function preambleIn(rows: readonly (readonly string[])[], kinds: readonly ColumnKind[]): number {
  const units = rows.findLastIndex((row, i) => i > 0 && areUnits(row, kinds));
  let first = lowestNames(units > 0 ? rows.slice(0, units) : rows);
  while (first > 0 && (isGroups(entry(rows, first - 1), kinds.length) || areUnits(entry(rows, first - 1), kinds)))
    first--;
  return Math.max(0, first);
}

/** The row of names if none is of units: the lowest one, or the one above where only it tells all columns apart. */
function lowestNames(rows: readonly (readonly string[])[]): number {
  const last = rows.length - 1;
  const below = withoutEmptyEnd(rows[last] ?? []);
  const isPoor = below.some((cell) => cell.trim() === '') || new Set(below).size < below.length * 0.7;
  if (!isPoor) return last;
  const telling = rows.slice(0, last).findLastIndex((row) => {
    const cells = withoutEmptyEnd(row);
    return (
      cells.length === below.length && new Set(cells).size === cells.length && cells.every((cell) => cell.trim() !== '')
    );
  });
  return telling >= 0 ? telling : last;
}

function areUnits(row: readonly string[], kinds: readonly ColumnKind[]): boolean {
  const cells = row.slice(0, kinds.length).filter((cell) => cell.trim() !== '');
  const units = cells.filter(
    (cell) => isUnitText(cell) || /^(ts|rn|sequence|units?|einheit(en)?:?)$/i.test(cell.trim()),
  ).length;
  return units > 0 && units * 2 >= cells.length;
}

/** Whether cells of a row span several columns: some are repeated side by side, or left empty behind others. */
function isGroups(row: readonly string[], width: number): boolean {
  const cells = row.slice(0, width);
  if (cells.length < 2 || width < 3) return false;
  const spans = cells.slice(1).filter((cell, i) => cell === '' || cell === cells[i]).length;
  return spans > 0 && cells.filter((cell) => cell !== '').length > 1 && row.length >= width - 1;
}

function withGroups(names: readonly string[], levels: readonly (readonly string[])[], width: number): string[] {
  const filled = levels.map((level) => {
    let before = '';
    return Array.from({ length: width }, (_, at) => (before = (level[at] ?? '').trim() || before));
  });
  return names.map((name, at) => {
    const groups = at < width ? filled.map((level) => level[at] ?? '') : [];
    return [...new Set([...groups, name.trim()])].filter((part) => part !== '').join(' ');
  });
}

export function withoutEmptyEnd(cells: readonly string[]): readonly string[] {
  return cells.slice(0, cells.findLastIndex((cell) => cell.trim() !== '') + 1);
}
