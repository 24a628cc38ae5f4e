import type { RowScanner } from './scan';

/** Whether all cells of a row are empty. */
export function isEmptyRow({ starts, ends }: RowScanner, count: number): boolean {
  for (let cell = 0; cell < count; cell++) if (ends[cell]! > starts[cell]!) return false;
  return true;
}

/** Makes one cell of two, with what stands between them. */
export function joinCells(row: RowScanner, at: number): void {
  row.ends[at] = row.ends[at + 1]!;
  row.starts.copyWithin(at + 1, at + 2, row.count);
  row.ends.copyWithin(at + 1, at + 2, row.count);
  row.count--;
}
