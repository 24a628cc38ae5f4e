import { closeSync, mkdirSync, openSync, readdirSync, readSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isAnotherAlive } from '../processes';

const lmdbMagic = 0xbeefc0de;
const markerPrefix = 'opening-';

/**
 * Why the store in a folder cannot be opened, or `null`. LMDB does not survive opening a file that is no database, so
 * that is looked at first; and a marker that a process left which died while it opened the file tells of the rest.
 */
export function damageOf(folder: string): string | null {
  const crashed = readdirSync(folder).some(
    (name) => name.startsWith(markerPrefix) && !isAnotherAlive(Number(name.slice(markerPrefix.length))),
  );
  if (crashed) return 'the engine stopped while it was opened';
  return hasMagic(join(folder, 'data.mdb')) ? null : 'it is not a database';
}

/** An LMDB file begins with a page header of 24 bytes, then a magic number. A new file is empty. */
function hasMagic(file: string): boolean {
  let handle: number;
  try {
    handle = openSync(file, 'r');
  } catch {
    return true;
  }
  try {
    const head = Buffer.alloc(28);
    const length = readSync(handle, head, 0, head.length, 0);
    return length === 0 || (length === head.length && head.readUInt32LE(24) === lmdbMagic);
  } finally {
    closeSync(handle);
  }
}

/** Leaves a marker while `open` runs, which stays behind if the process dies in it. */
export function marked<T>(folder: string, open: () => T): T {
  const marker = join(folder, `${markerPrefix}${process.pid}`);
  writeFileSync(marker, '');
  try {
    return open();
  } finally {
    rmSync(marker, { force: true });
  }
}

/** Renames a folder and makes an empty one in its place. @returns the new name */
export function moveAside(folder: string): string {
  const aside = `${folder}-damaged-${Date.now()}`;
  renameSync(folder, aside);
  mkdirSync(folder, { recursive: true });
  return aside;
}
