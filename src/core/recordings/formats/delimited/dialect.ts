import { plainNumbers, type NumberForm } from '../text/numbers';
import { isValue, kindOf, type CellKind } from './cells';
import type { Decisions } from '../../reading/decisions';
import { rowsOf, type Delimiter, type Row } from './delimiter';
import { numberFormOf } from './numberForms';
import { isUnitText } from './units';
import { largest } from '../../extremes';

/** How a text is cut into rows and cells. */
export interface Dialect {
  readonly delimiter: Delimiter;
  readonly form: NumberForm;
  /** The usual number of cells in a row. */
  readonly width: number;
  /** The first rows of the file. */
  readonly rows: readonly Row[];
  /** Rows from its middle and its end. */
  readonly later: readonly Row[];
  /** What the other delimiters make of the text, with their scores as shares of this one's. */
  readonly rivals: readonly Rival[];
}

export interface Rival {
  readonly dialect: Dialect;
  readonly share: number;
}

/** The shares of the best score from which another dialect fits nearly as well; one column has less than several. */
export const nearlyAsGood = { several: 0.97, decimals: 0.77 };

const startRows = 400;
const laterRows = 60;
/** A row of thousands of cells need not be looked at in full for every delimiter. */
const judgedRows = 60;
const judgedCells = 120;

/**
 * Finds the delimiter under which rows are the most alike and the cells of a column the most of one type, after van den
 * Burg, Nazabal and Sutton 2019 (Wrangling messy CSV files by detecting row and type patterns): the score is the share of
 * rows with the usual number of cells times the mean share of the most frequent type in a column.
 * @param allowed the delimiters that come into question
 * @param decimal the decimal sign, where a user decided it
 */
export function dialectOf(
  start: string,
  later: readonly string[],
  allowed: readonly Delimiter[],
  decimal?: Decisions['decimal'],
): Dialect {
  let best: Dialect | null = null;
  let most = -1;
  const scored: { readonly dialect: Dialect; readonly score: number }[] = [];
  for (const delimiter of distinct(allowed, [start, ...later])) {
    const needed = most * nearlyAsGood.decimals;
    if (weightOfMark(delimiter) < needed) continue;
    const candidate = candidateOf(start, later, delimiter, decimal);
    const score = candidate === null ? 0 : scoreOf(candidate, needed);
    if (candidate !== null) scored.push({ dialect: candidate, score });
    // Equals go to the one before, and a blank must be better by more than chance.
    if (candidate !== null && score > most * marginOf(delimiter, best)) [best, most] = [candidate, score];
  }
  const nothing: Dialect = { delimiter: ';', form: plainNumbers, width: 0, rows: [], later: [], rivals: [] };
  return { ...(best ?? nothing), rivals: scored.map(({ dialect, score }) => ({ dialect, share: score / most })) };
}

/** Times and names have colons too. */
function weightOfMark(delimiter: Delimiter): number {
  return delimiter === ':' ? 0.6 : 1;
}

/** The delimiters, but of those that stand nowhere only the first: they all leave the lines whole. */
function distinct(allowed: readonly Delimiter[], texts: readonly string[]): readonly Delimiter[] {
  const absent = allowed.filter((delimiter) => !texts.some((text) => mayStandIn(text, delimiter)));
  return allowed.filter((delimiter) => delimiter === absent[0] || !absent.includes(delimiter));
}

function mayStandIn(text: string, delimiter: Delimiter): boolean {
  if (!isBlanks(delimiter)) return text.includes(delimiter);
  // Quotation marks part cells as well where blanks do.
  return text.includes('"') || (delimiter === 'wide' ? /\t|[^\S\n]{2}/ : /[^\S\n]/).test(text);
}

/** By how much a delimiter must be better than the best before: tabs are blanks too, which parts dates and names with units. */
function marginOf(delimiter: Delimiter, best: Dialect | null): number {
  if (!isBlanks(delimiter)) return 1.005;
  return best !== null && best.delimiter === '\t' && best.width > 1 ? 1.15 : 1.06;
}

function isBlanks(delimiter: Delimiter): boolean {
  return delimiter === 'blanks' || delimiter === 'wide';
}

function candidateOf(
  start: string,
  later: readonly string[],
  delimiter: Delimiter,
  decimal: Decisions['decimal'],
): Dialect | null {
  const rows = rowsOf(start, delimiter, startRows);
  if (rows.length === 0) return null;
  const more = later.flatMap((text) => rowsOf(text, delimiter, laterRows));
  const all = [...rows, ...more];
  const width = usualWidth(all);
  const form = numberFormOf(usualRows(all, width), delimiter, decimal);
  return form === null ? null : { delimiter, form, width, rows, later: more, rivals: [] };
}

/** Some of the rows of the usual width, but for the first, which may hold names. */
export function usualRows(rows: readonly Row[], width: number): (readonly string[])[] {
  const usual = rows.filter(({ cells }) => cells.length === width);
  return strided(usual.slice(usual.length > 1 ? 1 : 0), judgedRows * 2).map(({ cells }) => cells.slice(0, judgedCells));
}

