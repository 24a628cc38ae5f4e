/** Stamps of a clock that starts over made to run on, in seconds, in place. */
export interface Unrolled {
  readonly notes: readonly string[];
}

/**
 * Lets times of day run on across midnight, noon (on a face of twelve hours) or a full hour (where minutes are counted):
 * a fall by more than half of the period is the start of the next one.
 * @param stamps seconds, NaN where missing
 */
export function unrollPeriod(stamps: Float64Array, period: number): Unrolled {
  if (!Number.isFinite(period)) return { notes: [] };
  const turns = turnsOf(stamps, period);
  if (turns === null) return { notes: [] };
  let [shift, before] = [0, NaN];
  for (let i = 0; i < stamps.length; i++) {
    const stamp = stamps[i]!;
    if (Number.isNaN(stamp)) continue;
    if (before - stamp > period / 2) shift += period;
    else if (stamp - before > period / 2 && shift > 0) shift -= period;
    before = stamp;
    stamps[i] = stamp + shift;
  }
  const where = period === 86_400 ? 'midnight' : period === 43_200 ? 'twelve o’clock' : 'the full hour';
  return { notes: [`its clock passes ${where}: it was read on from there`] };
}

/** How often the clock starts over, `null` if it does not, or if it mostly runs backwards. */
function turnsOf(stamps: Float64Array, period: number): number | null {
  let [turns, falls, before] = [0, 0, NaN];
  for (const stamp of stamps) {
    if (Number.isNaN(stamp)) continue;
    if (before - stamp > period / 2) turns++;
    else if (stamp < before) falls++;
    before = stamp;
  }
  return turns === 0 || falls > stamps.length / 2 ? null : turns;
}

/**
 * Evens out the hour that local times repeat when summer time ends, and the one that they leave out when it begins.
 * @param stamps seconds since 1970 of local time without a zone
 */
export function unrollSummerTime(stamps: Float64Array): Unrolled {
  // Newest first: the same from the other end.
  if (stamps[0]! > stamps[stamps.length - 1]!) {
    const turned = stamps.slice().reverse();
    const unrolled = turned[0]! < turned[turned.length - 1]! ? unrollSummerTime(turned) : { notes: [] };
    stamps.set(turned.reverse());
    return unrolled;
  }
  let step = Infinity;
  for (let i = 1; i < stamps.length; i++) {
    const difference = stamps[i]! - stamps[i - 1]!;
    if (difference > 0 && difference < step) step = difference;
  }
  let [shift, before, changes] = [0, NaN, 0];
  for (let i = 0; i < stamps.length; i++) {
    const stamp = stamps[i]!;
    if (Number.isNaN(stamp)) continue;
    const difference = stamp - before;
    const change = difference < 0 ? fallsBack(difference, before, step) : springsForward(difference, before, step);
    if (change !== 0) changes++;
    shift += change;
    before = stamp;
    stamps[i] = stamp + shift;
  }
  return { notes: changes === 0 ? [] : ['its local time changes to or from summer time: evened out'] };
}

/** Back by an hour, less at most a few steps, in an autumn of either half of the earth. */
function fallsBack(difference: number, before: number, step: number): number {
  const back = difference + 3600;
  const month = new Date(before * 1000).getUTCMonth();
  const isSeason = month === 9 || month === 10 || month === 3;
  return isSeason && isSunday(before) && back >= 0 && back <= Math.max(step * 3, 1) ? 3600 : 0;
}

function springsForward(difference: number, before: number, step: number): number {
  const month = new Date(before * 1000).getUTCMonth();
  const isSeason = month === 2 || month === 8 || month === 9;
  const isStep = difference > 3600 && difference - 3600 <= step * 1.5 && step < 1800;
  return isSeason && isSunday(before) && isStep ? -3600 : 0;
}

function isSunday(seconds: number): boolean {
  return new Date(seconds * 1000).getUTCDay() === 0;
}
