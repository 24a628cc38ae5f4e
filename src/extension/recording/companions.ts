import { basename, dirname } from 'node:path';

/** Whether a file may be a part of a recording: the file itself, or one of its folder with the same stem. */
export function isCompanion(path: string, recording: string): boolean {
  return path === recording || (dirname(path) === dirname(recording) && stemOf(path) === stemOf(recording));
}

function stemOf(path: string): string {
  return basename(path).replace(/\..*$/, '');
}
