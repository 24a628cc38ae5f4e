import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const pageBytes = 4096;

/** Pages that a commit writes beside its records: the upper levels of the trees and the list of free pages. */
const otherPages = 64;

/** The bytes that a commit of records of these sizes writes at most, as each may be in a leaf of its own. */
export function bytesOfCommit(sizes: Iterable<number>): number {
  let pages = otherPages;
  for (const size of sizes) pages += 1 + Math.ceil(size / pageBytes);
  return pages * pageBytes;
}

/**
 * Makes sure that so many bytes can be written into a folder, by doing it. lmdb-js must not find out by itself: where a
 * write of its own fails, it puts a message of up to 120 bytes into 100, which ends the process. One caller at a time.
 * @throws the error of the file system
 */
export function makeRoom(folder: string, bytes: number): void {
  const file = join(folder, 'room');
  try {
    writeFileSync(file, Buffer.alloc(bytes));
  } finally {
    rmSync(file, { force: true });
  }
}
