import * as v from 'valibot';
import { tuningSettings } from './finetune';

/** What host and webview ask the engine about labels. */

const text = v.pipe(v.string(), v.maxLength(4096));
const count = v.pipe(v.number(), v.integer(), v.minValue(0));

/** Where labels come from; `pattern` is a regular expression over file names. */
export const labelSource = v.variant('kind', [
  v.object({ kind: v.literal('inside') }),
  v.object({ kind: v.literal('labelsFile') }),
  v.object({ kind: v.literal('folder') }),
  v.object({ kind: v.literal('fileName'), pattern: v.pipe(v.string(), v.maxLength(500)) }),
]);
export type LabelSource = v.InferOutput<typeof labelSource>;

export const labelSetSummary = v.object({
  id: text,
  /** The file or folder that all its sequences come from; empty for the whole workspace. */
  name: text,
  /** The channels, for people. */
  layout: text,
  sequences: count,
  labelCount: count,
  /** The most frequent labels. */
  labels: v.array(v.object({ label: text, count })),
  usable: v.boolean(),
  /** Whether it would be chosen unless the user chose otherwise. */
  advised: v.boolean(),
  warnings: v.array(text),
});
export type LabelSetSummary = v.InferOutput<typeof labelSetSummary>;

export const sourceSummary = v.object({
  source: labelSource,
  /** How many sequences it gives labels, and how many different ones. */
  sequences: count,
  labels: count,
  sets: v.array(labelSetSummary),
  leftOut: v.array(v.object({ reason: text, count, examples: v.array(text) })),
  /** Some files with the label that they get. */
  preview: v.array(v.object({ file: text, label: v.nullable(text) })),
  /** Why the source cannot be used, in complete sentences, or `null`. */
  problem: v.nullable(text),
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
  readonly sequences: number;
  readonly heldOut: number;
}
