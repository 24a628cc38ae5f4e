import { UnreadableError } from '../../reader';
import type { Doubt } from '../../reading/doubts';
import { refuseStatistics } from '../../table/refusals';
import { numberIn, type NumberForm } from '../text/numbers';
import { columnKindOf, isDigits, mayRun, type ColumnKind } from './columnKinds';
import { columnName, type ColumnName } from './columnName';
import { isComment, rowsOf, type Delimiter, type Row } from './delimiter';
import { dialectOf, judged, type Dialect } from './dialect';
import { listedNames, statedRate, type StatedRate } from './facts';
import { areNumbered, headerOf, withoutEmptyEnd, type Header } from './header';
import { holds } from './holds';
import { lineFormOf, type LineForm } from './lineForms';
import { rivalDoubts } from './rivals';
import type { Sample } from './sample';
import { besideFacts, countedHeader, startAndRate } from './starts';

export interface PlannedColumn extends ColumnName {
  readonly kind: ColumnKind;
  /** Whether it may be a clock or a counter, which single precision would spoil. */
  readonly isExact: boolean;
}

/** How a text is read, decided on a sample of it. */
export interface Plan {
  readonly delimiter: Delimiter;
  readonly form: NumberForm;
  readonly lineForm: LineForm | null;
  /** The line of the first samples, from 0. */
  readonly bodyLine: number;
  readonly columns: readonly PlannedColumn[];
  readonly named: boolean;
  /** The cells of the row of names as they stand, to know it again. */
  readonly headerCells: readonly string[] | null;
  /** Which cell is to be joined with the next, since the delimiter stands in it as well. */
  readonly joined: number | null;
  /** Rows with fewer cells lack some at their end. */
  readonly leastCells: number;
  /** Cells behind the columns up to here hold facts, not samples. */
  readonly toleratedCells: number;
  /** The lane of the first column that holds values. */
  readonly firstValue: number;
  readonly stated: StatedRate | null;
  readonly notes: readonly string[];
  readonly doubts: readonly Doubt[];
}

/** Cells of wide tables beyond these are taken for what the last of them is. */
const judgedColumns = 512;

