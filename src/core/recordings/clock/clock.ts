import { UnreadableError } from '../reader';
import { resample } from '../resample';
import { spreadBursts } from './bursts';
import { stepsOfStamps } from './evidence';
import { closeGaps, count, medianStep, timelineOf } from './order';
import { unitOf } from './unit';

/** How the rows of a table become samples at a constant rate. */
export interface Clock {
  /** Hz, or `null` if the unit of the clock is not known. */
  readonly rate: number | null;
  /** The unit of the stamps as it was given or guessed. */
  readonly secondsPerUnit: number | null;
  readonly notes: readonly string[];
  /** What the unit of the clock was taken for, where that is a guess that may be wrong; else `null`: see `unitOf`. */
  readonly guess: string | null;
  /** Brings the samples of one channel, one per row, onto the regular grid of the clock. */
  apply(values: Float32Array): Float32Array;
}

/** A clock is regular if no step is further than this share from the median step. */
const stepTolerance = 0.05;
/** ... or if no stamp is further than this share of a step from where even sampling would put it. */
const placeTolerance = 0.1;
/**
 * Over many samples, stamps that stay this near to even sampling at a usual rate were only written unevenly: steps that
 * are uneven themselves lead ever further away.
 */
const looseTolerance = 0.45;
const manySamples = 32;

/**
 * Plans how to use a clock: its rate is that of its median step; where it is irregular, channels are resampled linearly
 * onto a regular grid with the median step.
 * @param stamps One per row, NaN where missing.
 * @param secondsPerUnit The unit of the stamps if it is known; else it is guessed, see `unitOf`, and noted.
 * @param maximumSteps The number of grid points above which the clock is refused.
 * @throws UnreadableError if the gaps of the clock would need more grid points.
 */
export function planClock(stamps: Float64Array, secondsPerUnit: number | null, maximumSteps: number): Clock {
  const given = { secondsPerUnit, note: null, guess: null };
  const { secondsPerUnit: unit, note, guess } = secondsPerUnit === null ? unitOf(stamps) : given;
  const plan = planSteps(stamps, unit, maximumSteps);
  return { ...plan, secondsPerUnit: unit, notes: note === null ? plan.notes : [...plan.notes, note], guess };
}

type StepPlan = Omit<Clock, 'secondsPerUnit' | 'guess'>;

function planSteps(stamps: Float64Array, unit: number | null, maximumSteps: number): StepPlan {
  const even = evenStep(stamps);
  if (even !== null) return { rate: rateOf(even, unit), notes: [], apply: (values) => values };
  const scattered = scatteredStep(stamps, unit);
  if (scattered !== null) return { rate: rateOf(scattered, unit), notes: [scatterNote], apply: (values) => values };
  const { rows, times: ordered, notes } = timelineOf(stamps);
  const gather = (values: Float32Array) => (rows === null ? values : Float32Array.from(rows, (row) => values[row]!));
  if (ordered === null) return { rate: rateOf(spacing(stamps), unit), notes, apply: gather };
  const bursts = spreadBursts(ordered);
  if (bursts !== null && bursts.even !== null) {
    return { rate: rateOf(bursts.even, unit), notes: [...notes, coarseNote], apply: gather };
  }
  const times = bursts === null ? ordered : bursts.times;
  if (times.length < 2) return { rate: null, notes, apply: gather };
  const gaps = closeGaps(times);
  const closed = gaps.closed === 0 ? [] : [closedNote(gaps.closed, gaps.longest, unit)];
  const regular = evenStep(times) ?? scatteredStep(times, unit);
  if (regular !== null) return { rate: rateOf(regular, unit), notes: [...notes, ...closed], apply: gather };
  const step = medianStep(times);
  const span = times[times.length - 1]! - times[0]!;
  if (span === 0) return { rate: null, notes: [...notes, standingNote], apply: gather };
  const points = Math.floor(span / step + 1e-6) + 1;
  if (!(points <= maximumSteps)) throw tooManyPoints(points, maximumSteps);
  return {
    rate: rateOf(step, unit),
    notes: [...notes, ...closed, resampledNote(times, step, unit)],
    apply: (values) => resample(times, gather(values), step, points),
  };
}

const scatterNote = 'its stamps are scattered about even steps: its samples were taken as evenly spaced';
const standingNote = 'its clock stands still: its samples were taken in file order as evenly spaced';
const coarseNote =
  'its clock is too coarse to tell samples apart: its samples were taken in file order as evenly spaced';

/**
 * The step of a regular clock, `null` if it is irregular. Rounded stamps (16, 33, 50 ms) count as regular: no stamp may be
 * further than the resolution of the stamps from where even sampling would put it.
 */
