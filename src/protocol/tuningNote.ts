import * as v from 'valibot';
import { count, share, text, type Shape } from './shapes';

/** How many sequences, labels and groups of a set are held out, and how many there are. */
export const splitCounts = v.object({
  sequences: count,
  heldOut: count,
  labels: count,
  heldLabels: count,
  groups: count,
  heldGroups: count,
});

/** What a reader of the figures must know. */
export const tuningNote = v.variant('kind', [
  /** `set` is empty for the whole workspace. */
  v.object({ kind: v.literal('split'), set: text, ...splitCounts.entries }),
  v.object({ kind: v.picklist(['unreadable', 'copies']), sequences: count }),
  /** Of so many sequences only so many time steps were used. */
  v.object({ kind: v.literal('cropped'), sequences: count, timeSteps: count }),
  /** Whether the sequences of the report also decided which weights to keep. */
  v.object({ kind: v.literal('deciding'), same: v.boolean() }),
  v.object({ kind: v.literal('startKept') }),
  /** The weights lie so far on the way from the old to the new ones. */
  v.object({ kind: v.literal('blended'), share }),
  v.object({ kind: v.literal('stoppedEarly'), step: count, best: count }),
  v.object({ kind: v.literal('unstable'), step: count }),
]);
export type TuningNote = Shape<typeof tuningNote>;
