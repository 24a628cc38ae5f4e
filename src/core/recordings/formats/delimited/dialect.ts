import type { ByteSource } from '../../source';
import { parseDate } from '../../clock/stamps';
import { isBlank, splitRows, type Delimiter, type Split } from './split';
import { headText } from '../text/lines';
import { isMissing, parseNumber } from '../text/numbers';

export type Rows = Split['rows'];

/** How a text is cut into rows and cells, judged by its first 64 KiB. */
export interface Dialect {
  readonly delimiter: Delimiter;
  /** Whether `1,5` is a number. */
  readonly commaAllowed: boolean;
  /** Lines of comments and empty ones above everything else. */
  readonly commentLines: number;
  /** The last comment line, without its mark: `numpy.savetxt` puts its header there. */
  readonly lastComment: string | null;
  /** The first rows below the comments. */
  readonly sample: Rows;
}

export type CellKind = 'number' | 'missing' | 'date' | 'text';

export function kindOf(cell: string, commaAllowed: boolean): CellKind {
  if (isMissing(cell)) return 'missing';
  if (parseNumber(cell, commaAllowed) !== undefined) return 'number';
  return parseDate(cell) === undefined ? 'text' : 'date';
}

const delimiters: readonly Delimiter[] = ['\t', ';', ',', '|', ' '];
const sampledRows = 200;

/** Finds the delimiter that cuts the most rows into the same number of cells, and the most cells into numbers. */
export function dialectOf(source: ByteSource): Dialect {
  const { text, whole } = headText(source);
  const { commentLines, lastComment, body } = withoutComments(text);
  let best: { delimiter: Delimiter; sample: Rows; score: number } = { delimiter: ' ', sample: [], score: -1 };
  for (const delimiter of delimiters) {
    const sample = sampleRows(body, delimiter, whole);
    const score = scoreOf(sample, delimiter);
    if (score > best.score) best = { delimiter, sample, score };
  }
  if (best.score <= 0) best = { delimiter: ';', sample: sampleRows(body, ';', whole), score: 0 };
  const { delimiter, sample } = best;
  return { delimiter, commaAllowed: delimiter !== ',' && !hasDecimalPoint(sample), commentLines, lastComment, sample };
}

export function isComment(line: string): boolean {
  return /^\s*[#%]/.test(line);
}

function withoutComments(text: string): Pick<Dialect, 'commentLines' | 'lastComment'> & { readonly body: string } {
  let commentLines = 0;
  let lastComment: string | null = null;
  let start = 0;
  for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
    const line = text.slice(start, end);
    if (isComment(line)) lastComment = line.replace(/^\s*[#%]+\s?/, '');
    else if (line.trim() !== '') break;
    commentLines++;
    start = end + 1;
  }
  return { commentLines, lastComment, body: text.slice(start) };
}

/** The first complete rows; where not even one is complete, as much of it as there is, without its last cell. */
function sampleRows(body: string, delimiter: Delimiter, whole: boolean): Rows {
  const { rows } = splitRows(body, delimiter, whole);
  const some = rows.filter((row) => !isBlank(row)).slice(0, sampledRows);
  return some.length > 0 ? some : splitRows(body, delimiter, true).rows.map((row) => row.slice(0, -1));
}

/** Between 0 and 1.1; 0 for a delimiter that does not cut most rows at all. */
function scoreOf(sample: Rows, delimiter: Delimiter): number {
  const width = usualWidth(sample);
  if (width < 2) return 0;
  const even = sample.filter((row) => row.length === width);
  let cells = 0;
  let values = 0;
  // A row of thousands of cells need not be looked at in full, five times.
  for (const row of even.slice(0, 40)) {
    for (const cell of row.slice(0, 200)) {
      cells++;
      if (kindOf(cell, delimiter !== ',') !== 'text') values++;
    }
  }
  return (even.length / sample.length) * (0.1 + values / cells);
}

/** The most frequent number of cells in a row; of equals, the larger. */
export function usualWidth(rows: Rows): number {
  const counts = new Map<number, number>();
  for (const row of rows) counts.set(row.length, (counts.get(row.length) ?? 0) + 1);
  let usual = 0;
  for (const [width, rowsOfWidth] of counts) {
    const before = counts.get(usual) ?? 0;
    if (rowsOfWidth > before || (rowsOfWidth === before && width > usual)) usual = width;
  }
  return usual;
}

function hasDecimalPoint(sample: Rows): boolean {
  return sample.some((row) => row.some((cell) => /^\s*[-+]?\d*\.\d/.test(cell) && parseDate(cell) === undefined));
}
