import { UnreadableError } from '../../reader';
import type { Channel, Sequence } from '../../sequence';
import type { ArffHeader } from './header';
import { quoted } from '../text/lines';
import { parseNumber } from '../text/numbers';

/**
 * Reads one row of an ARFF file of the archive: numbers (or one quoted relation with a line for each dimension) and a class.
 * @param number From 1, for messages.
 * @throws UnreadableError for a row that does not have the form that the header promises.
 */
export function seriesOf(line: string, header: ArffHeader, number: number): Sequence {
  if (line.trimStart().startsWith('{')) throw new UnreadableError('its rows are sparse');
  const cells = cellsOf(line, number);
  if (cells.length !== header.kinds.length) {
    throw new UnreadableError(
      `row ${number} has ${cells.length} values, but its header promises ${header.kinds.length}`,
    );
  }
  const relation = cells[header.kinds.indexOf('relational')];
  const dimensions =
    relation === undefined ? [numericCells(cells, header)] : relation.split('\n').map((text) => text.split(','));
  const lengths = new Set(dimensions.map((dimension) => dimension.length));
  if (lengths.size > 1) throw new UnreadableError(`the dimensions of row ${number} differ in length`);
  const channels = dimensions.map((dimension): Channel => ({
    name: null,
    unit: null,
    values: numbersOf(dimension, number),
  }));
  const label = cells[header.label]?.trim() ?? null;
  return { channels, rate: null, label: label === '?' ? null : label, name: null, notes: [] };
}

function numericCells(cells: readonly string[], header: ArffHeader): string[] {
  return cells.filter((_, i) => header.kinds[i] === 'numeric');
}

function numbersOf(cells: readonly string[], number: number): Float32Array {
  return Float32Array.from(cells, (cell) => {
    const value = parseNumber(cell, false);
    if (value === undefined) throw new UnreadableError(`row ${number} holds ${quoted(cell)} where a number should be`);
    return Number.isFinite(Math.fround(value)) ? value : NaN;
  });
}

/** Cells between commas; quotation marks of either kind hold commas, and `\n` for a line end. */
function cellsOf(line: string, number: number): string[] {
  if (!/['"]/.test(line)) return line.split(',').map((cell) => cell.trim());
  const cells: string[] = [];
  for (let at = 0; ; at++) {
    const { cell, end } = cellAt(line, at, number);
    cells.push(cell);
    at = end;
    if (at >= line.length) return cells;
  }
}

function cellAt(line: string, start: number, number: number): { readonly cell: string; readonly end: number } {
  let at = start;
  while (line[at] === ' ' || line[at] === '\t') at++;
  const mark = line[at];
  const comma = line.indexOf(',', at);
  const plainEnd = comma < 0 ? line.length : comma;
  if (mark !== "'" && mark !== '"') return { cell: line.slice(at, plainEnd).trim(), end: plainEnd };
  const close = closingMark(line, at + 1, mark);
  if (close < 0) throw new UnreadableError(`row ${number} has a quotation mark that is never closed: is it cut off?`);
  const next = line.indexOf(',', close);
  return { cell: unescaped(line.slice(at + 1, close)), end: next < 0 ? line.length : next };
}

function closingMark(line: string, start: number, mark: string): number {
  let at = line.indexOf(mark, start);
  while (at > 0 && line[at - 1] === '\\') at = line.indexOf(mark, at + 1);
  return at;
}

function unescaped(text: string): string {
  return text.includes('\\')
    ? text.replace(/\\(.)/g, (_, character: string) => (character === 'n' ? '\n' : character))
    : text;
}
