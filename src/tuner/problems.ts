import { EncoderError } from '../core/encoder/description';
import { problemText } from '../l10n/tuning';
import type { TuningProblem } from '../protocol/tuningProblem';
import { PackError } from '../core/training/packs/pack';
import { TrainingError } from '../core/training/trainer/trainingError';

export interface TuningFailure {
  readonly problem: TuningProblem;
  /** Whether the training can go on from where it was once the user has done something. */
  readonly resumable: boolean;
}

/** A fine-tuning that cannot be done as things are; the message is complete sentences for the user. */
export class TuningError extends Error {
  override readonly name = 'TuningError';

  constructor(
    readonly problem: TuningProblem,
    options?: ErrorOptions,
  ) {
    super(problemText(problem), options);
  }
}

/** What a user is told of an error, or `null` for one that nobody expected. */
export function failureOf(error: unknown): TuningFailure | null {
  const code = codeOf(error);
  if (code === 'ENOSPC' || code === 'EDQUOT') return { problem: { kind: 'diskFull' }, resumable: true };
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') {
    return { problem: { kind: 'notWritable' }, resumable: true };
  }
  if (error instanceof TrainingError && error.kind === 'outOfMemory') {
    return { problem: { kind: 'outOfMemory' }, resumable: true };
  }
  if (error instanceof TuningError) return { problem: error.problem, resumable: false };
  if (error instanceof TrainingError || error instanceof PackError || error instanceof EncoderError) {
    return { problem: { kind: 'other', reason: error.message }, resumable: false };
  }
  return null;
}

/** The code of the file system's error behind an error. */
function codeOf(error: unknown): unknown {
  if (!(error instanceof Error)) return undefined;
  return 'code' in error ? error.code : codeOf(error.cause);
}
