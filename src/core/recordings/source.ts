import { closeSync, fstatSync, read, readSync } from 'node:fs';
import { basename } from 'node:path';
import { promisify } from 'node:util';
import { openingReasons, openToReadNow } from '../files/openToRead';
import { bytesFor } from './allocate';
import { extensionOf } from './names';
import { UnreadableError } from './unreadable';

const readLater = promisify(read);

/** The bytes of a file by which its format is judged. */
export const headBytes = 64 * 1024;

/** Random access to the bytes of an open file. */
export interface ByteSource {
  readonly path: string;
  /** File name without its folder. */
  readonly name: string;
  /** Lower-case extension with its dot: `.csv`, `.csv.gz`. */
  readonly extension: string;
  readonly size: number;
  /** Modification time in milliseconds. */
  readonly modified: number;
  /** The first 64 KiB, or all of a smaller file. */
  readonly head: Buffer;
  /** Exactly `length` bytes from `position` on. @throws UnreadableError when the file ends before. */
  read(position: number, length: number): Promise<Buffer>;
  /** All bytes from `position` on, in pieces of at most `pieceLength` bytes (1 MiB unless told). @throws UnreadableError */
  pieces(position?: number, pieceLength?: number): AsyncGenerator<Buffer, void>;
}

/**
 * Opens the file at `path`, hands it to `use` and closes it again. Opening it and reading its head block: whoever reads
 * small files would else wait ten times as long for other threads as for the disk.
 * @throws UnreadableError for a directory, a device, a missing or forbidden file.
 */
export async function withSource<T>(path: string, use: (source: ByteSource) => Promise<T>): Promise<T> {
  const file: OpenFile = { descriptor: openFile(path), isOpen: true };
  try {
    return await use(sourceOf(path, file));
  } catch (error) {
    throw asUnreadable(error);
  } finally {
    file.isOpen = false;
    closeSync(file.descriptor);
  }
}

interface OpenFile {
  readonly descriptor: number;
  /** Once it is closed, its descriptor may be that of another file. */
  isOpen: boolean;
}

function openFile(path: string): number {
  try {
    return openToReadNow(path);
  } catch (error) {
    throw asUnreadable(error);
  }
}

function sourceOf(path: string, file: OpenFile): ByteSource {
  const stats = fstatSync(file.descriptor);
  if (stats.isDirectory()) throw new UnreadableError('it is a folder');
  if (!stats.isFile()) throw new UnreadableError('it is not a regular file');
  const head = headOf(file, stats.size);
  // Small files are read once, which takes most of the time that reading them takes.
  const readAt = async (position: number, length: number) =>
    position + length <= head.length ? copyOf(head, position, length) : readUpTo(file, position, length);
  return {
    path,
    name: basename(path),
    extension: extensionOf(path),
    size: stats.size,
    modified: stats.mtimeMs,
    head,
    async read(position, length) {
      if (position < 0 || position + length > stats.size) throw endsEarly(position + length, stats.size);
      const bytes = await readAt(position, length);
      if (bytes.length < length) throw new UnreadableError('it became shorter while it was being read');
      return bytes;
    },
    async *pieces(position = 0, pieceLength = 2 ** 20) {
      for (let at = position; at < stats.size;) {
        const piece = await readAt(at, Math.min(pieceLength, stats.size - at));
        if (piece.length === 0) throw new UnreadableError('it became shorter while it was being read');
        at += piece.length;
        yield piece;
      }
    },
  };
}

/** Memory of its own, which a reader may look at as numbers. */
function copyOf(bytes: Buffer, position: number, length: number): Buffer {
  const copy = bytesFor(length);
  bytes.copy(copy, 0, position, position + length);
  return copy;
}

function headOf({ descriptor }: OpenFile, size: number): Buffer {
  const bytes = bytesFor(Math.min(headBytes, size));
  let filled = 0;
  for (let got = -1; filled < bytes.length && got !== 0; filled += got) {
    got = readSync(descriptor, bytes, filled, bytes.length - filled, filled);
  }
  return bytes.subarray(0, filled);
}

async function readUpTo(file: OpenFile, position: number, length: number): Promise<Buffer> {
  const bytes = bytesFor(length);
  let filled = 0;
  while (filled < length) {
    if (!file.isOpen) throw new Error('a file was read after it was closed');
    const { bytesRead } = await readLater(file.descriptor, bytes, filled, length - filled, position + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return bytes.subarray(0, filled);
}

function endsEarly(needed: number, size: number): UnreadableError {
  return new UnreadableError(`it is truncated: its header promises at least ${needed} bytes, but it has ${size}`);
}

const reasonOfCode: Readonly<Record<string, string>> = {
  ...openingReasons,
  ENOENT: 'it vanished before it could be read',
  EIO: 'the disk reported an error while it was being read',
  EMFILE: 'too many files are open; it will be tried again with the next change',
  ESTALE: 'it vanished while it was being read',
};

/** Turns an error of the file system into an UnreadableError with a reason that a user understands. */
export function asUnreadable(error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  const reason = typeof code === 'string' ? reasonOfCode[code] : undefined;
  return reason === undefined ? error : new UnreadableError(reason, { cause: error });
}
