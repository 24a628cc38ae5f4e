import { isCounterName } from '../../clock/names';
import { kindOf, usualWidth, type CellKind, type Dialect, type Rows } from './dialect';
import { splitRows } from './split';

export interface ColumnName {
  readonly name: string | null;
  readonly unit: string | null;
}

/** What stands above the numbers. */
export interface Header {
  /** Rows (not counting empty ones) above the first row of numbers. */
  readonly rows: number;
  /** Of those, rows above the header that are no part of the table. */
  readonly preamble: number;
  /** `null` if the table has no header. */
  readonly columns: readonly ColumnName[] | null;
  /** The usual number of cells in a row of the table. */
  readonly width: number;
}

/**
 * Finds the header: the first row of the table, if it holds text in a column whose other cells are numbers. A row of
 * units below it and lines of another shape above it belong to it; a header of one cell less than the rows (as R
 * writes) has no name for the first column.
 */
export function headerOf(dialect: Dialect): Header {
  const rows = dialect.sample;
  const width = usualWidth(rows);
  const kinds = rows.slice(0, 60).map((row) => row.map((cell) => kindOf(cell, dialect.commaAllowed)));
  const preamble = preambleRows(kinds, width);
  const named = isHeader(kinds, preamble) ? rows[preamble]! : countedColumns(rows, preamble);
  if (named === undefined) return { rows: preamble, preamble, columns: commentHeader(dialect, width), width };
  const below = isUnits(kinds, preamble + 1) ? 2 : 1;
  const units = below === 2 ? rows[preamble + 1]! : [];
  const names = withoutEmptyEnd(named);
  const shifted = named.length === width - 1 && hasRowNames(rows, preamble + below) ? ['', ...names] : names;
  const columns = shifted.map((name, column) => columnName(name, units[column] ?? ''));
  return { rows: preamble + below, preamble, columns, width: Math.max(width, columns.length) };
}

/** Leading rows of another width that are not numbers; the last of them may be a header that lacks one name. */
function preambleRows(kinds: readonly (readonly CellKind[])[], width: number): number {
  let rows = 0;
  while (rows < kinds.length && kinds[rows]!.length !== width && kinds[rows]!.includes('text')) rows++;
  if (rows === kinds.length) return 0;
  const above = kinds[rows - 1];
  const isShortHeader = above?.length === width - 1 && !above.includes('number') && !isHeader(kinds, rows);
  return isShortHeader ? rows - 1 : rows;
}

function isHeader(kinds: readonly (readonly CellKind[])[], row: number): boolean {
  const candidate = kinds[row];
  if (!candidate?.includes('text')) return false;
  const body = kinds.slice(row + 1);
  if (body.length === 0) return !candidate.includes('number');
  const shift = body[0]!.length - candidate.length === 1 ? 1 : 0;
  const namesNumbers = candidate.some((kind, column) => kind === 'text' && holdsValues(body, column + shift));
  return namesNumbers || candidate.every((kind) => kind === 'text');
}

function holdsValues(body: readonly (readonly CellKind[])[], column: number): boolean {
  let [values, texts] = [0, 0];
  for (const row of body) {
    if (row[column] === 'number' || row[column] === 'date') values++;
    else if (row[column] === 'text') texts++;
  }
  return values > texts;
}

/** A row of text under a header and above numbers. */
function isUnits(kinds: readonly (readonly CellKind[])[], row: number): boolean {
  const candidate = kinds[row];
  if (candidate === undefined || candidate.length < 2 || candidate.includes('number')) return false;
  if (candidate.length !== kinds[row - 1]!.length) return false;
  const body = kinds.slice(row + 1);
  return candidate.some((kind, column) => kind === 'text' && holdsValues(body, column));
}

/** Whether the header row of a file is `0, 1, 2 ...`, as pandas names columns that have no names. */
function countedColumns(rows: Rows, row: number): readonly string[] | undefined {
  const cells = rows[row]?.map((cell) => cell.trim()) ?? [];
  const first = cells[0] === '' ? 1 : 0;
  if (cells.length - first < 3 || !cells.slice(first).every((cell, i) => cell === String(i))) return undefined;
  const isFraction = (cell: string) => /\d[.,]\d/.test(cell);
  return rows.slice(row + 1).some((other) => other.some(isFraction)) ? cells.map(() => '') : undefined;
}

function hasRowNames(rows: Rows, start: number): boolean {
  return rows.slice(start).some((row) => row.length > 1);
}

function commentHeader({ lastComment, delimiter, commaAllowed }: Dialect, width: number): ColumnName[] | null {
  if (lastComment === null || width < 2) return null;
  const cells = withoutEmptyEnd(splitRows(lastComment, delimiter, true).rows[0] ?? []);
  const isNames = cells.length === width && cells.every((cell) => kindOf(cell, commaAllowed) === 'text');
  return isNames ? cells.map((cell) => columnName(cell, '')) : null;
}

function withoutEmptyEnd(cells: readonly string[]): readonly string[] {
  return cells.slice(0, cells.findLastIndex((cell) => cell.trim() !== '') + 1);
}

/** Words in round brackets that say more of a name rather than its unit, `acc (left)`. */
const unitWords =
  /^(deg|degrees?|rad|bpm|bar|mbar|sec|seconds?|msec|min|rpm|ohm|mol|lux|px|pixels?|volts?|counts?|raw|adu|pct|percent|dba?|mmhg|unix|epoch)$/i;

/** Takes `acc_x [m/s^2]`, `ecg (mV)`, `t / ms` apart. @param below The cell of a row of units, which goes before. */
export function columnName(text: string, below: string): ColumnName {
  const whole = text.slice(0, 400).trim();
  const square = /^(.*?)\s*\[([^[\]]*)\]$/.exec(whole);
  const round = /^(.*?)\s*\(([^()]*)\)$/.exec(whole);
  const slash = /^(.*?)\s*\/\s*([\p{L}µ°%]{1,3})$/u.exec(whole);
  const parts =
    square ?? (round && isUnit(round[2]!) ? round : null) ?? (slash && isCounterOrTime(slash[1]!) ? slash : null);
  const name = (parts?.[1] ?? whole).trim();
  const unit = below.trim() || (parts?.[2] ?? '').trim();
  return { name: name === '' ? null : name.slice(0, 200), unit: unit === '' ? null : unit.slice(0, 40) };
}

function isUnit(text: string): boolean {
  return !/^[a-z]{3,}$/i.test(text.trim()) || unitWords.test(text.trim());
}

function isCounterOrTime(name: string): boolean {
  return /^(t|time|zeit)$/i.test(name) || isCounterName(name);
}
