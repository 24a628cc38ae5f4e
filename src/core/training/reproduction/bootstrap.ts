import { randomOf } from '../../distributions/random';

/** How often queries are drawn anew. */
export const replicates = 1000;

const seed = 1;

const known = new Map<string, readonly Uint16Array[]>();

/**
 * How often each of `count` things is drawn in every replicate of the bootstrap, `count` draws with replacement (Efron and
 * Tibshirani 1993, "An Introduction to the Bootstrap", chapter 6). The same name gives the same draws, so that methods are
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
    for (let i = 0; i < count; i++) counts[random.below(count)]!++;
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
    let sum = 0;
    for (let i = 0; i < values.length; i++) sum += counts[i]! * values[i]!;
    return sum / values.length;
  });
}

/** A value with the bounds between which 95 of 100 replicates lie. */
export interface Interval {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** The percentile interval of the replicates of a value, between order statistics that are interpolated linearly. */
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
