import * as v from 'valibot';
import { count, text } from '../shapes';

/** A recording as the commands tell of it. Every text comes from a file. */
export const recordingEntries = {
  /** The absolute path of its file. */
  path: text,
  /** The path from the folder, with forward slashes (after the folder's name if there are several). */
  file: text,
  /** Its number in the file, from 1. */
  sequence: v.pipe(count, v.minValue(1)),
  /** How many recordings the file holds. */
  siblings: count,
  name: v.nullable(text),
  label: v.nullable(text),
  format: text,
  /** The names of the channels in order, `null` where the file gives none. */
  channels: v.array(v.nullable(text)),
  steps: count,
  /** Hz, or `null` if unknown. */
  rate: v.nullable(v.number()),
};

export const recording = v.object(recordingEntries);

/** Which recording of which file is meant: its number in the file is counted from 1. */
export const named = v.strictObject({ file: text, sequence: v.optional(v.pipe(count, v.minValue(1)), 1) });

/** The version of what the commands answer. It grows when a field goes or changes its meaning, not when one is added. */
export const schemaVersion = 1;

/** What every answer begins with: of which command it is, in which version of this schema, by which version of Kindred. */
export const headOf = <Name extends string>(command: Name) => ({
  kindred: v.object({ schema: v.literal(schemaVersion), version: v.string(), command: v.literal(command) }),
});
