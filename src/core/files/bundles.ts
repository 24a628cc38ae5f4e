import { basename, dirname, join } from 'node:path';

/** Threads and processes run from the bundles in `dist`, for tests and tools as well, which import the sources. */
const folder = folderOfBundles(import.meta.dirname);

/** The path of a bundle by its name, `NAME.cjs`. */
export function bundlePath(name: string): string {
  return join(folder, name);
}

function folderOfBundles(own: string): string {
  if (basename(own) === 'dist') return own;
  return basename(own) === 'tools' ? dirname(own) : join(own, '../../../dist');
}
