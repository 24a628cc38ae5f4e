import { median, stepsOfStamps } from './evidence';

/** The unit of a clock whose column names none, and why it was taken. */
export interface GuessedUnit {
  readonly secondsPerUnit: number | null;
  readonly note: string | null;
  /** What the unit was taken for and why, where that is a fit that may be wrong; `null` where it is sure. */
  readonly guess: string | null;
}

/**
 * The unit of stamps whose column tells none, as far as they tell it themselves: stamps of this century since 1970 in
 * seconds to nanoseconds; days as spreadsheets (since 1900) and MATLAB (since the year 0) count them, or parts of one day, if their step is a
 * round one in seconds but not in days; the ticks of Windows. Others with fractions are taken for seconds; whole numbers
 * may count anything.
 */
export function unitOf(stamps: Float64Array): GuessedUnit {
  const known = stamps.subarray(0, 4096).filter(Number.isFinite);
  const middle = median(known);
  const epoch = [1, 1e-3, 1e-6, 1e-9].find((unit) => middle * unit > 9e8 && middle * unit < 4.1e9);
  if (epoch !== undefined) return sure(epoch);
  if ((middle > 1.2e17 && middle < 1.5e17) || (middle > 6.2e17 && middle < 6.7e17)) {
    return sure(1e-7, 'its clock was taken for ticks of 100 ns, as its stamps are of that size');
  }
  if (known.every(Number.isInteger) && areWhole(stamps)) return sure(null);
  if (countsDays(known, middle)) {
    return { secondsPerUnit: 86_400, note: null, guess: 'taken for days, as its stamps and steps fit a count of days' };
  }
  const step = stepsOfStamps(known).median;
  // Fractions of milliseconds look the same; but what is sampled more often than once a second rather counts seconds.
  if (step > longestSure)
    return { secondsPerUnit: 1, note: null, guess: `taken for seconds, though it steps by ${shown(step)}` };
  return sure(1, 'its clock names no unit: taken for seconds, as its stamps have fractions');
}

/** The longest step, in seconds, of a clock with fractions that is surely one of seconds. */
const longestSure = 1;

function sure(secondsPerUnit: number | null, note: string | null = null): GuessedUnit {
  return { secondsPerUnit, note, guess: null };
}

function shown(step: number): number {
  return Number(step.toPrecision(4));
}

function areWhole(stamps: Float64Array): boolean {
  return stamps.every((stamp) => Number.isInteger(stamp) || Number.isNaN(stamp));
}

function countsDays(known: Float64Array, middle: number): boolean {
  const isFraction = known.every((stamp) => stamp >= 0 && stamp < 1);
  const isDays = isFraction || (middle > 25_000 && middle < 70_000) || (middle > 690_000 && middle < 770_000);
  if (!isDays && !(middle > 2_400_000 && middle < 2_500_000)) return false;
  const count = known.length - 1;
  const step = (known[count]! - known[0]!) / count;
  if (!(step > 0)) return false;
  // Rounded stamps tell the mean step no better than this.
  const tolerance = Math.max(1e-3, 1e-8 / (step * count));
  // Nothing that is sampled faster than this goes on for days.
  if (step < 1e-5 && !isFraction) return true;
  return isRound(step * 86_400, tolerance) && !isRound(step, tolerance / 10);
}

/** Whether a step, or the rate that belongs to it, is one that people choose: of two digits at most. */
function isRound(step: number, tolerance: number): boolean {
  return [step, 1 / step].some((value) => Math.abs(Number(value.toPrecision(2)) / value - 1) < tolerance);
}
