import { rowBytes, type RowShape } from './form';

/** How many numbers a kernel reads of a chunk. */
export const chunkNumbers = 4;

/** So many rows at most are measured by one call. */
export const mostMeasured = 32;

interface RoomLayout {
  readonly weights: number;
  readonly thresholds: number;
  readonly measured: number;
  readonly distances: number;
  readonly queries: number;
  readonly table: number;
  readonly counts: number;
  readonly minima: number;
  readonly bounds: number;
  readonly left: number;
  readonly end: number;
}

/** Where a scan keeps what, from the start of its room on. */
export function roomLayout(shape: RowShape, rows: number, chunks: number, queries: number): RoomLayout {
  let end = 0;
  const take = (bytes: number) => {
    const start = end;
    end += Math.ceil(bytes / 16) * 16;
    return start;
  };
  return {
    weights: take(8 * shape.channels),
    thresholds: take(8 * queries),
    measured: take(4 * mostMeasured),
    distances: take(8 * mostMeasured),
    queries: take(rowBytes(shape) * queries),
    table: take(4 * chunkNumbers * chunks),
    counts: take(4 * chunks * queries),
    minima: take(8 * chunks * queries),
    bounds: take(8 * rows * queries),
    left: take(4 * rows * queries),
    end,
  };
}

/** The bytes that a scan needs beside the rows. */
export function roomBytes(shape: RowShape, rows: number, chunks: number, queries: number): number {
  return roomLayout(shape, rows, chunks, queries).end;
}
