import { readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { harmlessly } from '../fileErrors';
import { isInUse } from './users';

/** Grows when the meaning of stored records changes; the folder of an older one is deleted when it is a week old. */
const formatVersion = 2;

const weekMilliseconds = 7 * 24 * 3600 * 1000;

/** The folder of the cache in the folder that was given for it. */
export function cacheFolder(storage: string): string {
  return join(storage, `cache-${formatVersion}`);
}

/** Where LMDB keeps what is in a folder. */
export function dataFile(folder: string): string {
  return join(folder, 'data.mdb');
}

/** By which LMDB tells processes of one another. */
export function lockFile(folder: string): string {
  return join(folder, 'lock.mdb');
}

/** Marks a folder as moved aside at a time, in milliseconds since 1970. */
export function asideName(folder: string, time: number): string {
  return `${folder}-damaged-${time}`;
}

/** Deletes caches of older versions, and such as were moved aside, that are a week old at `now` and that nobody uses. */
export function deleteOld(storage: string, now: number): void {
  for (const name of readdirSync(storage)) {
    const [, version, movedAt] = /^cache-(\d+)(?:-damaged-(\d+))?$/.exec(name) ?? [];
    if (version === undefined || (movedAt === undefined && Number(version) >= formatVersion)) continue;
    const folder = join(storage, name);
    // Another process may delete it at the same time.
    harmlessly(() => {
      const stats = statSync(folder);
      const time = movedAt === undefined ? stats.mtimeMs : Number(movedAt);
      if (now - time <= weekMilliseconds || (stats.isDirectory() && isInUse(folder))) return;
      rmSync(folder, { recursive: true, force: true });
    });
  }
}
