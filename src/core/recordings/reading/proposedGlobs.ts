import { extensionOf } from '../names';

/** Globs of rules about a file, relative to its workspace folder. */
export interface ProposedGlobs {
  /** The file alone. */
  readonly file: string;
  /** The files of its ending beside it. */
  readonly alike: string;
  /** The files of its ending in the whole workspace folder. */
  readonly all: string;
}

/** @param inside the path from the workspace folder, with forward slashes */
export function proposedGlobs(inside: string): ProposedGlobs {
  const cut = inside.lastIndexOf('/') + 1;
  // As it is written: globs tell capitals from small letters.
  const ending = literal(inside.slice(inside.length - extensionOf(inside).length));
  // A glob without a slash would be for files of any folder.
  const top = cut === 0 ? '/' : '';
  return { file: top + literal(inside), alike: `${top}${literal(inside.slice(0, cut))}*${ending}`, all: `*${ending}` };
}

/** The glob that names nothing but `path`; braces with a comma have no way to be written, and become any character. */
function literal(path: string): string {
  const plain = path.replace(/[[*?]/g, (character) => `[${character}]`);
  return /\{[^{}]*,[^{}]*\}/.test(plain) ? plain.replaceAll('{', '?') : plain;
}
