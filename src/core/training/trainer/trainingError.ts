/** What went wrong: a training that may not begin or go on, cannot be saved, has no memory, or whose numbers ran away. */
export type TrainingErrorKind = 'refused' | 'notSaved' | 'outOfMemory' | 'notFinite' | 'failed';

/** A training that cannot start or go on; the message is written for the user. */
export class TrainingError extends Error {
  override readonly name = 'TrainingError';

  constructor(
    readonly kind: TrainingErrorKind,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/**
 * The error of a computation that was stopped.
 * @param where the rest of the sentence that says what stopped, and what else there is to say
 */
export function stoppedBy(error: unknown, where: string): TrainingError {
  if (isOutOfMemory(error)) return new TrainingError('outOfMemory', `Memory ran out ${where}`, { cause: error });
  const text = error instanceof Error ? error.message : String(error);
  return new TrainingError('failed', `The computation failed (${text}) ${where}`, { cause: error });
}

/** onnxruntime passes on what C++ says, and neither it nor JavaScript has a code for this. */
function isOutOfMemory(error: unknown): boolean {
  return error instanceof Error && /bad_alloc|allocat|out of memory|array length/i.test(error.message);
}
