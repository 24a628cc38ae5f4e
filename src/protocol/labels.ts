import * as v from 'valibot';
import { tuningSettings } from './finetune';
import { labelSource } from '../core/labels/labelSource';
import { count, text, type Shape } from './shapes';

export { labelSource, type LabelSource } from '../core/labels/labelSource';

/** What the extension and the page for fine-tuning ask the engine about labels. */

/** What a user should know before training on a set. */
export const labelWarning = v.variant('kind', [
  /** So many labels for so many sequences that they may be names. */
  v.object({ kind: v.literal('maybeNames'), labels: count, sequences: count }),
  v.object({ kind: v.literal('nothingToHoldOut') }),
]);
export type LabelWarning = Shape<typeof labelWarning>;

/** Why sequences are not used: contradicting lines or copies, a label that no other has, a single label for all. */
export const leftOutReason = v.picklist(['conflict', 'copies', 'single', 'alike']);
export type LeftOutReason = Shape<typeof leftOutReason>;

/** Why a source of labels cannot be used. */
export const sourceProblem = v.variant('kind', [
  v.object({
    kind: v.picklist([
      'noneInside',
      'noLabelsFile',
      'noFolders',
      'noPattern',
      'noMatch',
      'nothingToHoldOut',
      'noTwoLabels',
      'patternTooLong',
      'patternTooSlow',
    ]),
  }),
  v.object({ kind: v.literal('patternInvalid'), reason: v.string() }),
]);
export type SourceProblem = Shape<typeof sourceProblem>;

export const labelSetSummary = v.object({
  id: text,
  /** The file or folder that all its sequences come from; empty for the whole workspace. */
  name: text,
  /** How many channels, and what the first of them are called. */
  channels: v.object({ count, names: v.nullable(v.array(text)) }),
  sequences: count,
  labelCount: count,
  /** The most frequent labels. */
  labels: v.array(v.object({ label: text, count })),
  usable: v.boolean(),
  /** Whether it would be chosen unless the user chose otherwise. */
  advised: v.boolean(),
  warnings: v.array(labelWarning),
});
export type LabelSetSummary = Shape<typeof labelSetSummary>;

export const sourceSummary = v.object({
  source: labelSource,
  /** How many sequences it gives labels, and how many different ones. */
  sequences: count,
  labels: count,
  sets: v.array(labelSetSummary),
  leftOut: v.array(v.object({ reason: leftOutReason, count, examples: v.array(text) })),
  /** Some files with the label that they get. */
  preview: v.array(v.object({ file: text, label: v.nullable(text) })),
  /** Why the source cannot be used, or `null`. */
  problem: v.nullable(sourceProblem),
});
export type SourceSummary = Shape<typeof sourceSummary>;

export const labelOverview = v.object({
  /** How many sequences are indexed. */
  sequences: count,
  sources: v.array(sourceSummary),
  /** Patterns that find labels in the names of these files. */
  suggestions: v.array(text),
});
export type LabelOverview = Shape<typeof labelOverview>;

const setLabelParams = v.object({
  /** Whole files, or single sequences of files that hold several. */
  targets: v.array(v.object({ path: v.string(), number: v.nullable(count) })),
  /** Empty to take the label away. */
  label: v.string(),
});
export type SetLabelParams = Shape<typeof setLabelParams>;

/** `written`: the labels files that were. */
const setLabelAnswer = v.object({ written: v.array(v.string()), changed: count });
export type SetLabelAnswer = Shape<typeof setLabelAnswer>;

const labelsOfAnswer = v.object({
  /** The labels that the recordings have, from `labels.csv` or their own files, and how many have each. */
  labels: v.array(v.object({ label: text, count })),
});

export type LabelsOfAnswer = Shape<typeof labelsOfAnswer>;

const undoLabelsAnswer = v.object({
  /** The labels files that are as they were before; none when there was nothing to undo. */
  written: v.array(v.string()),
});

const planParams = v.object({
  source: labelSource,
  /** The ids of the sets to train on. */
  sets: v.pipe(v.array(text), v.minLength(1)),
  settings: tuningSettings,
  /** Where the plan is written. */
  folder: v.string(),
});
export type PlanParams = Shape<typeof planParams>;

const planAnswer = v.object({
  /**
   * Why nothing was planned, or `null`. `changed`: the chosen sets are not there (any more); `nothingToHoldOut`: no label has
   * three sequences that are not all of one group.
   */
  problem: v.nullable(v.picklist(['changed', 'nothingToHoldOut'])),
  sequences: count,
  heldOut: count,
});
export type PlanAnswer = Shape<typeof planAnswer>;

export const labelRequests = {
  /** What labels there are, by where they come from; for file names by the pattern, or the best that can be suggested. */
  labels: {
    params: v.object({ pattern: v.nullable(v.string()) }),
    answer: labelOverview,
    repeatable: true,
  },
  setLabel: { params: setLabelParams, answer: setLabelAnswer },
  labelsOf: { params: v.pick(setLabelParams, ['targets']), answer: labelsOfAnswer, repeatable: true },
  /** Takes the last labels back that were set, unless the files have changed since. */
  undoLabels: { params: v.object({}), answer: undoLabelsAnswer },
  /** Writes the plan of a fine-tuning. */
  planTuning: { params: planParams, answer: planAnswer },
} as const;
