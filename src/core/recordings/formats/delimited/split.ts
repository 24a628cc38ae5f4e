import Papa from 'papaparse';
import type { ReadOptions } from '../../reader';
import type { ByteSource } from '../../source';
import { lineTooLong, textPieces } from '../text/lines';

/** `' '` stands for runs of blanks and tabs. */
export type Delimiter = ',' | ';' | '\t' | '|' | ' ';

export interface Split {
  readonly rows: readonly (readonly string[])[];
  /** The text after the last complete row. */
  readonly rest: string;
}

/** Splits text into rows of cells; `last` tells that no more text follows, so that an unfinished row is one too. */
export function splitRows(text: string, delimiter: Delimiter, last: boolean): Split {
  return delimiter === ' ' ? splitAtBlanks(text, last) : splitQuoted(text, delimiter, last);
}

function splitQuoted(text: string, delimiter: Delimiter, last: boolean): Split {
  const parser = new Papa.Parser({ delimiter, newline: '\n' });
  const { data, meta } = parser.parse(text, 0, !last) as Papa.ParseResult<string[]>;
  // A text that ends with a line end has no row behind it.
  if (last && text.endsWith('\n') && data.length > 0 && isBlank(data.at(-1)!)) data.pop();
  return { rows: data, rest: last ? '' : text.slice(meta.cursor) };
}

function splitAtBlanks(text: string, last: boolean): Split {
  const lines = text.split('\n');
  const rest = lines.pop()!;
  if (last && rest !== '') lines.push(rest);
  return { rows: lines.map(cellsAtBlanks), rest: last ? '' : rest };
}

function cellsAtBlanks(line: string): string[] {
  if (line.includes('"')) return Array.from(line.matchAll(/"([^"]*)"|[^\s"]+/g), (cell) => cell[1] ?? cell[0]);
  return line.trim().split(/[ \t]+/);
}

/** Whether a row stems from an empty line. */
export function isBlank(row: readonly string[]): boolean {
  return row.length === 0 || (row.length === 1 && row[0]!.trim() === '');
}

/**
 * The rows of a text from line `firstLine` on, in batches.
 * @throws UnreadableError for a row of more than 64 Mi characters, as a quotation mark that is never closed makes.
 */
export async function* rowBatches(
  source: ByteSource,
  delimiter: Delimiter,
  firstLine: number,
  options: ReadOptions,
): AsyncGenerator<Split['rows'], void> {
  let text = '';
  let linesToSkip = firstLine;
  let worthwhile = 0;
  for await (const piece of textPieces(source, options)) {
    text += piece;
    if (text.length > longestRow) throw lineTooLong();
    // A row over many pieces is tried again only after each doubling, or it would be split once for every piece.
    if (text.length < worthwhile || !piece.includes('\n')) continue;
    const { rest: body, skipped } = withoutLines(text, linesToSkip);
    linesToSkip -= skipped;
    const { rows, rest } = linesToSkip > 0 ? { rows: [], rest: body } : splitRows(body, delimiter, false);
    text = rest;
    worthwhile = rows.length > 0 ? 0 : 2 * rest.length;
    if (rows.length > 0) yield rows;
  }
  const { rest, skipped } = withoutLines(text, linesToSkip);
  if (rest !== '' && skipped === linesToSkip) yield splitRows(rest, delimiter, true).rows;
}

const longestRow = 2 ** 26;

/** Cuts off up to `lines` complete lines. */
function withoutLines(text: string, lines: number): { readonly rest: string; readonly skipped: number } {
  let start = 0;
  let skipped = 0;
  for (; skipped < lines; skipped++) {
    const end = text.indexOf('\n', start);
    if (end < 0) break;
    start = end + 1;
  }
  return { rest: text.slice(start), skipped };
}
