import { median } from './evidence';

/** Stamps of which several are equal, told apart. */
export interface Spread {
  /** Increasing. */
  readonly times: Float64Array;
  /** The step between samples if they were taken evenly but for their bursts, else `null`. */
  readonly even: number | null;
}

/**
 * Tells samples of one stamp apart: those that are sent together, or read from a clock coarser than they come, were
 * taken one after the other. Those of a stamp are spread up to the next one.
 * @param times that never fall
 * @returns `null` if no two are equal
 */
export function spreadBursts(times: Float64Array): Spread | null {
  const starts = startsOf(times);
  if (starts.length === times.length || starts.length < 2) return null;
  const gaps = Float64Array.from({ length: starts.length - 1 }, (_, g) => times[starts[g + 1]!]! - times[starts[g]!]!);
  const usualGap = median(gaps);
  const last = starts.length - 1;
  const step = (times[starts[last]!]! - times[starts[0]!]!) / starts[last]!;
  const spread = new Float64Array(times.length);
  let longest = 0;
  for (let g = 0; g <= last; g++) {
    const from = starts[g]!;
    const to = g < last ? starts[g + 1]! : times.length;
    const gap = g < last ? gaps[g]! : (to - from) * step;
    longest = Math.max(longest, gap);
    const room = gap > 5 * usualGap ? Math.min(gap, (to - from) * step) : gap;
    for (let i = from; i < to; i++) spread[i] = times[from]! + (room * (i - from)) / (to - from);
  }
  return { times: spread, even: longest <= 5 * usualGap ? step : null };
}

/** Where each different stamp comes first. */
function startsOf(times: Float64Array): Uint32Array {
  const starts = new Uint32Array(times.length);
  let groups = 0;
  for (let i = 0; i < times.length; i++) if (i === 0 || times[i]! > times[i - 1]!) starts[groups++] = i;
  return starts.subarray(0, groups);
}
