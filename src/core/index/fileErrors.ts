import { codeOf } from '../files/errorCode';

/** Does what may be left undone where the file system does not let it: the disk is full, or a folder gone or read-only. */
export function harmlessly(work: () => void): void {
  try {
    work();
  } catch (error) {
    if (typeof codeOf(error) !== 'string') throw error;
  }
}
