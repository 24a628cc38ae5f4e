import { UnreadableError } from '../recordings/reader';
import type { CatalogueFile } from './catalogue';
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

/** A file that can be embedded. @throws UnreadableError for any other */
export function usable(file: CatalogueFile | null): CatalogueFile {
  if (file === null) throw new UnreadableError('it does not exist any more');
  if (file.survey.kind === 'unclaimed') throw new UnreadableError('its content is of no format that Kindred reads');
  if (file.survey.kind === 'unreadable') throw new UnreadableError(file.survey.reason);
  if (file.survey.sequences.length === 0) {
    throw new UnreadableError(file.survey.unusable[0]?.reason ?? 'it holds no sequences');
  }
  return file;
}
