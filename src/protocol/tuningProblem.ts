import * as v from 'valibot';
import { count, type Shape } from './shapes';

/** What a fine-tuning is doing. */
export const tuningStage = v.picklist([
  'starting',
  'reading',
  'rankingBefore',
  'measuringPace',
  'training',
  'choosing',
  'measuringGain',
]);
export type TuningStage = Shape<typeof tuningStage>;

/** How the process of a fine-tuning ended without an answer. */
export const processEnd = v.variant('kind', [
  v.object({ kind: v.literal('code'), code: v.nullable(v.number()) }),
  v.object({ kind: v.literal('signal'), signal: v.string() }),
  v.object({ kind: v.literal('notStarted'), reason: v.string() }),
]);
export type ProcessEnd = Shape<typeof processEnd>;

/** Why a fine-tuning stopped. */
export const tuningProblem = v.variant('kind', [
  v.object({
    kind: v.picklist([
      'diskFull',
      'notWritable',
      'outOfMemory',
      'otherWindow',
      'planDamaged',
      'reportDamaged',
      'encoderChanged',
      'tooLarge',
      'nothingToMeasure',
      'unexpected',
    ]),
  }),
  /** Its process ended so many times in a row. */
  v.object({ kind: v.literal('ended'), times: count, last: processEnd }),
  /** Something rare; the reason is complete sentences in English. */
  v.object({ kind: v.literal('other'), reason: v.string() }),
]);
export type TuningProblem = Shape<typeof tuningProblem>;
