import { randomUUID } from 'node:crypto';
import { readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { codeOf } from '../files/errorCode';
import { isAnotherAlive } from '../files/processes';

/** Begins the name of a folder in which an encoder is being written or removed. */
export const unfinishedPrefix = '.unfinished-';

/** The marks of this process. */
const own = `${unfinishedPrefix}${process.pid}-${randomUUID()}-`;

/** The path of a folder for what is not finished, which is not there yet. */
export function unfinishedIn(parent: string): string {
  return join(parent, `${own}${randomUUID()}`);
}

/** Gives a folder that is finished a name of its own among its neighbours. @returns its path then */
export async function named(unfinished: string, parent: string, name: string): Promise<string> {
  const slug = slugOf(name);
  for (let number = 1; ; number++) {
    const candidate = number === 1 ? slug : `${slug}-${number}`;
    if ((await allFoldersIn(parent)).includes(candidate)) continue;
    try {
      await rename(unfinished, join(parent, candidate));
      return join(parent, candidate);
    } catch (error) {
      // Another may have taken the name meanwhile.
      if (!(await allFoldersIn(parent)).includes(candidate)) throw error;
    }
  }
}

/** Removes what processes that died have left below a folder. */
export async function removeUnfinished(parent: string): Promise<void> {
  for (const name of await allFoldersIn(parent)) {
    if (!name.startsWith(unfinishedPrefix) || name.startsWith(own)) continue;
    if (isAnotherAlive(Number.parseInt(name.slice(unfinishedPrefix.length), 10))) continue;
    await rm(join(parent, name), { recursive: true, force: true });
  }
}

/** The names of all folders below one, which may be missing. */
export async function allFoldersIn(parent: string): Promise<readonly string[]> {
  try {
    const entries = await readdir(parent, { withFileTypes: true });
    return entries
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name)
      .sort();
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return [];
    throw error;
  }
}

function slugOf(name: string): string {
  const slug = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 60);
  return slug === '' ? 'encoder' : slug;
}
