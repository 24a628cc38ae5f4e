import type { EncoderPlaces } from '../core/models/card';

/** What the host asks the engine about encoders. */

export type { EncoderCard, EncoderEntry, EncoderPlaces } from '../core/models/card';

export interface EncoderRef {
  readonly places: EncoderPlaces;
  readonly folder: string;
}

export interface KeepEncoder {
  /** The folder of the fine-tuning that made it. */
  readonly tuning: string;
  /** Where it is kept. */
  readonly to: string;
  /** What it is called. */
  readonly name: string;
  readonly places: EncoderPlaces;
}

export interface ImportEncoder {
  readonly from: string;
  readonly places: EncoderPlaces;
}
