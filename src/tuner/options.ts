import type { EncoderFile } from '../core/encoder/description';
import type { TuningProgress, TuningSettings } from '../protocol/finetune';
import type { TuningNote } from '../protocol/tuningNote';
import type { OnStage } from './stages';
import type { TuningSet } from './tuningSet';

export interface FineTuneOptions {
  readonly sets: readonly TuningSet[];
  /** The encoder to start from. */
  readonly base: EncoderFile;
  readonly settings: TuningSettings;
  /** What the new encoder is called. */
  readonly name: string;
  /** Receives the training and, at the end, the encoder in `encoder`; a training that is there already goes on. */
  readonly folder: string;
  /** As for `embed`. */
  readonly maximumSteps: number;
  /** Trains for so many steps instead of filling the time. */
  readonly steps?: number;
  /** For the report. */
  readonly notes: readonly TuningNote[];
  /** Stops after the step under way, which is kept. */
  readonly signal: AbortSignal;
  /** When it was asked for, by `performance.now()`: its time counts from then. Otherwise from now. */
  readonly began?: number;
  readonly onStage?: OnStage;
  readonly onProgress?: (progress: TuningProgress) => void;
}
