import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { isAnotherAlive } from '../../files/processes';
import { dataFile } from './cacheFolder';
import { damageOf } from './damage';
import { Environment } from './environment';
import { usageOf, type Usage } from './lmdbCheck';
import { PageError } from './lmdbPages';
import { isInUse } from './users';

/** A smaller file would hardly be noticed. */
const worthBytes = 8 * 2 ** 20;

const partial = '-compacting-';
const complete = '-compacted';
const replaced = '-replaced';

/**
 * Makes the file of a store smaller when more than half of it is free and nobody uses it: it is copied, and the copy takes
 * its place. Whenever that is cut off, `finishCompaction` finds the old one or the whole new one.
 * @returns whether it was made smaller
 * @throws the error of LMDB or of the file system; the store is then as it was
 */
export async function compact(folder: string): Promise<boolean> {
  if (!isWorthIt(folder) || damageOf(folder) !== null || isInUse(folder)) return false;
  const copy = `${folder}${partial}${process.pid}`;
  try {
    await copyInto(copy, folder);
    if (isInUse(folder)) return false;
    renameSync(copy, folder + complete);
    renameSync(folder, folder + replaced);
    finishCompaction(folder);
    return true;
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

/** Ends what a process that died had begun. @throws the error of the file system */
export function finishCompaction(folder: string): void {
  if (!existsSync(folder) && existsSync(folder + complete)) renameSync(folder + complete, folder);
  rmSync(folder + complete, { recursive: true, force: true });
  rmSync(folder + replaced, { recursive: true, force: true });
  const prefix = basename(folder) + partial;
  for (const name of readdirSync(dirname(folder))) {
    if (!name.startsWith(prefix) || isAnotherAlive(Number(name.slice(prefix.length)))) continue;
    rmSync(join(dirname(folder), name), { recursive: true, force: true });
  }
}

function isWorthIt(folder: string): boolean {
  if (!existsSync(dataFile(folder))) return false;
  const usage = usageIn(folder);
  return usage !== null && 2 * usage.free > usage.pages && usage.free * usage.pageSize > worthBytes;
}

/** @returns `null` for a damaged file */
function usageIn(folder: string): Usage | null {
  try {
    return usageOf(dataFile(folder));
  } catch (error) {
    if (error instanceof PageError) return null;
    throw error;
  }
}

async function copyInto(copy: string, folder: string): Promise<void> {
  mkdirSync(copy);
  const environment = new Environment(folder);
  try {
    await environment.copyTo(copy);
  } finally {
    await environment.close();
  }
  const handle = openSync(dataFile(copy), 'r+');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
