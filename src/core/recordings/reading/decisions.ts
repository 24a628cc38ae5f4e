import * as v from 'valibot';

const text = v.pipe(v.string(), v.maxLength(4096));

const channel = v.union([
  v.pipe(text, v.minLength(1)),
  v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1_000_000)),
]);

/** What a user decides about the reading of a file; all else is left to the reader. */
export const decisions = v.strictObject({
  /** Hz; goes before any clock. */
  rate: v.optional(v.pipe(v.number(), v.finite(), v.minValue(1e-9), v.maxValue(1e12))),
  /** The channels to keep, in this order: names, or numbers from 1. */
  channels: v.optional(v.pipe(v.array(channel), v.minLength(1), v.maxLength(10_000), v.readonly())),
  /** What they are called and measured in, in their order. */
  names: v.optional(v.pipe(v.array(text), v.maxLength(10_000), v.readonly())),
  units: v.optional(v.pipe(v.array(v.nullable(text)), v.maxLength(10_000), v.readonly())),
  /** Which axis of a two-dimensional array is time. */
  axes: v.optional(v.picklist(['auto', 'time-first', 'channels-first'])),
});

export type Decisions = v.InferOutput<typeof decisions>;
export type ChannelChoice = v.InferOutput<typeof channel>;
