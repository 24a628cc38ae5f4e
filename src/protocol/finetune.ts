import * as v from 'valibot';
import { labelSource } from '../core/labels/labelSource';
import { decisions } from '../core/recordings/reading/decisions';
import { count, share, text, type Shape } from './shapes';
import { splitCounts, tuningNote } from './tuningNote';
import { tuningProblem, tuningStage } from './tuningProblem';

/** What a fine-tuning is asked for and what it tells: between the host, its process and the webview. */

/** How a fine-tuning is done; the settings of the editor have the same names. */
export const tuningSettings = v.object({
  minutes: v.pipe(v.number(), v.minValue(0.1), v.maxValue(1440)),
  learningRate: v.pipe(v.number(), v.minValue(1e-7), v.maxValue(1)),
  threads: v.pipe(count, v.minValue(1), v.maxValue(32)),
  validationShare: v.pipe(v.number(), v.minValue(0.05), v.maxValue(0.5)),
  seed: count,
});
export type TuningSettings = Shape<typeof tuningSettings>;

export const usualTuning: TuningSettings = {
  minutes: 10,
  learningRate: 0.001,
  threads: 2,
  validationShare: 0.2,
  seed: 1,
};

/** How well the held-out sequences that decide when to stop are ranked. */
export const figures = v.object({ recallAt1: share, meanAveragePrecision: share, equalErrorRate: share });
export type Figures = Shape<typeof figures>;

const point = v.object({ step: count, loss: v.number() });
const validation = v.object({ step: count, figures });

export const tuningProgress = v.object({
  step: count,
  steps: count,
  /** From 0 to 1. */
  done: share,
  secondsLeft: v.number(),
  /** Mean loss of some steps each. */
  points: v.array(point),
  /** The first one is of the encoder that the training started from. */
  validations: v.array(validation),
});
export type TuningProgress = Shape<typeof tuningProgress>;

/** A figure with the bounds of its bootstrap interval of 95%. */
const interval = v.object({ value: v.number(), low: v.number(), high: v.number() });
export type Interval = Shape<typeof interval>;

const compared = v.object({ before: interval, after: interval, gain: interval });
export type ComparedFigure = Shape<typeof compared>;

const named = v.object({ path: text, number: count, file: text, label: text });
export type NamedSequence = Shape<typeof named>;

/** A query with its first match before and after. */
const example = v.object({ query: named, before: named, after: named });
export type ReportExample = Shape<typeof example>;

export const tuningReport = v.object({
  /**
   * `better`: the gain is more than chance; `perhaps`: it may be chance; `notBetter`: there is none; `nothingToGain`: there
   * could be none, as every first match was right before.
   */
  verdict: v.picklist(['better', 'perhaps', 'notBetter', 'nothingToGain']),
  /** How much was held out, and what else a reader of the figures must know. */
  notes: v.array(tuningNote),
  queries: count,
  recallAt1: compared,
  meanAveragePrecision: compared,
  equalErrorRate: compared,
  confusion: v.object({
    labels: v.array(text),
    /** Rows: the query's label; columns: that of its first match. One more of each stands for all labels not named. */
    before: v.array(v.array(count)),
    after: v.array(v.array(count)),
  }),
  right: v.array(example),
  wrong: v.array(example),
  steps: count,
  seconds: v.number(),
});
export type TuningReport = Shape<typeof tuningReport>;

/** From the process of a fine-tuning to the host. */
export const fromTuner = v.variant('type', [
  /** `done` of 1 is all of the stage. */
  v.object({ type: v.literal('stage'), stage: tuningStage, done: share }),
  v.object({ type: v.literal('progress'), progress: tuningProgress }),
  v.object({ type: v.literal('done'), report: tuningReport }),
  /** It stopped as it was told to, and can go on. */
  v.object({ type: v.literal('stopped') }),
  /** `resumable` tells whether it can go on from where it was. */
  v.object({ type: v.literal('failed'), problem: tuningProblem, resumable: v.boolean(), details: v.string() }),
]);
export type FromTuner = Shape<typeof fromTuner>;

/** From the host to the process: stop after the step under way, and keep what is reached. */
export const toTuner = v.object({ type: v.literal('stop') });
export type ToTuner = Shape<typeof toTuner>;

/** One sequence of a plan. */
const planned = v.object({
  path: text,
  file: text,
  number: count,
  label: text,
  group: v.nullable(text),
  digest: text,
  /** The rate to which it is brought before, in Hz, or `null`. */
  rate: v.nullable(v.number()),
  /** What a user decided about the reading of its file. */
  decisions: v.nullable(decisions),
  side: v.picklist(['train', 'heldOut']),
});

/** What a fine-tuning is about, written once before it starts: what changes in the workspace later does not concern it. */
export const tuningPlan = v.object({
  format: v.literal('kindred-tuning-1'),
  /** The folder of the encoder to start from, and the hash of its model. */
  encoder: v.object({ folder: text, sha256: text, name: text }),
  settings: tuningSettings,
  /** How labels were found, for the card. */
  source: labelSource,
  sets: v.array(v.object({ name: text, layout: text, split: splitCounts, sequences: v.array(planned) })),
  read: v.object({
    maximumBytes: count,
    maximumSamples: count,
    arrayAxes: v.picklist(['auto', 'time-first', 'channels-first']),
  }),
  maximumSteps: count,
  created: text,
});
export type TuningPlan = Shape<typeof tuningPlan>;
export type PlannedSet = TuningPlan['sets'][number];
export type PlannedSequence = PlannedSet['sequences'][number];