/** @throws UnreadableError for a text that holds no rows of values. */
export function planOf(sample: Sample): Plan {
  if (/^\uFEFF?\s*File type = "ooText/.test(sample.start))
    throw new UnreadableError('it is an object of the program Praat, not a table of samples');
  const declared = declaredDelimiter(sample.start);
  const lineForm = lineFormOf(linesOf(sample.start));
  const plainText = (text: string) =>
    lineForm === null
      ? text
      : text
          .split('\n')
          .map((line) => lineForm.plain(line))
          .join('\n');
  const start = plainText(declared === null ? sample.start : sample.start.replace(/^.*/, ''));
  const dialect = dialectOf(start, sample.later.map(plainText), lineForm?.names == null ? declared : '\t');
  if (dialect.rows.length === 0 || dialect.width === 0) throw new UnreadableError('it holds no rows of numbers');
  refuseStatistics(dialect.rows.map(({ cells }) => cells[0] ?? ''));
  return tablePlan(dialect, start, lineForm);
}

/** A first line `sep=;`, as spreadsheets want it. */
function declaredDelimiter(text: string): Delimiter | null {
  const sign = /^"?sep=(.)"?\s*$/im.exec(text.slice(0, 40).split('\n')[0] ?? '')?.[1];
  return sign === undefined || !',;\t|^~&:'.includes(sign) ? null : (sign as Delimiter);
}

function linesOf(text: string): string[] {
  return text.split('\n', 400).filter((line) => !isComment(line));
}

function tablePlan(dialect: Dialect, text: string, lineForm: LineForm | null): Plan {
  const { form } = dialect;
  const joined = joinedCell(dialect);
  const rows = joined === null ? dialect.rows : dialect.rows.map((row) => ({ ...row, cells: join(row.cells, joined) }));
  const width = dialect.width - (joined === null ? 0 : 1);
  const body = joined === null ? judged([...dialect.rows, ...dialect.later], width) : judged(rows, width);
  const kinds = kindsOf(body, width, form);
  const first = firstSamples(rows, kinds, form);
  if (first < 0) throw noSamples(rows, width, kinds);
  const above = startAndRate(rows, first, form) ?? countedHeader(rows, first) ?? null;
  const begin = first + (above?.rows ?? 0);
  const comments = text.split('\n', rows[begin]?.line ?? 0).filter(isComment);
  const header = headerAbove(rows.slice(0, first), comments, kinds, dialect);
  const aside = besideFacts(rows, begin, kinds);
  const top = rows[first - header.rows]?.line ?? 0;
  const facts = [...text.split('\n', top), ...comments, ...header.facts, ...aside.facts];
  const columns = plannedColumns(
    header,
    lineForm,
    kinds,
    body,
    form,
    listedNames(comments, kinds.length),
    aside.columns,
  );
  const stated = above?.rate == null ? statedRate(facts) : { rate: above.rate, words: above.words };
  return {
    delimiter: dialect.delimiter,
    form,
    lineForm,
    bodyLine: rows[begin]?.line ?? 0,
    columns,
    named: columns.some(({ name }) => name !== null),
    headerCells: header.rows === 0 ? null : (rows[first - header.rows]?.cells ?? null),
    joined,
    leastCells: withoutEmptyEnd(kinds.map(({ kind }) => (kind === 'empty' ? '' : kind))).length,
    toleratedCells: header.facts.length > 0 ? width + header.facts.length : width,
    firstValue: Math.max(
      0,
      kinds.findIndex(({ kind }) => kind !== 'text' && kind !== 'empty'),
    ),
    stated,
    notes: notesOf(lineForm, rows[first - header.rows], first - header.rows, form),
    doubts: rivalDoubts(dialect),
  };
}

/** Milliseconds behind a comma between commas: a cell of a time, and then cells of three or six digits. */
function joinedCell({ delimiter, rows, width }: Dialect): number | null {
  if (delimiter !== ',') return null;
  const body = judged(rows, width);
  for (let at = 0; at + 1 < Math.min(width, 8); at++) {
    const isTime = body.every(
      (row) => /\d:\d{2}:\d{2}$/.test(row[at] ?? '') && /^(\d{3}|\d{6})$/.test(row[at + 1] ?? ''),
    );
    const header = rows.find(({ cells }) => cells.length > 1);
    if (
      isTime &&
      body.length > 1 &&
      (header === undefined || header.cells.length === width - 1 || header.cells === body[0])
    )
      return at;
  }
  return null;
}

function join(cells: readonly string[], at: number): string[] {
  const isTime = /\d:\d{2}:\d{2}$/.test(cells[at] ?? '');
  return isTime
    ? [...cells.slice(0, at), `${cells[at] ?? ''},${cells[at + 1] ?? ''}`, ...cells.slice(at + 2)]
    : [...cells];
}

function kindsOf(body: readonly (readonly string[])[], width: number, form: NumberForm): ColumnKind[] {
  const kinds: ColumnKind[] = [];
  for (let at = 0; at < width; at++) {
    const before = kinds[at - 1];
    const isJudged = at < judgedColumns || at === width - 1 || before === undefined;
    kinds.push(
      isJudged
        ? columnKindOf(
            body.map((row) => row[at] ?? ''),
            form,
          )
        : before,
    );
  }
  // A delimiter at the end of each row makes a column that nobody meant.
  while (kinds.length > 1 && kinds.at(-1)?.kind === 'empty') kinds.pop();
  return kinds;
}

/** The first row of samples: it fits the columns, and so do most of those behind it. */
function firstSamples(rows: readonly Row[], kinds: readonly ColumnKind[], form: NumberForm): number {
  const values = kinds.flatMap(({ kind }, at) =>
    kind === 'text' || kind === 'empty' || at >= judgedColumns ? [] : [at],
  );
  if (values.length === 0) return -1;
  const fits = rows.map(({ cells }) => {
    const odd = values.filter((at) => !holds(cells[at] ?? '', kinds[at]!, form)).length;
    const known = values.some((at) => (cells[at] ?? '').trim() !== '');
    const isWide = withoutEmptyEnd(cells).length > Math.max(kinds.length, 1) && kinds.length > 1;
    const isNarrow = cells.length < kinds.length / 2 && kinds.length > 2;
    return known && !isWide && !isNarrow && !isNumberedHeader(cells, form) && odd <= Math.floor(values.length / 10);
  });
  return fits.findIndex((fit, row) => {
    const next = fits.slice(row, row + 10);
    // Lines above may look like samples that lack cells.
    const least = Math.min(...rows.slice(row + 1, row + 6).map(({ cells }) => cells.length), kinds.length);
    return fit && rows[row]!.cells.length >= least && next.filter((one) => one).length >= next.length * 0.7;
  });
}

/** Names and then many numbers that rise by the same step, as stand above a series in each row. */
function isNumberedHeader(cells: readonly string[], form: NumberForm): boolean {
  const first = cells.findLastIndex((cell, at) => at < cells.length - 1 && numberIn(cell, form) === undefined) + 1;
  return first > 0 && cells.length - first >= 15 && areNumbered(cells.slice(first), form);
}

function noSamples(rows: readonly Row[], width: number, kinds: readonly ColumnKind[]): UnreadableError {
  const isMixed = kinds.some(({ kind }) => kind !== 'text' && kind !== 'empty') && rows.length > 4;
  if (isMixed) return new UnreadableError('it is not a table: its rows have too little in common');
  if (kinds.every(({ kind }) => kind === 'empty')) return new UnreadableError('all its values are missing');
  if (rows.length === 1 && width > 1) return new UnreadableError('it has a header but no rows');
  const isColumn = width === 1 && rows.every(({ cells }) => cells.every((cell) => !/[\s,;|]/.test(cell)));
  return new UnreadableError(isColumn ? 'it holds one column of text' : 'it has no numeric column');
}

/** The header in rows, or else in the last lines of comments, where `numpy.savetxt` and buoys put it. */
function headerAbove(
  rows: readonly Row[],
  comments: readonly string[],
  kinds: readonly ColumnKind[],
  { form, delimiter }: Dialect,
): Header {
  const header = headerOf(rows, kinds, form);
  if (header.columns !== null) return header;
  const isFact = (line: string) => /\s[=:]\s|:\s*[-+\d]/.test(line);
  const last = comments
    .slice(-3)
    .filter((line) => !isFact(line))
    .map((line) => line.replace(/^\s*(?:[#%]|\/\/)+\s?/, ''));
  for (const mark of new Set<Delimiter>([delimiter, ',', '\t', ';', 'wide', 'blanks'])) {
    const lines = last
      .flatMap((line) => rowsOf(line, mark, 1))
      .filter(({ cells }) => withoutEmptyEnd(cells).length === kinds.length);
    const found = kinds.length > 1 ? headerOf(lines, kinds, form) : header;
    if (found.columns !== null) return { ...found, rows: 0 };
  }
  return header;
}

function plannedColumns(
  header: Header,
  lineForm: LineForm | null,
  kinds: readonly ColumnKind[],
  body: readonly (readonly string[])[],
  form: NumberForm,
  listed: readonly string[] | null,
  aside: ReadonlySet<number>,
): PlannedColumn[] {
  const unnamed: ColumnName = { name: null, unit: null };
  const given = lineForm?.names ?? listed;
  const names = given === null ? header.columns : given.map((name) => columnName(name ?? '', ''));
  const width = Math.max(kinds.length, names?.length ?? 0);
  return Array.from({ length: width }, (_, at): PlannedColumn => {
    const { name, unit } = names?.[at] ?? unnamed;
    const cells = body.map((row) => row[at] ?? '');
    const found = kinds[at] ?? { kind: 'empty' };
    const kind: ColumnKind = aside.has(at)
      ? { kind: 'text' }
      : found.kind === 'number' && isDigits(cells, name)
        ? { kind: 'digits' }
        : found;
    const isExact =
      kind.kind === 'moment' ||
      kind.kind === 'digits' ||
      (kind.kind !== 'text' &&
        kind.kind !== 'vector' &&
        at < judgedColumns &&
        mayRun(
          kind.kind === 'measure' ? cells.map((cell) => cell.replace(/[^\d.,eE+-]+$/, '')) : cells,
          form,
          name,
          unit,
        ));
    return { name, unit: unit ?? (kind.kind === 'measure' ? kind.unit : null), kind, isExact };
  });
}

function notesOf(lineForm: LineForm | null, top: Row | undefined, preamble: number, form: NumberForm): string[] {
  const notes: string[] = [];
  if (preamble > 0 && top !== undefined)
    notes.push(`${preamble} line${preamble === 1 ? '' : 's'} above the table passed over`);
  if (lineForm !== null) notes.push(`${lineForm.what} set aside`);
  if (form.thousands !== '') notes.push(`"${form.thousands}" between its digits was taken to part thousands`);
  return notes;
}
