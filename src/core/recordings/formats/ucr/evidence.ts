import { entry } from '../../entry';
import { parseNumber } from '../text/numbers';

/** A label and 15 samples: the shortest series of the archive (SmoothSubspace). */
const fewestCells = 16;
const mostLabel = 10_000;

/**
 * Whether a tab-separated text holds one series in each row, label first, rather than one time step in each row.
 *
 * All of these must hold for the rows that the text shows (an incomplete last one counts only if it is the first):
 * no cell is text, so that there is no header; at least 16 cells; the first cell is a whole number of at most four
 * digits. Then it is an archive if its name ends in `_TRAIN` or `_TEST`, or if time runs along its rows: neighbours in
 * a row differ by less than a tenth of the spread of a row, or by less than neighbours in a column do, or, where that
 * does not decide, labels come more than once. A first column that counts the rows asks for twice that evidence.
 */
export function holdsSeries(text: string, whole: boolean, name: string): boolean {
  const rows = numericRows(text, whole);
  if (rows === null || rows.length === 0) return false;
  const labels = rows.map((row) => row[0]!);
  if (!labels.every((label) => Number.isInteger(label) && Math.abs(label) < mostLabel)) return false;
  if (rows.some((row) => row.length < fewestCells)) return false;
  if (/_(train|test)\.tsv$/i.test(name)) return true;
  const along = timeAlongRows(rows);
  if (rows.length === 1) return along > 1 || !entry(rows, 0).every(Number.isInteger);
  const counts = labels.every((label, i) => i === 0 || label === entry(labels, i - 1) + 1);
  if (counts) return along > 2;
  return along > 1 || (along > 1 / 3 && new Set(labels).size < labels.length);
}

/** At most 100 rows as numbers, `null` if some cell is text. */
function numericRows(text: string, whole: boolean): Float64Array[] | null {
  const lines = text.split('\n', 101);
  const cut = lines.length <= 100 && !whole;
  const rows: Float64Array[] = [];
  for (const [i, line] of lines.slice(0, 100).entries()) {
    const isCut = cut && i === lines.length - 1;
    if (line.trim() === '' || (isCut && i > 0)) continue;
    const cells = line.split('\t').slice(0, isCut ? -1 : undefined);
    const numbers = cells.map((cell) => parseNumber(cell, false));
    if (numbers.includes(undefined)) return null;
    rows.push(Float64Array.from(numbers as number[]));
  }
  return rows;
}

/**
 * How much smoother samples (labels not counted) are along rows than along columns: the mean absolute difference of
 * neighbours in a column over that of neighbours in a row. Infinite where rows are smooth in themselves, since series of
 * one shape (spectra) differ less from each other than along themselves; 1 where there is only one row.
 */
function timeAlongRows(rows: readonly Float64Array[]): number {
  let [along, alongCount, across, acrossCount, spread] = [0, 0, 0, 0, 0];
  for (const [r, row] of rows.entries()) {
    const next = rows[r + 1];
    const mean = meanOf(row);
    for (let c = 1; c < row.length; c++) {
      const right = Math.abs(row[c]! - row[c + 1]!);
      if (right >= 0) [along, alongCount, spread] = [along + right, alongCount + 1, spread + Math.abs(row[c]! - mean)];
      const down = next === undefined ? NaN : Math.abs(row[c]! - next[c]!);
      if (down >= 0) [across, acrossCount] = [across + down, acrossCount + 1];
    }
  }
  if (along < spread / 10) return Infinity;
  return acrossCount === 0 || along === 0 ? 1 : across / acrossCount / (along / alongCount);
}

function meanOf(row: Float64Array): number {
  const known = row.subarray(1).filter(Number.isFinite);
  return known.reduce((sum, value) => sum + value, 0) / known.length;
}
