import * as v from 'valibot';
import { encoderEntry, encoderPlaces } from '../core/models/card';
import type { Shape } from './shapes';

/** What the extension asks the engine about encoders. */

export type EncoderPlaces = Shape<typeof encoderPlaces>;
export type EncoderEntry = Shape<typeof encoderEntry>;
export type EncoderCard = EncoderEntry['card'];

const places = { places: encoderPlaces };
const encoderRef = { ...places, folder: v.string() };

const keepEncoder = v.object({
  /** The folder of the fine-tuning that made it. */
  tuning: v.string(),
  /** Where it is kept. */
  to: v.string(),
  /** What it is called. */
  name: v.string(),
  ...places,
});
export type KeepEncoder = Shape<typeof keepEncoder>;

export const encoderRequests = {
  encoders: { params: v.object(places), answer: v.array(encoderEntry), repeatable: true },
  keepEncoder: { params: keepEncoder, answer: encoderEntry },
  importEncoder: { params: v.object({ from: v.string(), ...places }), answer: encoderEntry },
  exportEncoder: { params: v.object({ ...encoderRef, to: v.string() }), answer: v.null() },
  renameEncoder: { params: v.object({ ...encoderRef, name: v.string() }), answer: encoderEntry },
  removeEncoder: { params: v.object(encoderRef), answer: v.null() },
} as const;
