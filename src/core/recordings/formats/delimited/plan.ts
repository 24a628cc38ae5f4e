import { UnreadableError } from '../../reader';
import type { Decisions } from '../../reading/decisions';
import type { Doubt } from '../../reading/doubts';
import { refuseStatistics } from '../../table/refusals';
import type { NumberForm } from '../text/numbers';
import { beginOf, givenBegin } from './begin';
import type { ColumnKind } from './columnKinds';
import { cutText, type CutText } from './cut';
import { isComment, rowsOf, type Delimiter, type Row } from './delimiter';
import { judged, type Dialect } from './dialect';
import { listedNames, statedRate, type StatedRate } from './facts';
import { headerOf, withoutEmptyEnd, type Header } from './header';
import { join, joinedCell } from './joined';
import type { LineForm } from './lineForms';
import { kindsOf, plannedColumns, type PlannedColumn } from './plannedColumns';
import { commaDoubts, rivalDoubts } from './rivals';
import type { Sample } from './sample';
import { besideFacts } from './starts';

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
  /** The first column that holds values. */
  readonly firstValue: number;
  readonly stated: StatedRate | null;
  /** The lines of names and of units, from 0. */
  readonly headerLines: Header['lines'];
  readonly notes: readonly string[];
  readonly doubts: readonly Doubt[];
}

/**
 * @param decided what a user decided of delimiter, decimal sign, lines above the samples and clock
 * @throws UnreadableError for a text that holds no rows of values
 */
export function planOf(sample: Sample, decided: Decisions = {}): Plan {
  if (/^\uFEFF?\s*File type = "ooText/.test(sample.start))
    throw new UnreadableError('it is an object of the program Praat, not a table of samples');
  const cut = cutText(sample, decided);
  if (cut.dialect.rows.length === 0 || cut.dialect.width === 0)
    throw new UnreadableError('it holds no rows of numbers');
  refuseStatistics(cut.dialect.rows.map(({ cells }) => cells[0] ?? ''));
  return tablePlan(cut, decided);
}

function tablePlan({ dialect, above: given, text, lineForm }: CutText, decided: Decisions): Plan {
  const { form } = dialect;
  const joined = joinedCell(dialect, given ?? []);
  const whole = joined === null ? (row: Row) => row : (row: Row) => ({ ...row, cells: join(row.cells, joined) });
  const samples = dialect.rows.map(whole);
  const width = dialect.width - (joined === null ? 0 : 1);
  const body = judged(joined === null ? [...samples, ...dialect.later] : samples, width);
  const kinds = kindsOf(body, width, form);
  const rows = [...(given ?? []).map(whole), ...samples];
  const start = given === null ? beginOf(rows, kinds, form) : givenBegin(rows, given.length, kinds, form);
  if (start.headerEnd < 0) throw noSamples(samples, width, kinds);
  const comments = commentsAbove(text, rows[start.begin]?.line ?? 0);
  const header = headerAbove(rows.slice(0, start.headerEnd), comments, kinds, dialect);
  const aside = besideFacts(rows, start.begin, kinds, header.columns?.map(({ name }) => name) ?? []);
  const preamble = start.headerEnd - header.rows;
  const top = rows[preamble];
  const facts = [
    ...text.split('\n', top?.line ?? 0),
    ...comments.map((comment) => comment.text),
    ...header.facts,
    ...aside.facts,
  ];
  const columns = plannedColumns({
    names:
      lineForm?.names ??
      listedNames(
        comments.map((comment) => comment.text),
        kinds.length,
      ),
    ...{ header, kinds, body, form, aside: aside.columns, decided },
  });
  return {
    delimiter: dialect.delimiter,
    ...{ form, lineForm, columns, joined },
    bodyLine: decided.headerLines ?? rows[start.begin]?.line ?? 0,
    named: columns.some(({ name }) => name !== null),
    headerCells: header.rows === 0 ? null : (top?.cells ?? null),
    leastCells: withoutEmptyEnd(kinds.map(({ kind }) => (kind === 'empty' ? '' : kind))).length,
    toleratedCells: header.facts.length > 0 ? width + header.facts.length : width,
    firstValue: Math.max(
      0,
      kinds.findIndex(({ kind }) => kind !== 'text' && kind !== 'empty'),
    ),
    stated: start.above?.rate == null ? statedRate(facts) : { rate: start.above.rate, words: start.above.words },
    headerLines: header.lines,
    notes: notesOf(lineForm, top, preamble, form),
    doubts: [...rivalDoubts(dialect), ...commaDoubts(dialect)],
  };
}

interface Comment {
  readonly text: string;
  readonly line: number;
}

function commentsAbove(text: string, line: number): Comment[] {
  return text
    .split('\n', line)
    .map((comment, at) => ({ text: comment, line: at }))
    .filter((comment) => isComment(comment.text));
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
  comments: readonly Comment[],
  kinds: readonly ColumnKind[],
  { form, delimiter }: Dialect,
): Header {
  const header = headerOf(rows, kinds, form);
  if (header.columns !== null) return header;
  const isFact = (line: string) => /\s[=:]\s|:\s*[-+\d]/.test(line);
  const last = comments
    .slice(-3)
    .filter((comment) => !isFact(comment.text))
    .map(({ text, line }) => ({ text: text.replace(/^\s*(?:[#%]|\/\/)+\s?/, ''), line }));
  for (const mark of new Set<Delimiter>([delimiter, ',', '\t', ';', 'wide', 'blanks'])) {
    const lines = last
      .flatMap(({ text, line }) => rowsOf(text, mark, 1).map((row) => ({ ...row, line })))
      .filter(({ cells }) => withoutEmptyEnd(cells).length === kinds.length);
    const found = kinds.length > 1 ? headerOf(lines, kinds, form) : header;
    if (found.columns !== null) return { ...found, rows: 0 };
  }
  return header;
}

function notesOf(lineForm: LineForm | null, top: Row | undefined, preamble: number, form: NumberForm): string[] {
  const notes: string[] = [];
  if (preamble > 0 && top !== undefined)
    notes.push(`${preamble} line${preamble === 1 ? '' : 's'} above the table passed over`);
  if (lineForm !== null) notes.push(`${lineForm.what} set aside`);
  if (form.thousands !== '') notes.push(`"${form.thousands}" between its digits was taken to part thousands`);
  return notes;
}
