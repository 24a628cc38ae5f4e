import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { codeOf } from '../../files/errorCode';
import { deleteOld } from './cacheFolder';
import { finishCompaction } from './compaction';
import { damageOf, moveAside } from './damage';
import { Environment } from './environment';

/** Told sentences for the user. */
export interface StoreListener {
  /** Something keeps the store from being used as it should; `null` when it works again. */
  readonly problem: (text: string | null) => void;
  /** What is of interest in the log. */
  readonly note: (text: string) => void;
}

/**
 * Opens the store in a folder, which is made if need be. A damaged one is moved aside and a new one begun.
 * @throws the error of LMDB or of the file system where nothing can be written
 */
export function openSound(folder: string, listener: StoreListener): Environment {
  mkdirSync(dirname(folder), { recursive: true });
  finishCompaction(folder);
  const damage = damageOf(folder);
  if (damage !== null) beginAnew(folder, damage, listener);
  mkdirSync(folder, { recursive: true });
  deleteOld(dirname(folder), Date.now());
  try {
    return new Environment(folder);
  } catch (error) {
    if (!isDamage(error)) throw error;
    beginAnew(folder, String(error), listener);
    return new Environment(folder);
  }
}

/** Moves what is in a folder aside. @throws the error of the file system */
export function beginAnew(folder: string, damage: string, listener: StoreListener): void {
  const aside = moveAside(folder);
  listener.problem(
    `The cache could not be used (${damage}); it is now ${aside}, and everything is indexed again. ` +
      'It is deleted after a week.',
  );
}

/** What LMDB says of a file that it cannot use: MDB_PAGE_NOTFOUND, _CORRUPTED, _VERSION_MISMATCH, _INVALID, _CURSOR_FULL, _INCOMPATIBLE. */
const damageCodes: readonly unknown[] = [-30_797, -30_796, -30_794, -30_793, -30_787, -30_784];

/** Whether an error of LMDB is about the file, and not about the disk or the permission to use it. */
export function isDamage(error: unknown): boolean {
  return damageCodes.includes(codeOf(error));
}
