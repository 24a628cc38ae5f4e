import * as v from 'valibot';
import { decisions } from '../core/recordings/reading/decisions';
import { questions } from './explanation';
import { sequenceRef } from './sequences';
import { count, text, type Shape } from './shapes';

/** What the extension asks the engine about how files are read; pages never ask for a path. */

export { clockUnits, decisions, delimiterNames } from '../core/recordings/reading/decisions';
export type Decisions = Shape<typeof decisions>;
export type DecisionName = keyof Decisions;

const names = v.array(v.nullable(text));

const describedSequence = v.object({
  name: v.nullable(text),
  label: v.nullable(text),
  rate: v.nullable(v.number()),
  steps: count,
  channels: v.array(v.object({ name: v.nullable(text), unit: v.nullable(text) })),
  notes: v.array(text),
  doubts: v.array(text),
  /** Why it cannot be used though it was read; ends the sentence "skipped, because ...". */
  problem: v.exactOptional(v.string()),
});
export type DescribedSequence = Shape<typeof describedSequence>;

const rowRole = v.picklist(['passedOver', 'names', 'units', 'samples']);
export type RowRole = Shape<typeof rowRole>;

const columnRole = v.picklist(['clock', 'label', 'channel', 'series', 'leftOut']);
export type ColumnRole = Shape<typeof columnRole>;

const describedTable = v.object({
  rows: v.array(v.object({ line: count, role: rowRole, cells: v.array(text) })),
  columns: v.array(v.object({ name: v.nullable(text), role: columnRole })),
});
export type DescribedTable = Shape<typeof describedTable>;

/** How a file is read: the first of what there is to tell. Every string comes from the file and is hostile to HTML. */
export const readingDescription = v.object({
  format: text,
  /** Ends the sentence "skipped, because ...". */
  problem: v.nullable(v.string()),
  decidable: v.array(v.pipe(v.string(), v.picklist(Object.keys(decisions.entries) as DecisionName[]))),
  decided: decisions,
  sequences: v.array(describedSequence),
  sequenceCount: count,
  table: v.nullable(describedTable),
  /** All channels that may be kept, whichever are; none where a table shows them. */
  channels: names,
});
export type ReadingDescription = Shape<typeof readingDescription>;

const path = { path: text };

/** The rules of the workspace folder that a file lies in. */
export const readingRulesAnswer = v.object({
  /** The recording that the file stands for: the header of a WFDB record for its signals. */
  ...path,
  /** Its path as it is shown. */
  file: text,
  /** The `reading.json` of its folder; `null` for a file outside of the workspace. */
  rulesFile: v.nullable(text),
  /** What is wrong with that file, if anything. */
  problem: v.nullable(v.object({ line: count, reason: v.string() })),
  /** What the rules decide about the file. */
  decisions,
  /** What its rules could be for. */
  globs: v.object({ file: text, alike: text, all: text }),
});
export type ReadingRules = Shape<typeof readingRulesAnswer>;

export const glob = v.pipe(v.string(), v.minLength(1), v.maxLength(1000));

export const countedFiles = v.object({
  files: count,
  /** Whether the file itself is one of them. */
  own: v.boolean(),
  /** Whether there is a rule of this very glob. */
  ruled: v.boolean(),
  /** Why the glob cannot be used, as the end of "it cannot be used, because ...". */
  problem: v.nullable(v.string()),
});
export type CountedFiles = Shape<typeof countedFiles>;

export const readingRequests = {
  /** How a file is read by these decisions and no others. */
  describeReading: { params: v.object({ ...path, decisions }), answer: readingDescription, repeatable: true },
  /** A part of a sequence of a file that is read by these decisions and no others. */
  previewSeries: {
    params: v.object({ ...questions.series.asked.entries, ref: sequenceRef, decisions }),
    answer: questions.series.answer,
    repeatable: true,
  },
  readingRules: { params: v.object(path), answer: readingRulesAnswer, repeatable: true },
  /** The candidates of the folder that a file lies in that a glob names. */
  countFiles: { params: v.object({ ...path, glob }), answer: countedFiles, repeatable: true },
  /** Writes the rule of a glob so that it comes to these decisions, or removes it. */
  setReadingRule: {
    params: v.object({ ...path, glob, decisions: v.nullable(decisions) }),
    /** What the rule decides: nothing where none is needed. */
    answer: v.object({ decided: decisions }),
  },
} as const;
