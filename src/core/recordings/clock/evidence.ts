/** Steps between neighbouring stamps: how many go forward, how alike they are. */
export interface Steps {
  readonly count: number;
  readonly positive: number;
  readonly negative: number;
  /** Median of the positive steps, NaN if there is none. */
  readonly median: number;
}

/** How many of the steps between stamps go forward and back; missing stamps are passed over. */
export function directionsOf(stamps: Float64Array): Omit<Steps, 'median'> {
  let [known, positive, negative, before] = [0, 0, 0, NaN];
  for (let i = 0; i < stamps.length; i++) {
    const stamp = stamps[i]!;
    if (!Number.isFinite(stamp)) continue;
    known++;
    if (stamp > before) positive++;
    else if (stamp < before) negative++;
    before = stamp;
  }
  return { count: Math.max(0, known - 1), positive, negative };
}

/** Missing stamps are passed over. */
export function stepsOfStamps(stamps: Float64Array): Steps {
  const steps = new Float64Array(Math.max(0, stamps.length - 1));
  let [known, positive, negative, before] = [0, 0, 0, NaN];
  for (let i = 0; i < stamps.length; i++) {
    const stamp = stamps[i]!;
    if (!Number.isFinite(stamp)) continue;
    known++;
    const step = stamp - before;
    before = stamp;
    if (step > 0) steps[positive++] = step;
    else if (step < 0) negative++;
  }
  return { count: Math.max(0, known - 1), positive, negative, median: middleOf(steps.subarray(0, positive).sort()) };
}

/** The lower median, NaN for no values. */
export function median(values: Float64Array): number {
  return middleOf(values.slice().sort());
}

function middleOf(sorted: Float64Array): number {
  return sorted[(sorted.length - 1) >> 1] ?? NaN;
}

/**
 * Whether a column that is named as a clock behaves like one: nearly all stamps are there, and at least nine in ten
 * steps do not go against the direction of the rest.
 */
export function runsLikeClock(stamps: Float64Array): boolean {
  const { count, positive, negative } = directionsOf(stamps);
  if (count + 1 < stamps.length * 0.9 || positive + negative === 0) return false;
  return Math.min(positive, negative) <= count * 0.1;
}

/**
 * Whether a first column that nothing names as a clock is one: no stamp missing, 49 of 50 steps going forward, and four
 * in five steps within half and double the median. A monotone signal (a level, a count, a distance) has uneven steps.
 */
export function runsEvenly(stamps: Float64Array): boolean {
  const steps = stepsOfStamps(stamps);
  if (stamps.length < 4 || steps.count + 1 < stamps.length || steps.positive < steps.count * 0.98) return false;
  let even = 0;
  for (let i = 1; i < stamps.length; i++) {
    const step = stamps[i]! - stamps[i - 1]!;
    if (step >= steps.median / 2 && step <= steps.median * 2) even++;
  }
  return even >= steps.count * 0.8;
}

/** Whether the column counts the rows: integers, each one more than the last. */
export function countsRows(stamps: Float64Array): boolean {
  for (let i = 0; i < stamps.length; i++) {
    if (!Number.isInteger(stamps[i]) || (i > 0 && stamps[i]! - stamps[i - 1]! !== 1)) return false;
  }
  return stamps.length >= 2;
}

/** Whether all steps are equal but for what rounding leaves. */
export function runsExactly(stamps: Float64Array): boolean {
  const { count, positive, median: usual } = stepsOfStamps(stamps);
  if (stamps.length < 4 || count + 1 < stamps.length || positive < count) return false;
  const step = (stamps[stamps.length - 1]! - stamps[0]!) / count;
  // Rounding moves the median step as well, which many stamps tell from uneven steps.
  if (Math.abs(step - usual) >= usual * (count < 32 ? 0.01 : 0.1)) return false;
  return stamps.every((stamp, i) => Math.abs(stamp - stamps[0]! - i * step) < step / 10);
}
