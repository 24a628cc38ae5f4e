import { EncoderError } from '../encoder/description';
import { PackError } from '../training/packs/pack';
import { TrainingError } from '../training/trainer/trainingError';

export interface TuningProblem {
  /** Complete sentences for the user. */
  readonly reason: string;
  /** Whether the training can go on from where it was once the user has done something. */
  readonly resumable: boolean;
}

/** A fine-tuning that cannot start, because of where it is to take place. */
export class TuningError extends Error {
  override readonly name = 'TuningError';
}

/** What a user is told of an error, or `null` for one that nobody expected. */
export function problemOfTuning(error: unknown): TuningProblem | null {
  const code = codeOf(error);
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return {
      reason: 'The disk is full. What is trained so far is kept: free some space, then resume.',
      resumable: true,
    };
  }
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') {
    return {
      reason: 'The folder for the training cannot be written. Free it for writing, then resume.',
      resumable: true,
    };
  }
  if (error instanceof TrainingError) return { reason: error.message, resumable: /Memory ran out/.test(error.message) };
  if (error instanceof PackError || error instanceof EncoderError || error instanceof TuningError) {
    return { reason: error.message, resumable: false };
  }
  return null;
}

/** The code of the file system's error behind an error. */
function codeOf(error: unknown): unknown {
  if (!(error instanceof Error)) return undefined;
  return 'code' in error ? error.code : codeOf(error.cause);
}
