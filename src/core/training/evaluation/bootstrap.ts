import type { Random } from '../../distributions/random';

export interface BootstrapInterval {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/**
 * Intervals of 95% by the percentile bootstrap (Efron and Tibshirani 1993, "An introduction to the bootstrap", section
 * 13.3), for several statistics of one sample at once, so that they stay paired.
 *
 * @param count how many items the sample has, at least one
 * @param statistics of a resample, given as the numbers of its items
 */
export function bootstrap<Name extends string>(
  count: number,
  statistics: (items: Int32Array) => Readonly<Record<Name, number>>,
  random: Random,
  resamples = 500,
): Readonly<Record<Name, BootstrapInterval>> {
  const whole = statistics(Int32Array.from({ length: count }, (_, i) => i));
  const names = Object.keys(whole) as Name[];
  const drawn = new Map(names.map((name) => [name, new Float64Array(resamples)]));
  for (let r = 0; r < resamples; r++) {
    const values = statistics(Int32Array.from({ length: count }, () => random.below(count)));
    for (const name of names) drawn.get(name)![r] = values[name];
  }
  const intervals = names.map((name) => {
    const sorted = drawn.get(name)!.sort();
    const at = (share: number) => sorted[Math.round(share * (resamples - 1))]!;
    return [name, { value: whole[name], low: at(0.025), high: at(0.975) }] as const;
  });
  return Object.fromEntries(intervals) as unknown as Readonly<Record<Name, BootstrapInterval>>;
}
