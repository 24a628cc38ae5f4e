import { codeOf } from './errorCode';
import type { FileHandle } from 'node:fs/promises';
import { openingReasons, openToRead } from './openToRead';

/** A file that is not read, although it is there; the message ends the sentence "it cannot be used, because ...". */
export class RefusedFileError extends Error {
  override readonly name = 'RefusedFileError';
}

/**
 * Reads a file whose name is known beforehand, such as one of settings. Behind such a name a workspace may put a folder, a
 * pipe that nobody writes to, or a link to a device that never ends.
 *
 * @returns `null` where there is no such file
 * @throws RefusedFileError for what is no regular file, has more than `mostBytes`, or cannot be read
 */
export async function readBounded(path: string, mostBytes: number): Promise<Buffer | null> {
  try {
    const handle = await openToRead(path);
    try {
      return await contentOf(handle, mostBytes);
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (error instanceof RefusedFileError) throw error;
    const code = codeOf(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') return null;
    const reason = typeof code === 'string' ? openingReasons[code] : undefined;
    throw new RefusedFileError(
      reason ?? `it cannot be read (${error instanceof Error ? error.message : String(error)})`,
      {
        cause: error,
      },
    );
  }
}

async function contentOf(handle: FileHandle, mostBytes: number): Promise<Buffer> {
  const stats = await handle.stat();
  if (stats.isDirectory()) throw new RefusedFileError('it is a folder');
  if (!stats.isFile()) throw new RefusedFileError('it is not a regular file');
  // The size may be another by the time of reading, and that of some files is told as 0.
  const pieces: Buffer[] = [];
  for (let total = 0; ;) {
    if (Math.max(total, stats.size) > mostBytes) throw new RefusedFileError(`it has more than ${megabytes(mostBytes)}`);
    const piece = Buffer.alloc(Math.max(4096, stats.size - total));
    const { bytesRead } = await handle.read(piece, 0, piece.length, total);
    if (bytesRead === 0) return Buffer.concat(pieces);
    pieces.push(piece.subarray(0, bytesRead));
    total += bytesRead;
  }
}

function megabytes(bytes: number): string {
  return `${bytes / 2 ** 20} MB`;
}
