import { stat } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { extname, relative, resolve, sep } from 'node:path';
import { FileRules } from '../../recordings/folder/rules';
import { walk } from '../../recordings/folder/walk';
import { UnreadableError } from '../../recordings/reader';
import { asUnreadable } from '../../recordings/source';
import { readLabelledFolder } from './labelledFolder';
import { PackError, type Pack } from './pack';
import { descriptionPath, readPack } from './readPack';

/**
 * Reads the packs that paths lead to, one after the other, so that they need not be in memory together. A path is an
 * `.npz` file, a folder that holds packs at any depth, or a folder of labelled recordings. A pack deeper in a folder is
 * called by its path from there, as `ucr/Car`.
 *
 * @throws PackError for a path without packs, two packs of one name, and packs that cannot be used
 */
export async function* readPacks(paths: readonly string[], signal: AbortSignal): AsyncGenerator<Pack, void> {
  const names = new Set<string>();
  for (const path of paths) {
    for await (const pack of packsAt(resolve(path), signal)) {
      if (names.has(pack.name)) throw new PackError(`Two packs are called ${pack.name}.`);
      names.add(pack.name);
      yield pack;
    }
  }
}

async function* packsAt(path: string, signal: AbortSignal): AsyncGenerator<Pack, void> {
  if (!(await isFolder(path))) {
    if (extname(path).toLowerCase() !== '.npz') throw new PackError(`${path} is neither a folder nor an .npz file.`);
    yield await readPack(path);
    return;
  }
  const { files, skipped } = await walk(new FileRules(path, everything), signal);
  const unreadable = skipped.find((entry) => entry.path === path);
  if (unreadable !== undefined) throw new PackError(`The folder ${path} cannot be read: ${unreadable.reason}.`);
  const packs = files.filter((file) => extname(file).toLowerCase() === '.npz');
  if (!packs.some((file) => existsSync(descriptionPath(file)))) {
    yield* await readLabelledFolder(path, files);
    return;
  }
  for (const file of packs) {
    signal.throwIfAborted();
    const pack = await readPack(file);
    const inside = relative(path, file).split(sep).join('/');
    yield inside.includes('/') ? { ...pack, name: inside.replace(/\.npz$/i, '') } : pack;
  }
}

const everything = { include: [], exclude: [], useGitignore: false };

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch (error) {
    const unreadable = asUnreadable(error);
    if (!(unreadable instanceof UnreadableError)) throw error;
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    const reason = code === 'ENOENT' ? 'it does not exist' : unreadable.message;
    throw new PackError(`${path} cannot be read: ${reason}.`, { cause: error });
  }
}
