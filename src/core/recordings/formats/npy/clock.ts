import type { ReadOptions } from '../../reader';
import { planClock, type Clock } from '../../clock/clock';
import { runsLikeClock } from '../../clock/evidence';
import { unitDoubt, type Doubt } from '../../reading/doubts';
import { quoted } from '../pcm/text';

/** Numbers that may be the times of samples. */
export interface Stamps {
  readonly name: string | null;
  readonly values: Float64Array;
  /** Seconds per unit, NaN or `null` if that is not known. */
  readonly seconds: number | null;
  readonly isDate: boolean;
}

/**
 * The clock among what may be one: dates first, then a unit that is known.
 * @returns the clock, or `null`; what is doubtful of it; and what is no clock although its name says so, without dates
 */
export function clockOf(
  stamps: readonly Stamps[],
  channels: number,
  options: ReadOptions,
): { readonly clock: Clock | null; readonly doubts: readonly Doubt[]; readonly others: readonly Stamps[] } {
  const checked = stamps.map((candidate) => ({ ...candidate, values: withoutNotATime(candidate) }));
  const running = checked.filter(({ values }) => runsLikeClock(values));
  const rankOf = ({ isDate, seconds }: Stamps) => (isDate ? 2 : unitOf(seconds) === null ? 0 : 1);
  const [best] = [...running].sort((a, b) => rankOf(b) - rankOf(a));
  const others = checked.filter((candidate) => !running.includes(candidate) && !candidate.isDate);
  if (best === undefined) return { clock: null, doubts: [], others };
  const mostSteps = Math.floor(options.maximumSamples / Math.max(1, channels + others.length));
  const clock = planClock(best.values, unitOf(best.seconds), mostSteps);
  const name = best.name === null ? 'of its records' : quoted(best.name);
  return { clock, doubts: clock.guess === null ? [] : [unitDoubt(name, clock.guess)], others };
}

/** @returns seconds per unit, `null` if that is not known */
function unitOf(seconds: number | null): number | null {
  return seconds === null || Number.isNaN(seconds) ? null : seconds;
}

/** NumPy's "not a time" is the smallest integer. */
function withoutNotATime({ values, isDate }: Stamps): Float64Array {
  return isDate ? values.map((value) => (value === -(2 ** 63) ? NaN : value)) : values;
}
