import * as v from 'valibot';
import { span } from './explanation';
import { indexStatus, sequenceRef, sequenceSummary } from './sequences';
import { count, text, type Shape } from './shapes';

/** A search for a part of a recording: what is ranked are windows, stretches of recordings that last as long. */

/** Where windows are looked for. */
const among = v.variant('kind', [
  /** In all recordings with the query's channels. */
  v.object({ kind: v.literal('layout') }),
  /** In the query's own recording. */
  v.object({ kind: v.literal('recording') }),
  /** In some files, or all below some folders; absolute paths. */
  v.object({ kind: v.literal('files'), paths: v.pipe(v.array(text), v.minLength(1), v.maxLength(10_000)) }),
]);
export type WindowsAmong = Shape<typeof among>;

/** The best window of every recording, or all windows, of which none overlaps a better one by more than a quarter. */
const each = v.picklist(['best', 'all']);

export const windowsParams = v.object({
  query: sequenceRef,
  /** The stretch that is searched for, in time steps of the recording as plots count them. */
  span,
  among,
  each,
  limit: v.pipe(count, v.minValue(1), v.maxValue(1000)),
  /** Whether windows may also last half to twice as long. */
  range: v.exactOptional(v.boolean()),
  /** Whether every window is measured, instead of those that may be near by their tracks. It takes long. */
  thorough: v.exactOptional(v.boolean()),
});
export type WindowsParams = Shape<typeof windowsParams>;

const foundWindow = v.object({
  /** From 1. */
  rank: count,
  distance: v.number(),
  sequence: sequenceSummary,
  /** In time steps of its own recording. */
  span,
});
export type FoundWindow = Shape<typeof foundWindow>;

export const windowsFound = v.object({
  query: sequenceSummary,
  span,
  /** How long the stretch is: in seconds where the query's rate is known. */
  seconds: v.nullable(v.number()),
  /** What a user should know of the stretch, in sentences. */
  notes: v.array(text),
  /** Nearest first. */
  rows: v.array(foundWindow),
  /** How many recordings were searched, and how many windows of them. */
  searched: v.object({ recordings: count, windows: count }),
  /** Recordings that were not searched, and why; the reason ends the sentence "not searched, because ...". */
  left: v.array(v.object({ recordings: count, reason: text })),
  index: indexStatus,
  milliseconds: v.number(),
});
export type WindowsFound = Shape<typeof windowsFound>;

export const windowRequests = {
  /** Ranks windows by their distance to a stretch of a recording. */
  windows: { params: windowsParams, answer: windowsFound, repeatable: true },
} as const;