function evenStep(stamps: Float64Array): number | null {
  const last = stamps.length - 1;
  if (last < 1) return null;
  const spread = (stamps[last]! - stamps[0]!) / last;
  if (spread > 0 && isEvenlyPlaced(stamps, spread, placeTolerance)) return spread;
  const { count, positive, median: step } = stepsOfStamps(stamps);
  return count === last && positive === last && allSteps(stamps, step) ? step : null;
}

/** The leading digits of the rates that devices sample at. */
const usualRates = [1, 1.25, 1.28, 1.6, 2, 2.4, 2.5, 2.56, 3, 3.2, 4, 4.096, 5, 5.12, 6, 6.4, 7.5, 8];

function isUsual(rate: number): boolean {
  const digits = rate / 10 ** Math.floor(Math.log10(rate));
  return usualRates.some((usual) => Math.abs(digits / usual - 1) < 0.005) || digits > 9.95;
}

function scatteredStep(stamps: Float64Array, unit: number | null): number | null {
  const last = stamps.length - 1;
  const spread = (stamps[last]! - stamps[0]!) / last;
  return unit !== null &&
    isUsual(1 / (spread * unit)) &&
    last >= manySamples &&
    spread > 0 &&
    isEvenlyPlaced(stamps, spread, looseTolerance)
    ? spread
    : null;
}

function isEvenlyPlaced(stamps: Float64Array, spread: number, share: number): boolean {
  const tolerance = Math.max(spread * share, Math.min(resolution(stamps), spread / 2));
  for (let i = 1; i < stamps.length; i++) {
    if (!(Math.abs(stamps[i]! - stamps[0]! - i * spread) <= tolerance) || stamps[i]! <= stamps[i - 1]!) return false;
  }
  return true;
}

function allSteps(stamps: Float64Array, step: number): boolean {
  for (let i = 1; i < stamps.length; i++) {
    if (Math.abs(stamps[i]! - stamps[i - 1]! - step) > step * stepTolerance) return false;
  }
  return true;
}

/** The largest power of ten, from 1 down to 1e-9, of which all of up to 1000 stamps are multiples; 0 if there is none. */
function resolution(stamps: Float64Array): number {
  const some = stamps.subarray(0, 1000);
  for (let digits = 0; digits <= 9; digits++) {
    const scale = 10 ** digits;
    if (some.every((stamp) => Math.abs(stamp * scale - Math.round(stamp * scale)) < 1e-4)) return 1 / scale;
  }
  return 0;
}

/** The step to assume for samples that their own stamps cannot order. */
function spacing(stamps: Float64Array): number {
  const { count, positive, median: step } = stepsOfStamps(stamps);
  if (positive > count / 2) return step;
  const known = stamps.filter(Number.isFinite);
  const span = Math.abs(known[known.length - 1]! - known[0]!) / count;
  return span > 0 ? span : step;
}

function rateOf(step: number, unit: number | null): number | null {
  const rate = unit === null ? NaN : 1 / (step * unit);
  return Number.isFinite(rate) ? Number(rate.toPrecision(6)) : null;
}

function resampledNote(times: Float64Array, step: number, unit: number | null): string {
  let shortest = Infinity;
  let longest = 0;
  for (let i = 1; i < times.length; i++) {
    shortest = Math.min(shortest, times[i]! - times[i - 1]!);
    longest = Math.max(longest, times[i]! - times[i - 1]!);
  }
  const range = `${duration(shortest, unit)} to ${duration(longest, unit)}`;
  return `its clock is irregular (steps of ${range}): resampled to steps of ${duration(step, unit)}`;
}

function closedNote(closed: number, longest: number, unit: number | null): string {
  return `${count(closed, 'gap')} of its clock closed (the longest: ${duration(longest, unit)})`;
}

function duration(step: number, unit: number | null): string {
  if (unit === null) return `${Number(step.toPrecision(4))} ticks`;
  const seconds = step * unit;
  return seconds >= 1 ? `${Number(seconds.toPrecision(4))} s` : `${Number((seconds * 1000).toPrecision(4))} ms`;
}

function tooManyPoints(points: number, maximum: number): UnreadableError {
  if (Number.isNaN(points)) return new UnreadableError('its clock has steps that are too large for a number');
  const [needed, allowed] = [points, maximum].map((steps) => Math.round(steps).toLocaleString('en'));
  return new UnreadableError(
    `its clock has such gaps that filling them at its median step takes ${needed} time steps, more than the ${allowed} allowed`,
  );
}
