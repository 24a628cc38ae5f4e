import { mkdirSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { codeOf } from '../../files/errorCode';
import { isAnotherAlive } from '../../files/processes';
import { asideName, dataFile } from './cacheFolder';
import { checkFile } from './lmdbCheck';
import { PageError } from './lmdbPages';

const markerPrefix = 'opening-';
/** One process that was killed while it opened the file is no sign of damage. */
const suspiciousDeaths = 2;

/**
 * Why the store in a folder cannot be opened, or `null`. LMDB does not survive opening a damaged file, so that is looked
 * at first; and markers that processes left which died while they opened the file tell of the rest.
 * @throws the error of the file system where it cannot be looked at
 */
export function damageOf(folder: string): string | null {
  try {
    if (!statSync(folder).isDirectory()) return 'it is no folder';
    if (deadMarkers(folder).length >= suspiciousDeaths) return 'the engine stopped each time it was opened';
    if (readdirSync(folder, { withFileTypes: true }).some((entry) => entry.isDirectory())) return 'a folder is in it';
    checkFile(dataFile(folder));
    return null;
  } catch (error) {
    if (error instanceof PageError) return error.message;
    if (codeOf(error) === 'ENOENT') return null;
    throw error;
  }
}

/** Leaves a marker while `open` runs, which stays behind if the process dies in it. Success takes back all of the dead. */
export function marked<T>(folder: string, open: () => T): T {
  const marker = join(folder, `${markerPrefix}${process.pid}`);
  writeFileSync(marker, '');
  try {
    const opened = open();
    for (const dead of deadMarkers(folder)) rmSync(dead, { force: true });
    return opened;
  } finally {
    rmSync(marker, { force: true });
  }
}

function deadMarkers(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => name.startsWith(markerPrefix) && !isAnotherAlive(Number(name.slice(markerPrefix.length))))
    .map((name) => join(folder, name));
}

/** Renames a folder, and makes an empty one in its place. @returns the new name */
export function moveAside(folder: string): string {
  const aside = asideName(folder, Date.now());
  renameSync(folder, aside);
  mkdirSync(folder, { recursive: true });
  return aside;
}
