import { keyOf } from '../../core/index/store/records';
import { layoutKey } from '../../core/recordings/layout';
import { shortened } from '../shortened';

/** Text as a table can hold it: PostgreSQL knows no NUL, and nothing is as long as somebody likes. */
export function storable(text: string): string {
  return shortened(text.replaceAll('\u0000', '\ufffd'));
}

/** The same for text that may be missing. */
export function storableOrNull(text: string | null): string | null {
  return text === null ? null : storable(text);
}

/** The layout of some channels as a team's index names it: a digest, as lists of names are longer than what an index takes. */
export function layoutDigest(names: readonly (string | null)[]): string {
  return digestOfKey(layoutKey(names.map(storableOrNull)));
}

/** The same of the key of a layout, of channels whose names can be stored as they are. */
export function digestOfKey(layout: string): string {
  return keyOf('layout', layout);
}

const longestPath = 4096;

/**
 * Whether a path from a table can be one below a root: with forward slashes, and leading nowhere else on any system. Rows are
 * written by others.
 */
export function isSafePath(path: string): boolean {
  // eslint-disable-next-line no-control-regex
  if (path === '' || path.length > longestPath || /[\u0000-\u001f\u007f-\u009f\\]/.test(path)) return false;
  const parts = path.split('/');
  // A colon is part of a drive, or of a stream of NTFS, but only Windows takes it for that: see `isSafeHere`.
  return parts.every((part) => part !== '' && part !== '.' && part !== '..');
}

/** Whether it can also be opened below a folder of this machine. */
export function isSafeHere(path: string, platform = process.platform): boolean {
  return isSafePath(path) && (platform !== 'win32' || !/[:*?"<>|]|[ .](\/|$)/.test(path));
}

const longestName = 128;

/** Whether a name can be that of a root: one that can stand before a colon and a path, in a terminal and in a list. */
export function isRootName(name: string): boolean {
  return name.length <= longestName && /^[\p{L}\p{N}][\p{L}\p{N} ._-]*$/u.test(name);
}
