import * as v from 'valibot';
import { labelSource } from '../labels/labelSource';

const text = v.pipe(v.string(), v.maxLength(4096));
const compared = v.object({ before: v.number(), after: v.number() });

/** What stands in `card.json` beside a fine-tuned encoder. Every string may be hostile. */
export const encoderCard = v.object({
  name: text,
  created: text,
  /** The encoder that it was fine-tuned from. */
  base: text,
  /** Where its labels came from, and which they were. */
  source: v.nullable(labelSource),
  labels: v.pipe(v.array(text), v.maxLength(1000)),
  sequences: v.number(),
  heldOut: v.number(),
  /** On held-out sequences, before and after. */
  figures: v.nullable(v.object({ recallAt1: compared, meanAveragePrecision: compared, equalErrorRate: compared })),
});
export type EncoderCard = v.InferOutput<typeof encoderCard>;

/** Where encoders are kept: the one that comes with Kindred, those of this workspace's storage, those in its folders. */
export const encoderPlaces = v.object({
  bundled: v.string(),
  storage: v.string(),
  /** Folders such as `.kindred/models`, to be shared by version control. */
  shared: v.pipe(v.array(v.string()), v.readonly()),
});
export type EncoderPlaces = Readonly<v.InferOutput<typeof encoderPlaces>>;

const encoderPlace = v.picklist(['bundled', 'storage', 'shared']);
export type EncoderPlace = v.InferOutput<typeof encoderPlace>;

export const encoderEntry = v.object({
  /** The folder that holds it. */
  folder: v.string(),
  place: encoderPlace,
  sha256: v.string(),
  card: encoderCard,
  /** Why it cannot be used, in complete sentences, or `null`. */
  problem: v.nullable(v.string()),
});
export type EncoderEntry = Readonly<v.InferOutput<typeof encoderEntry>>;
