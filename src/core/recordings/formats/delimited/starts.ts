import { isMissing, numberIn, type NumberForm } from '../text/numbers';
import type { ColumnKind } from './columnKinds';
import type { Row } from './delimiter';

/** Rows of numbers above the samples that are none. */
export interface Above {
  readonly rows: number;
  readonly rate: number | null;
  readonly words: string;
}

/**
 * Wristbands write the start in seconds since 1970 above the samples, and the rate below it, each the same in all columns.
 * @param first the first row that looks like samples
 */
export function startAndRate(rows: readonly Row[], first: number, form: NumberForm): Above | null {
  const [start, rate, next] = [0, 1, 2].map((offset) => sameIn(rows[first + offset]?.cells ?? [], form));
  if (start == null || rate == null || !(start > 9e8 && start < 4.1e9) || !(rate > 0 && rate <= 1e5)) return null;
  // A column of stamps goes on with stamps.
  if (next != null && next > 9e8) return null;
  return { rows: 2, rate, words: `${rate} below the start ${start}` };
}

function sameIn(cells: readonly string[], form: NumberForm): number | null {
  const numbers = cells.filter((cell) => cell.trim() !== '').map((cell) => numberIn(cell, form));
  const [value] = numbers;
  return value !== undefined && numbers.every((number) => number === value) ? value : null;
}

/** Whether the first row of numbers is `0, 1, 2 ...`, as pandas names columns that have no names. */
export function countedHeader(rows: readonly Row[], first: number): Above | null {
  const cells = rows[first]?.cells.map((cell) => cell.trim()) ?? [];
  const from = cells[0] === '' ? 1 : 0;
  const counted = cells.length > from && cells.slice(from).every((cell, at) => cell === String(at));
  if (!counted || (from === 0 && cells.length < 3)) return null;
  const below = rows.slice(first + 1, first + 20);
  const isFraction = (cell: string) => /\d[.,]\d/.test(cell);
  const isIndexed = from === 1 && below.length > 0 && below.every((row) => !isMissing(row.cells[0] ?? ''));
  return isIndexed || below.some((row) => row.cells.some(isFraction)) ? { rows: 1, rate: null, words: '' } : null;
}

/** A column with a cell in the first row of samples alone holds a fact, as watches write their sampling rate. */
function singleFacts(body: readonly Row[], empty: readonly number[]): number[] {
  if (body.length < 8) return [];
  return empty.filter((at) => body.every(({ cells }, row) => ((cells[at] ?? '').trim() !== '') === (row === 0)));
}

/**
 * Oscilloscopes write facts into columns beside the first samples, which end long before the samples do.
 * @param begin the first row of samples
 * @param names of the columns
 */
export function besideFacts(
  rows: readonly Row[],
  begin: number,
  kinds: readonly ColumnKind[],
  names: readonly (string | null)[],
): { readonly columns: ReadonlySet<number>; readonly facts: readonly string[] } {
  const body = rows.slice(begin);
  const columns = new Set<number>();
  for (const [at, { kind }] of kinds.entries())
    if (kind === 'empty' && body.some(({ cells }) => (cells[at] ?? '') !== '')) columns.add(at);
  const facts = body
    .slice(0, 60)
    .map(({ cells }) => [...columns].map((at) => cells[at] ?? '').filter((cell) => cell !== ''));
  const isFacts = facts.filter((cells) => cells.length > 1).length > 1;
  if (isFacts) return { columns, facts: facts.map((cells) => cells.join(': ')) };
  const single = singleFacts(body, [...columns]);
  return { columns: new Set(single), facts: single.map((at) => `${names[at] ?? ''}: ${body[0]?.cells[at] ?? ''}`) };
}
