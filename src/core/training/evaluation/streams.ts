import type { Random } from '../../distributions/random';
import type { Span } from '../../encoder/windows';

/** A stretch of a stream that is an instance. */
export interface Placed extends Span {
  readonly label: number;
}

/** Instances one after the other. */
export interface Stream {
  readonly values: Float32Array;
  readonly instances: readonly Placed[];
}

/** The share of an instance that fades into the next one. */
const faded = 0.05;

/** The standard deviation of the noise, beside that of an instance. */
const noise = 0.1;

/**
 * Joins instances, each standardised so that their levels match, by cross-fades of a twentieth of the shorter neighbour, and
 * adds noise.
 */
export function streamOf(
  instances: readonly { readonly values: Float32Array; readonly label: number }[],
  random: Random,
): Stream {
  const placed: Placed[] = [];
  const all: number[] = [];
  let before = 0;
  for (const { values: raw, label } of instances) {
    const values = standardised(raw);
    const fade = Math.floor(faded * Math.min(values.length, before));
    const start = all.length - fade;
    values.forEach((value, i) => {
      const share = (i + 1) / (fade + 1);
      if (i < fade) all[start + i] = (1 - share) * (all[start + i] ?? 0) + share * value;
      else all.push(value);
    });
    placed.push({ start, end: start + values.length, label });
    before = values.length;
  }
  return { values: Float32Array.from(all, (value) => value + noise * random.normal()), instances: placed };
}

/** With mean 0 and standard deviation 1; a constant one is 0. */
export function standardised(values: Float32Array): Float32Array {
  let mean = 0;
  for (const value of values) mean += value / values.length;
  let variance = 0;
  for (const value of values) variance += (value - mean) ** 2 / values.length;
  const deviation = Math.sqrt(variance);
  return values.map((value) => (deviation > 0 ? (value - mean) / deviation : 0));
}

/** Whether a window is right: it shares half of its length, or of an instance of the label, with such an instance. */
export function isRight({ start, end }: Span, label: number, { instances }: Stream): boolean {
  return instances.some((instance) => {
    if (instance.label !== label) return false;
    const shared = Math.min(end, instance.end) - Math.max(start, instance.start);
    return shared >= 0.5 * Math.max(end - start, instance.end - instance.start);
  });
}
