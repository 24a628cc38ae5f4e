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
  const files: string[] = [];
  const skipped: SkippedEntry[] = [];
  const leftOut: string[] = [];
  const folders = [rules.folder];
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    signal.throwIfAborted();
    for (const entry of await entriesOf(folder, skipped)) {
      const path = join(folder, entry.name);
      const looksSupported = entry.name !== labelsName && supportedExtensions.has(extensionOf(entry.name));
      if (entry.isDirectory()) {
        if (await rules.leavesOutFolder(path)) {
          leftOut.push(path);
          continue;
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
  }
  files.sort();
  return { files, skipped: [...skipped, ...rules.problems], leftOut };
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
