import type { Row } from './delimiter';
import { judged, type Dialect } from './dialect';

/**
 * Milliseconds behind a comma between commas: a cell of a time, and then cells of three or six digits.
 * @param above rows above those of the dialect
 */
export function joinedCell({ delimiter, rows, width }: Dialect, above: readonly Row[]): number | null {
  if (delimiter !== ',') return null;
  const body = judged(rows, width);
  for (let at = 0; at + 1 < Math.min(width, 8); at++) {
    const isTime = body.every(
      (row) => /\d:\d{2}:\d{2}$/.test(row[at] ?? '') && /^(\d{3}|\d{6})$/.test(row[at + 1] ?? ''),
    );
    const header = [...above, ...rows].find(({ cells }) => cells.length > 1);
    if (
      isTime &&
      body.length > 1 &&
      (header === undefined || header.cells.length === width - 1 || header.cells === body[0])
    )
      return at;
  }
  return null;
}

export function join(cells: readonly string[], at: number): string[] {
  const isTime = /\d:\d{2}:\d{2}$/.test(cells[at] ?? '');
  return isTime
    ? [...cells.slice(0, at), `${cells[at] ?? ''},${cells[at + 1] ?? ''}`, ...cells.slice(at + 2)]
    : [...cells];
}
