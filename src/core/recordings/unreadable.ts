/** A file that cannot be used; `message` ends the sentence "skipped, because ...", without a full stop. */
export class UnreadableError extends Error {
  override readonly name = 'UnreadableError';
}
