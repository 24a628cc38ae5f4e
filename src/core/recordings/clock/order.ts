import { median } from './evidence';

/** Which rows of a table to take, in which order, and when they were sampled. */
export interface Timeline {
  /** Row numbers in the order of time, or `null` for every row in file order. */
  readonly rows: Uint32Array | null;
  /** Increasing stamps of those rows, or `null` where the clock cannot order its samples. */
  readonly times: Float64Array | null;
  readonly notes: readonly string[];
}

/**
 * Brings rows into the order of time. Rows without a stamp are left out; a clock that runs backwards throughout is
 * turned; rows that come late are sorted in, or left out if their stamp was there before (loggers repeat whole buffers).
 * Rows that follow one another with one stamp are samples of their own. A clock that starts over, or that mixes up more
 * than one row in twenty, orders nothing.
 */
export function timelineOf(stamps: Float64Array): Timeline {
  const notes: string[] = [];
  const rows = rowsWithStamp(stamps);
  if (rows.length < stamps.length)
    notes.push(`${count(stamps.length - rows.length, 'row')} without a time stamp left out`);
  if (runsBackwards(stamps, rows)) {
    rows.reverse();
    notes.push('its clock runs backwards: read from its last row to its first');
  }
  const order = orderOf(stamps, rows);
  if (order.restarts) return inFileOrder(stamps, notes, 'its clock starts over');
  if (order.late > 0) rows.sort((a, b) => stamps[a]! - stamps[b]! || a - b);
  const kept = order.late > 0 ? withoutRepeats(stamps, rows, order.lateRows) : rows;
  const repeats = rows.length - kept.length;
  const sortedIn = order.late - repeats;
  if (sortedIn * 20 > rows.length || repeats * 2 > rows.length)
    return inFileOrder(stamps, notes, 'its clock starts over');
  if (repeats > 0) notes.push(`${count(repeats, 'row')} with a repeated time stamp left out`);
  if (sortedIn > 0) notes.push(`${count(sortedIn, 'row')} sorted in by their time stamps`);
  return { rows: rowsOrNull(kept, stamps.length), times: Float64Array.from(kept, (row) => stamps[row]!), notes };
}

function inFileOrder(stamps: Float64Array, notes: readonly string[], why: string): Timeline {
  const note = `${why}: its samples were taken in file order as evenly spaced`;
  return { rows: rowsOrNull(rowsWithStamp(stamps), stamps.length), times: null, notes: [...notes, note] };
}

export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

function rowsWithStamp(stamps: Float64Array): Uint32Array {
  const rows = new Uint32Array(stamps.length);
  let kept = 0;
  for (let row = 0; row < stamps.length; row++) if (Number.isFinite(stamps[row])) rows[kept++] = row;
  return rows.subarray(0, kept);
}

function rowsOrNull(rows: Uint32Array, all: number): Uint32Array | null {
  return rows.length === all && rows.every((row, i) => row === i) ? null : rows;
}

function runsBackwards(stamps: Float64Array, rows: Uint32Array): boolean {
  let negative = 0;
  for (let i = 1; i < rows.length; i++) if (stamps[rows[i]!]! < stamps[rows[i - 1]!]!) negative++;
  return negative > (rows.length - 1) / 2;
}

interface Order {
  /** How many rows have a stamp before that of a row above them, or follow such a row with its own stamp. */
  readonly late: number;
  /** Which rows those are. */
  readonly lateRows: ReadonlySet<number>;
  /** Whether the clock falls back to where it started. */
  readonly restarts: boolean;
}

function orderOf(stamps: Float64Array, rows: Uint32Array): Order {
  const start = stamps[rows[0]!]!;
  const lateRows = new Set<number>();
  let [latest, isLate, restarts] = [-Infinity, false, false];
  for (const row of rows) {
    const stamp = stamps[row]!;
    isLate = stamp < latest || (stamp === latest && isLate);
    if (isLate) {
      lateRows.add(row);
      restarts ||= stamp <= start;
    } else latest = stamp;
    if (restarts) break;
  }
  return { late: lateRows.size, lateRows, restarts };
}

function withoutRepeats(stamps: Float64Array, rows: Uint32Array, late: ReadonlySet<number>): Uint32Array {
  return rows.filter((row, i) => i === 0 || stamps[row]! > stamps[rows[i - 1]!]! || !late.has(row));
}

/**
 * Closes gaps of more than 1000 median steps to one step, in place, since what would fill them is not a recording
 * (a clock that was set while it ran, a pause over night).
 * @returns how many gaps were closed, and the longest.
 */
export function closeGaps(times: Float64Array): { readonly closed: number; readonly longest: number } {
  const step = medianStep(times);
  let closed = 0;
  let longest = 0;
  // Where time goes on after the last gap, and the stamp there: a sum of all gaps would lose the digits of the stamps.
  let [base, anchor] = [0, 0];
  for (let i = 1, before = times[0] ?? 0; i < times.length; i++) {
    const stamp = times[i]!;
    const gap = stamp - before;
    before = stamp;
    if (gap > 1000 * step) {
      closed++;
      longest = Math.max(longest, gap);
      [base, anchor] = [times[i - 1]! + step, stamp];
    }
    times[i] = base + (stamp - anchor);
  }
  return { closed, longest };
}

/** Median of the steps between increasing times, NaN for fewer than two times. */
export function medianStep(times: Float64Array): number {
  const steps = new Float64Array(Math.max(0, times.length - 1));
  for (let i = 0; i < steps.length; i++) steps[i] = times[i + 1]! - times[i]!;
  return median(steps);
}
