import { relative, sep } from 'node:path';
import type { WorkspaceFolder } from '../protocol/engine';

/** The folder that a path lies in, or `undefined` for one outside of the workspace. */
export function folderOf(path: string, folders: readonly WorkspaceFolder[]): WorkspaceFolder | undefined {
  return folders.find((folder) => path === folder.path || path.startsWith(folder.path + sep));
}

/** The path from a workspace folder, with forward slashes. */
export function insidePath(path: string, folder: WorkspaceFolder): string {
  return relative(folder.path, path).split(sep).join('/');
}

/** A path as it is shown: from its workspace folder, whose name comes first if there are several. */
export function shownPath(path: string, folders: readonly WorkspaceFolder[]): string {
  const folder = folderOf(path, folders);
  if (folder === undefined) return path;
  const inside = insidePath(path, folder);
  return folders.length > 1 ? `${folder.name}/${inside}` : inside;
}

/** The key of a sequence in the galleries. */
export function sequenceKey(path: string, number: number): string {
  return `${number} ${path}`;
}

/** The path of `sequenceKey`. */
export function pathOfKey(key: string): string {
  return key.slice(key.indexOf(' ') + 1);
}
