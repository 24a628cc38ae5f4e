import { isUtf8 } from 'node:buffer';
import type { Dirent } from 'node:fs';
import { readdir, realpath } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { extensionOf } from '../names';
import { UnreadableError } from '../reader';
import { supportedExtensions } from '../registry';
import { asUnreadable } from '../source';
import { labelsName, type FileRules, type SkippedEntry } from './rules';
import { unreadReason } from './unread';

export interface Found {
  /** Candidates in a stable order. */
  readonly files: readonly string[];
  readonly skipped: readonly SkippedEntry[];
  /** Folders that were not entered because of the rules. */
  readonly leftOut: readonly string[];
}

/**
 * Lists the candidates below a workspace folder. Symbolic links are never followed, so that no loop is entered and
 * nothing outside of the workspace is read.
 */
export async function walk(rules: FileRules, signal: AbortSignal): Promise<Found> {
  const found: Finds = { files: [], skipped: [], leftOut: [], folders: [rules.folder] };
  const { files, skipped, leftOut, folders } = found;
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    signal.throwIfAborted();
    const entries = await entriesOf(folder, skipped);
    const unnameable = await unnameableOf(folder, entries);
    for (const entry of entries) {
      if (unnameable.has(entry.name)) await tellUnnameable(entry, folder, rules, skipped);
      else await add(entry, folder, rules, found);
    }
  }
  files.sort();
  return { files, skipped: [...skipped, ...rules.problems], leftOut };
}

interface Finds {
  readonly files: string[];
  readonly skipped: SkippedEntry[];
  readonly leftOut: string[];
  /** Those that are still to be looked into. */
  readonly folders: string[];
}

async function add(entry: Dirent, folder: string, rules: FileRules, found: Finds): Promise<void> {
  const path = join(folder, entry.name);
  const { files, skipped, leftOut, folders } = found;
  const looksSupported = entry.name !== labelsName && supportedExtensions.has(extensionOf(entry.name));
  if (entry.isDirectory()) {
    if (await rules.leavesOutFolder(path)) {
      leftOut.push(path);
      return;
    }
    folders.push(path);
    if (looksSupported) skipped.push({ path, reason: 'it is a folder, although its name is that of a recording' });
  } else if (entry.isSymbolicLink()) {
    if (looksSupported && (await rules.accepts(path))) {
      skipped.push({ path, reason: await linkReason(path, rules.folder) });
    }
  } else if (entry.isFile()) {
    const unread = looksSupported ? null : unreadReason(path);
    if (await rules.accepts(path)) files.push(path);
    else if (unread !== null && (await rules.allows(path))) skipped.push({ path, reason: unread });
  } else if (looksSupported) {
    skipped.push({ path, reason: 'it is not a regular file' });
  }
}

async function tellUnnameable(entry: Dirent, folder: string, rules: FileRules, skipped: SkippedEntry[]): Promise<void> {
  const path = join(folder, entry.name);
  const isLeftOut = entry.isDirectory() ? await rules.leavesOutFolder(path) : !(await rules.accepts(path));
  if (!isLeftOut) skipped.push({ path, reason: 'its name is not written in UTF-8: rename it' });
}

async function entriesOf(folder: string, skipped: SkippedEntry[]): Promise<Dirent[]> {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch (error) {
    const unreadable = asUnreadable(error);
    if (!(unreadable instanceof UnreadableError)) throw error;
    skipped.push({ path: folder, reason: unreadable.message });
    return [];
  }
}

/** Names that are no UTF-8: as a string they name no file. */
async function unnameableOf(folder: string, entries: readonly Dirent[]): Promise<ReadonlySet<string>> {
  if (!entries.some(({ name }) => name.includes('\ufffd'))) return new Set();
  const names = await readdir(folder, { encoding: 'buffer' });
  return new Set(names.filter((name) => !isUtf8(name)).map((name) => name.toString('utf8')));
}

async function linkReason(path: string, folder: string): Promise<string> {
  try {
    const target = await realpath(path);
    const inside = target.startsWith((await realpath(folder)) + sep);
    return inside
      ? 'it is a symbolic link to another file of the workspace'
      : 'it is a symbolic link that leads out of the workspace';
  } catch (error) {
    const unreadable = asUnreadable(error);
    if (!(unreadable instanceof UnreadableError)) throw error;
    const isLoop = error instanceof Error && 'code' in error && error.code === 'ELOOP';
    return isLoop ? unreadable.message : 'it is a symbolic link that leads nowhere';
  }
}
