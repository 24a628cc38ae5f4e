/** A training that cannot start or go on; the message is written for the user. */
export class TrainingError extends Error {
  override readonly name = 'TrainingError';
}

/** What stopped a computation, as the start of a sentence: the words of onnxruntime, C++ or JavaScript made plain. */
export function causeOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  if (/bad_alloc|allocat|out of memory|array length/i.test(text)) return 'Memory ran out';
  return `The computation failed (${text})`;
}
