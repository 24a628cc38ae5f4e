import { constants, openSync } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { codeOf } from './errorCode';

/** Without O_NONBLOCK, opening a named pipe waits for ever for somebody to write to it. */
const flags = constants.O_RDONLY | constants.O_NONBLOCK;

/** Opens a file to be read. */
export function openToRead(path: string): Promise<FileHandle> {
  return open(path, flags);
}

/** The same; `null` for a file that is not there. */
export async function openIfThere(path: string): Promise<FileHandle | null> {
  try {
    return await openToRead(path);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null;
    throw error;
  }
}

/** Opens a file to be read without waiting. @returns its descriptor */
export function openToReadNow(path: string): number {
  return openSync(path, flags);
}

/** Why a file cannot be opened, by the code of the error; each ends the sentence "..., because ...". */
export const openingReasons: Readonly<Record<string, string>> = {
  EACCES: 'you have no permission to read it',
  EPERM: 'you have no permission to read it',
  EISDIR: 'it is a folder',
  ELOOP: 'its symbolic links form a loop',
  ENXIO: 'it is not a regular file',
};
