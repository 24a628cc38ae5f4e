import * as v from 'valibot';

/** A column of a table, an array or a recording: its name, or its number from 1. */
const column = v.union([v.pipe(v.string(), v.minLength(1), v.maxLength(4096)), positiveInteger(1_000_000)]);

const text = v.pipe(v.string(), v.maxLength(4096));

/** The units in which a clock may count. */
export const clockUnits = ['ns', 'us', 'ms', 's', 'min', 'h', 'day'] as const;

/**
 * What a user decides about the reading of a file; all else is left to the reader. Parts that mean nothing for a
 * format are passed over.
 */
export const decisions = v.strictObject({
  /** Between the cells of a table. */
  delimiter: v.optional(v.picklist([',', ';', 'tab', 'blank', '|'])),
  decimal: v.optional(v.picklist(['.', ','])),
  /** Lines before the table, and then lines of names and units. */
  skipLines: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(1_000_000))),
  headerLines: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(20))),
  /** The column that tells the time, or `null` for none. */
  clock: v.optional(v.nullable(column)),
  clockUnit: v.optional(v.picklist(clockUnits)),
  /** Hz; goes before any clock. */
  rate: v.optional(v.pipe(v.number(), v.finite(), v.minValue(1e-9), v.maxValue(1e12))),
  /** The columns or channels to keep, in this order. */
  channels: v.optional(v.pipe(v.array(column), v.minLength(1), v.maxLength(10_000))),
  /** What the channels are called and measured in, in their order. */
  names: v.optional(v.pipe(v.array(text), v.maxLength(10_000))),
  units: v.optional(v.pipe(v.array(v.nullable(text)), v.maxLength(10_000))),
  /** The column that holds labels, or `null` for none. */
  label: v.optional(v.nullable(column)),
  /** Whether the columns of a table are channels, or its rows are recordings. */
  series: v.optional(v.picklist(['columns', 'rows'])),
  /** Which axis of a two-dimensional array is time. */
  axes: v.optional(v.picklist(['auto', 'time-first', 'channels-first'])),
});

export type Decisions = v.InferOutput<typeof decisions>;
export type ColumnChoice = v.InferOutput<typeof column>;

/** The decisions that a reader has to know, because they change what a sequence is; all others come afterwards. */
export type ReaderDecision = Exclude<keyof Decisions, 'rate' | 'names' | 'units'>;

function positiveInteger(most: number) {
  return v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(most));
}
