import * as v from 'valibot';
import { sketchHeights } from '../core/recordings/sketch';
import { sequenceSummary } from './sequences';
import { count, numbers, text, type Shape } from './shapes';

/** What the extension asks the engine about one file that somebody looks at, whether it is in the index or not. */

/** A sequence of a file, for somebody who looks at it. Every string comes from a file and is hostile to HTML. */
export const recordingView = v.object({
  summary: sequenceSummary,
  /** What keeps recordings of one origin together, by the workspace's labels, or `null`. */
  group: v.nullable(text),
  /** Of the channels, `null` where the file gives none. */
  units: v.array(v.nullable(text)),
  /** How much each channel varies, from 0 to 1: its standard deviation beside the largest among channels of its unit. */
  variation: numbers,
  /** Why it cannot be shown though it was read; ends the sentence "skipped, because ...". */
  problem: v.nullable(v.string()),
});
export type RecordingView = Shape<typeof recordingView>;

/** Columns of the plot of a sequence in a list. */
export const sketchColumns = 24;

/** The greatest value of a sketch; the smallest is 0. */
export const tallestSketch = sketchHeights - 1;

/** As many sequences are listed together. */
export const mostListed = 200;

export const listedSequence = v.object({
  number: count,
  name: v.nullable(text),
  label: v.nullable(text),
  steps: count,
  rate: v.nullable(v.number()),
  /** Whether it can be shown and searched with. */
  usable: v.boolean(),
  /** The course of its first channel; see `sketchOf`. */
  sketch: v.pipe(v.array(v.pipe(count, v.maxValue(tallestSketch))), v.maxLength(sketchColumns)),
});
export type ListedSequence = Shape<typeof listedSequence>;

export const recordingRequests = {
  /** A sequence of a file; the last one where the file holds fewer. */
  recording: { params: v.object({ path: text, number: count }), answer: recordingView, repeatable: true },
  /** The recordings of the index that come before and after a file in its folder, in the order of their names. */
  neighbours: {
    params: v.object({ path: text }),
    answer: v.object({ previous: v.nullable(text), next: v.nullable(text) }),
    repeatable: true,
  },
} as const;