/** Rows of the usual width: some from the later half of the sample, where no preamble stands. */
export function judged(rows: readonly Row[], width: number): (readonly string[])[] {
  const usual = rows.filter(({ cells }) => cells.length === width).map(({ cells }) => cells);
  const from = Math.max(usual.length > 1 ? 1 : 0, Math.min(usual.length >> 1, usual.length - 4));
  return strided(usual.slice(from), judgedRows);
}

function strided<T>(rows: readonly T[], most: number): T[] {
  const stride = Math.max(1, Math.floor(rows.length / most));
  return rows.filter((_, i) => i % stride === 0);
}

/** @param needed a score below it is of no account, and need not be exact */
function scoreOf(dialect: Dialect, needed: number): number {
  const { rows, later, width, form, delimiter } = dialect;
  const all = [...rows, ...later];
  const body = judged(all, width);
  const first = rows.findIndex(({ cells }) => cells.length === width);
  // Lines above a table are of any form.
  const above = rows.slice(0, Math.max(0, first)).length;
  const even = all.filter(({ cells }) => cells.length === width).length;
  const short = all.slice(above).filter(({ cells }) => isShort(cells, width)).length;
  const evenness = Math.min(1, (even + short * 0.6) / (all.length - above * 0.7));
  const size = width === 1 ? 0.75 : 0.9 + (0.1 * (width - 1)) / width;
  const most = evenness * size * weightOfMark(delimiter);
  if (most < needed) return most;
  const types = typeScore(body, form);
  if (most * types < needed) return most * types;
  return evenness * types * headedness(dialect) * size * weightOfMark(delimiter);
}

/** How well the row above the first numbers fits them as one of names. */
function headedness({ rows, width, form }: Dialect): number {
  const below = firstNumbers(rows, width, form);
  const header = rows[below - 1];
  const names = header?.cells.length ?? width;
  const fits = names === width || (width > 2 && names === width - 1);
  // A name alone above numbers with commas says that they are decimals of one column.
  const isName =
    header !== undefined && header.cells.length === 1 && (header === rows[0] || isUnitOrEnds(header.cells[0] ?? ''));
  return fits ? 1 : isName ? 0.75 : 0.85;
}

/** The first row of numbers among those that a header may stand above, or -1. */
function firstNumbers(rows: readonly Row[], width: number, form: NumberForm): number {
  let looked = 0;
  return rows.findIndex(({ cells }) => cells.length === width && looked++ < judgedRows && areNumbers(cells, form));
}

function isUnitOrEnds(cell: string): boolean {
  return /\S\s*[[(][^[\]()]*[\])]$/.test(cell) || isUnitText(cell);
}

function isShort(cells: readonly string[], width: number): boolean {
  return width > 2 && cells.length === width - 1 && cells.length > 1;
}

function areNumbers(cells: readonly string[], form: NumberForm): boolean {
  const some = cells.slice(0, 20).filter((cell) => cell !== '');
  return some.filter((cell) => isValue(kindOf(cell, form))).length * 2 > some.length;
}

/** The mean over columns of the share of their most frequent type; text counts little, and nothing a half. */
function typeScore(body: readonly (readonly string[])[], form: NumberForm): number {
  let width = Math.min(judgedCells, body[0]?.length ?? 0);
  // A delimiter at the end of each row says nothing.
  while (width > 2 && body.every((row) => (row[width - 1] ?? '').trim() === '')) width--;
  let sum = 0;
  for (let column = 0; column < width; column++) {
    const counts = new Map<CellKind, number>();
    let known = 0;
    for (const row of body) {
      const kind = kindOf(row[column] ?? '', form);
      if (kind === 'missing') continue;
      known++;
      counts.set(kind, (counts.get(kind) ?? 0) + weightOf(kind, row[column] ?? ''));
    }
    sum += known === 0 ? 0.6 : largest(counts.values()) / known;
  }
  return width === 0 ? 0 : sum / width;
}

function weightOf(kind: CellKind, cell: string): number {
  // Whole numbers do not begin with zeros, but decimals do.
  if (kind === 'number' && /^0\d+$/.test(cell)) return 0.7;
  if (kind === 'number' || kind === 'moment' || kind === 'flag') return 1;
  if (kind === 'vector') return /^[[({<]/.test(cell) ? 0.85 : 0.5;
  if (kind === 'measure') return isUnitText(/[^\d\s.,]+$/.exec(cell.trim())?.[0] ?? '') ? 0.9 : 0.6;
  // What parts cells elsewhere is left in no cell.
  if (/[\t;|"]/.test(cell)) return 0;
  return /^[\p{L}_][\p{L}\p{N}_ .-]{0,23}$/u.test(cell) ? 0.4 : 0.15;
}

/** The most frequent number of cells in a row; of equals, the larger. */
function usualWidth(rows: readonly Row[]): number {
  const counts = new Map<number, number>();
  for (const { cells } of rows) counts.set(cells.length, (counts.get(cells.length) ?? 0) + 1);
  let usual = 0;
  for (const [width, rowsOfWidth] of counts) {
    const before = counts.get(usual) ?? 0;
    if (rowsOfWidth > before || (rowsOfWidth === before && width > usual)) usual = width;
  }
  return usual;
}
