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
 * The error of a computation that was stopped. Memory is to blame if there is less than the computation takes: neither
 * onnxruntime nor JavaScript has a code for this.
 * @param where the rest of the sentence that says what stopped, and what else there is to say
 * @param bytes that the computation takes
 * @param available bytes that the process can still have
 */
export function stoppedBy(
  error: unknown,
  where: string,
  bytes: number,
  available = process.availableMemory(),
): TrainingError {
  if (bytes > available) return new TrainingError('outOfMemory', `Memory ran out ${where}`, { cause: error });
  const text = error instanceof Error ? error.message : String(error);
  return new TrainingError('failed', `The computation failed (${text}) ${where}`, { cause: error });
}
