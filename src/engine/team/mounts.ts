import { existsSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import * as v from 'valibot';
import { JsonError, parseChecked } from '../../core/files/checkedJson';
import { readBounded, RefusedFileError } from '../../core/files/readBounded';
import { writeWhole } from '../../core/files/writeWhole';
import type { TeamRecording } from './rows';
import { isRootName, isSafeHere } from './texts';

/** The folders of this machine that roots are, by the roots' names. */
export type Mounts = ReadonlyMap<string, string>;

const mounted = v.record(v.string(), v.string());
const mostBytes = 2 ** 20;

function fileIn(folder: string): string {
  return join(folder, 'roots.json');
}

/** The roots that were indexed from this machine; none where nothing sound is remembered, as they can be named again. */
export async function readMounts(folder: string): Promise<Mounts> {
  try {
    const bytes = await readBounded(fileIn(folder), mostBytes);
    const roots = bytes === null ? {} : parseChecked(bytes.toString('utf8'), mounted);
    return new Map(Object.entries(roots).filter(([name]) => isRootName(name)));
  } catch (error) {
    if (error instanceof JsonError || error instanceof RefusedFileError) return new Map();
    throw error;
  }
}

/** Remembers where a root is. */
export async function rememberMount(folder: string, root: string, path: string): Promise<void> {
  const roots = { ...Object.fromEntries(await readMounts(folder)), [root]: path };
  await writeWhole(fileIn(folder), JSON.stringify(roots, null, 2));
}

/** Where a recording is on this machine, or `null` where its root, or the file itself, is not. */
export function pathHere(mounts: Mounts, { root, path }: Pick<TeamRecording, 'root' | 'path'>): string | null {
  const folder = mounts.get(root);
  if (folder === undefined || !isSafeHere(path)) return null;
  const here = resolve(folder, path);
  return here.startsWith(folder + sep) && existsSync(here) ? here : null;
}

/** What a file of this machine is in the index: the root whose folder it lies in, and its path from there. */
export function placeOf(mounts: Mounts, file: string): Pick<TeamRecording, 'root' | 'path'> | null {
  for (const [root, folder] of mounts) {
    if (file.startsWith(folder + sep)) return { root, path: relative(folder, file).split(sep).join('/') };
  }
  return null;
}
