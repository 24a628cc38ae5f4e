import * as v from 'valibot';

const text = v.pipe(v.string(), v.maxLength(4096));

const channel = v.union([
  v.pipe(text, v.minLength(1)),
  v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1_000_000)),
]);

export const delimiterNames = ['comma', 'semicolon', 'tab', 'bar', 'blanks'] as const;
export const clockUnits = ['s', 'ms', 'us', 'ns', 'min', 'h', 'days'] as const;

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
  /** What stands between the cells of a text table. */
  delimiter: v.optional(v.picklist(delimiterNames)),
  /** The decimal sign of a text table; the other one then parts thousands. */
  decimal: v.optional(v.picklist(['.', ','])),
  /** How many lines stand above the first samples of a text table; the last of them may hold the names. */
  headerLines: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(100_000))),
  /** The column of a table that tells the time, by name or number from 1; `null` says that there is none. */
  clock: v.optional(v.nullable(channel)),
  clockUnit: v.optional(v.picklist(clockUnits)),
  /** The column of a table that holds the label; `null` says that there is none. */
  label: v.optional(v.nullable(channel)),
  /** Whether the columns of a table are the channels of one recording, or each row is a series of its own. */
  series: v.optional(v.picklist(['columns', 'rows'])),
  /** Whether the recording is cut into sequences where its labels or annotations change. */
  segments: v.optional(v.boolean()),
});

export type Decisions = v.InferOutput<typeof decisions>;
export type ChannelChoice = v.InferOutput<typeof channel>;
