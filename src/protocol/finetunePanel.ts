import * as v from 'valibot';
import { tuningProgress, tuningReport, tuningSettings } from './finetune';
import { labelOverview, labelSource } from './labels';
import { share, text, type Shape } from './shapes';
import { tuningProblem, tuningStage } from './tuningProblem';

/** The messages between the extension host and the page for fine-tuning; both sides validate what they receive. */

/** What becomes of the fine-tuning of this workspace. */
export const tuningSituation = v.variant('kind', [
  v.object({ kind: v.literal('none') }),
  v.object({
    kind: v.literal('running'),
    stage: tuningStage,
    /** How much of the stage is done, from 0 to 1. */
    stageDone: share,
    progress: v.nullable(tuningProgress),
    stopping: v.boolean(),
  }),
  v.object({ kind: v.literal('paused'), progress: v.nullable(tuningProgress) }),
  /** Another window does it. */
  v.object({ kind: v.literal('elsewhere') }),
  v.object({
    kind: v.literal('failed'),
    problem: tuningProblem,
    resumable: v.boolean(),
    progress: v.nullable(tuningProgress),
  }),
  v.object({ kind: v.literal('done'), report: tuningReport }),
]);
export type TuningSituation = Shape<typeof tuningSituation>;

/** From the host to the page: everything that it shows, each time something changes. */
export const toTuningPage = v.object({
  situation: tuningSituation,
  /** `null` while labels are being counted. */
  labels: v.nullable(labelOverview),
  settings: tuningSettings,
  /** The encoder in use, which a fine-tuning starts from. */
  encoder: text,
  /** Whether the index is still growing, so that there may be more labels than are counted. */
  indexing: v.boolean(),
  /** Why the last thing that was asked for failed, in complete sentences, or `null`. */
  error: v.nullable(v.string()),
});
export type ToTuningPage = Shape<typeof toTuningPage>;

/** From the page to the host. */
export const fromTuningPage = v.variant('type', [
  v.object({ type: v.literal('ready') }),
  /** Counts labels again, with this pattern for file names. */
  v.object({ type: v.literal('count'), pattern: v.nullable(v.pipe(v.string(), v.maxLength(500))) }),
  v.object({ type: v.literal('start'), source: labelSource, sets: v.pipe(v.array(text), v.minLength(1)) }),
  v.object({ type: v.literal('pause') }),
  v.object({ type: v.literal('resume') }),
  v.object({ type: v.literal('cancel') }),
  v.object({ type: v.literal('use') }),
  v.object({ type: v.literal('discard') }),
  v.object({ type: v.literal('settings') }),
  /** A path is only followed when the report names it. */
  v.object({ type: v.literal('open'), path: text }),
]);
export type FromTuningPage = Shape<typeof fromTuningPage>;
