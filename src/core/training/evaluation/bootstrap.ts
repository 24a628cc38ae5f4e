import { randomOf, type Random } from '../../distributions/random';

/** A value with the bounds between which 95 of 100 replicates lie. */
export interface Interval {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/**
 * The percentile interval of the replicates of a value (Efron and Tibshirani 1993, "An Introduction to the Bootstrap",
 * section 13.3), between order statistics that are interpolated linearly.
 */
export function interval(value: number, all: ArrayLike<number>): Interval {
  const sorted = Float64Array.from(all).sort();
  const at = (share: number) => {
    const position = share * (sorted.length - 1);
    const below = Math.floor(position);
    const low = sorted[below]!;
    return low + (position - below) * ((sorted[below + 1] ?? low) - low);
  };
  return { value, low: at(0.025), high: at(0.975) };
}

/** The numbers of a resample of `count` things, drawn with replacement. */
function resample(count: number, random: Random): Int32Array {
  return Int32Array.from({ length: count }, () => random.below(count));
}

/**
 * Intervals for several statistics of one sample at once, so that they stay paired.
 *
 * @param count how many items the sample has, at least one
 * @param statistics of a resample, given as the numbers of its items
 */
export function bootstrap<Name extends string>(
  count: number,
  statistics: (items: Int32Array) => Readonly<Record<Name, number>>,
  random: Random,
  resamples = 500,
): Readonly<Record<Name, Interval>> {
  const whole = statistics(Int32Array.from({ length: count }, (_, i) => i));
  const names = Object.keys(whole) as Name[];
  const drawn = Array.from({ length: resamples }, () => statistics(resample(count, random)));
  const intervals = names.map(
    (name) =>
      [
        name,
        interval(
          whole[name],
          drawn.map((values) => values[name]),
        ),
      ] as const,
  );
  return Object.fromEntries(intervals) as unknown as Readonly<Record<Name, Interval>>;
}

/** How often things are drawn again by name. */
export const replicates = 1000;

const seed = 1;

const known = new Map<string, readonly Uint16Array[]>();

/**
 * How often each of `count` things is drawn in every replicate. The same name gives the same draws, so that methods are
 * compared on the same queries.
 *
 * @param name of what is drawn from, such as a pack
 */
export function drawCounts(name: string, count: number): readonly Uint16Array[] {
  const key = `${name}/${count}`;
  const draws = known.get(key) ?? drawAll(key, count);
  known.set(key, draws);
  return draws;
}

function drawAll(key: string, count: number): readonly Uint16Array[] {
  const random = randomOf(seed, key);
  return Array.from({ length: replicates }, () => {
    const counts = new Uint16Array(count);
    for (const item of resample(count, random)) counts[item]!++;
    return counts;
  });
}

/**
 * The mean of a value per thing in every replicate.
 *
 * @param values at least one
 */
export function meanReplicates(name: string, values: readonly number[]): Float64Array {
  return Float64Array.from(drawCounts(name, values.length), (counts) => {
    const sum = values.reduce((total, value, i) => total + counts[i]! * value, 0);
    return sum / values.length;
  });
}
