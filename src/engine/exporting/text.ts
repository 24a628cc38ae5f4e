import Papa from 'papaparse';
import type { Cell, Exportable, Row } from './exportable';

/**
 * What a spreadsheet could take for a formula, in full-width characters too: such a text is given an apostrophe in
 * front (OWASP, "CSV Injection"). All texts are quoted, so that a semicolon in one cannot start another cell where
 * spreadsheets are set to split at semicolons. Numbers stay numbers.
 */
const formula = /^[\s\u0000]*[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20\u2212]/u; // eslint-disable-line no-control-regex

const rowsPerPiece = 256;

function csvLines(lines: readonly (readonly Cell[])[]): string {
  const quotes = (cell: unknown) => typeof cell === 'string';
  return `${Papa.unparse(lines as Cell[][], { escapeFormulae: formula, quotes, newline: '\r\n' })}\r\n`;
}

/** A table as CSV (RFC 4180), in pieces. */
export async function* csvPieces({ header, valueHeader, rows }: Exportable): AsyncGenerator<string> {
  yield `${[...header, ...valueHeader].join(',')}\r\n`;
  let lines: (readonly Cell[])[] = [];
  for await (const { cells, values } of rows()) {
    lines.push(values === null ? cells : [...cells, ...values]);
    if (lines.length < rowsPerPiece) continue;
    yield csvLines(lines);
    lines = [];
  }
  if (lines.length > 0) yield csvLines(lines);
}

/**
 * A table as one JSON object, in pieces: what is known of the whole, and `rows`, an object per row. It is the answer of a
 * command (`src/protocol/commands`).
 */
export async function* jsonPieces(table: Exportable): AsyncGenerator<string> {
  const meta = Object.entries(table.meta).map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)},\n`);
  yield `{${meta.join('')}"rows":[`;
  let before = '\n';
  for await (const row of table.rows()) {
    yield before + JSON.stringify(rowObject(table, row));
    before = ',\n';
  }
  yield '\n]}\n';
}

function rowObject(
  { header, valueHeader }: Exportable,
  { cells, values, object }: Row,
): Readonly<Record<string, unknown>> {
  if (object !== undefined) return object;
  const named = Object.fromEntries(header.map((name, i) => [name, cells[i] ?? null]));
  return values === null || valueHeader.length === 0 ? named : { ...named, values: Array.from(values) };
}
