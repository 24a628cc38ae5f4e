import { UnreadableError } from '../recordings/reader';
import { WorkerDiedError } from './fileWorker';

/** A file that is never the same from the beginning to the end of reading it. */
export function restlessness(): UnreadableError {
  return new UnreadableError('it kept changing while it was read; it is read again when it changes the next time');
}

/** Why a file is skipped, as the end of a sentence. */
export function reasonOf(error: unknown): string {
  if (error instanceof UnreadableError) return error.message;
  if (error instanceof WorkerDiedError) return 'reading it took more memory than there is';
  return `of an unexpected error, which the log tells (${error instanceof Error ? error.message : String(error)})`;
}
