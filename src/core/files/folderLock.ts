import { rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { codeOf } from './errorCode';

/** A process that has not renewed its lock for this long counts as dead: far longer than one step of a training. */
const staleMilliseconds = 30_000;
const renewMilliseconds = 5000;

const lockIn = (folder: string) => join(folder, 'lock');

/**
 * Locks a folder for this process, until it is released or the process ends. A process that is killed leaves its lock
 * behind, which holds until it is stale.
 *
 * @param onLost called when another process took the lock, as after this one was held up or the folder was removed
 * @returns what releases the lock, or `null` while another process has it
 */
export async function lockFolder(folder: string, onLost: () => void): Promise<(() => Promise<void>) | null> {
  // The library listens to the signals of its process: it is only loaded in one that locks.
  const { lock } = await import('proper-lockfile');
  try {
    return await lock(folder, {
      lockfilePath: lockIn(folder),
      realpath: false,
      stale: staleMilliseconds,
      update: renewMilliseconds,
      onCompromised: onLost,
    });
  } catch (error) {
    if (codeOf(error) === 'ELOCKED') return null;
    throw error;
  }
}

/** Whether a process that lives has locked a folder. */
export async function isFolderLocked(folder: string): Promise<boolean> {
  try {
    const { mtimeMs } = await stat(lockIn(folder));
    return mtimeMs >= Date.now() - staleMilliseconds;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return false;
    throw error;
  }
}

/** Removes the lock of a process that is known to be dead, before it is stale. */
export async function breakFolderLock(folder: string): Promise<void> {
  await rm(lockIn(folder), { recursive: true, force: true });
}
