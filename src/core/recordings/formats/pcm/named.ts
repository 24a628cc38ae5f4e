import { lstat } from 'node:fs/promises';
import { UnreadableError } from '../../reader';
import { asUnreadable, withSource, type ByteSource } from '../../source';
import { quoted } from './text';

/**
 * A header must not lead out of its folder: not by a path, a Windows drive or stream, nor to standard input (`-`).
 * @throws UnreadableError
 */
export function checkPlainName(name: string, what: string): void {
  const plain = !/^(?:\.{0,2}|-|~.*)$/.test(name) && !/[/\\:\p{Cc}]/u.test(name) && name.length <= 255;
  if (!plain) throw new UnreadableError(`its ${what} ${quoted(name)} is not named as a file in the same folder`);
}

/** Opens a file that a header names; what goes wrong is said of that file by name. */
export async function inFile<T>(
  { path, file }: { readonly path: string; readonly file: string },
  use: (source: ByteSource) => Promise<T>,
): Promise<T> {
  try {
    // A link could lead anywhere, and the name comes from a file that nobody need trust.
    if ((await lstat(path)).isSymbolicLink()) throw new UnreadableError('it is a symbolic link');
    return await withSource(path, use);
  } catch (thrown) {
    const error = asUnreadable(thrown);
    if (!(error instanceof UnreadableError)) throw error;
    const { cause } = error;
    const missing = cause instanceof Error && 'code' in cause && cause.code === 'ENOENT';
    const reason = missing ? 'it is missing' : error.message;
    throw new UnreadableError(`its ${file} cannot be used: ${reason}`, { cause: error });
  }
}
