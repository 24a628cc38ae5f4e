import * as v from 'valibot';
import { tuningSettings } from './finetune';
import { labelSource } from '../core/labels/labelSource';

export { labelSource, type LabelSource } from '../core/labels/labelSource';

/** What host and webview ask the engine about labels. */

const text = v.pipe(v.string(), v.maxLength(4096));
const count = v.pipe(v.number(), v.integer(), v.minValue(0));

/** What a user should know before training on a set. */
export const labelWarning = v.variant('kind', [
  /** So many labels for so many sequences that they may be names. */
  v.object({ kind: v.literal('maybeNames'), labels: count, sequences: count }),
  v.object({ kind: v.literal('nothingToHoldOut') }),
]);
export type LabelWarning = v.InferOutput<typeof labelWarning>;

/** Why sequences are not used: contradicting lines or copies, a label that no other has, a single label for all. */
export const leftOutReason = v.picklist(['conflict', 'copies', 'single', 'alike']);
export type LeftOutReason = v.InferOutput<typeof leftOutReason>;

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
export type SourceProblem = v.InferOutput<typeof sourceProblem>;

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
export type LabelSetSummary = v.InferOutput<typeof labelSetSummary>;

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
export type SourceSummary = v.InferOutput<typeof sourceSummary>;

export const labelOverview = v.object({
  /** How many sequences are indexed. */
  sequences: count,
  sources: v.array(sourceSummary),
  /** Patterns that find labels in the names of these files. */
  suggestions: v.array(text),
});
export type LabelOverview = v.InferOutput<typeof labelOverview>;

export interface LabelOverviewParams {
  /** The pattern to apply to file names, or `null` for the best suggestion. */
  readonly pattern: string | null;
}

export interface SetLabelParams {
  /** Whole files, or single sequences of files that hold several. */
  readonly targets: readonly { readonly path: string; readonly number: number | null }[];
  /** Empty to take the label away. */
  readonly label: string;
}

export interface SetLabelAnswer {
  /** The labels files that were written. */
  readonly written: readonly string[];
  readonly changed: number;
}

export const planParams = v.object({
  source: labelSource,
  /** The ids of the sets to train on. */
  sets: v.pipe(v.array(text), v.minLength(1)),
  settings: tuningSettings,
  /** Where the plan is written. */
  folder: text,
});
export type PlanParams = v.InferOutput<typeof planParams>;

export interface PlanAnswer {
  /**
   * Why nothing was planned, or `null`. `changed`: the chosen sets are not there (any more); `nothingToHoldOut`: no label has
   * three sequences that are not all of one group.
   */
  readonly problem: 'changed' | 'nothingToHoldOut' | null;
  readonly sequences: number;
  readonly heldOut: number;
}
