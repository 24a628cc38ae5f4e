import { UnreadableError } from '../recordings/reader';
import { WorkerDiedError } from './fileWorker';

export function restlessness(): UnreadableError {
  return new UnreadableError('it kept changing while it was read; it is read again when it changes the next time');
}

/** What ends the sentence "skipped, because …" for an error. */
export function reasonOf(error: unknown): string {
  if (error instanceof UnreadableError) return error.message;
  if (error instanceof WorkerDiedError) return 'reading it took more memory than there is';
  return `of an unexpected error, which the log tells (${error instanceof Error ? error.message : String(error)})`;
}
