import { basename } from 'node:path';
import { Readable, pipeline } from 'node:stream';
import { constants, createGunzip, gunzipSync } from 'node:zlib';
import { extensionOf, unpackedName } from '../../names';
import { UnreadableError, type ReadOptions } from '../../reader';
import { headBytes, type ByteSource } from '../../source';
import { ForwardReader } from './forward';

/** Whether bytes begin like a gzip file (RFC 1952). */
export function hasGzipMagic(head: Buffer): boolean {
  return head[0] === 0x1f && head[1] === 0x8b;
}

/** The first 64 KiB of what is packed, or what there is of it in the first 64 KiB of the file; nothing of a damaged file. */
export function unpackedHead({ head }: ByteSource): Buffer {
  // Deflate packs up to 1032 bytes into one, so that the whole head might unpack to 64 MiB.
  for (let length = 64; ; length *= 4) {
    const bytes = inflated(head.subarray(0, length));
    if (bytes === null || bytes.length >= headBytes || length >= head.length) {
      return (bytes ?? Buffer.alloc(0)).subarray(0, headBytes);
    }
  }
}

function inflated(bytes: Buffer): Buffer | null {
  try {
    return gunzipSync(bytes, { finishFlush: constants.Z_SYNC_FLUSH });
  } catch (error) {
    if (isZlibError(error)) return null;
    throw error;
  }
}

/**
 * What a gzip file holds, as a file of its own. It is unpacked as it is read and never kept: once from end to end to learn
 * its size, and again for whoever reads it, so that reading backwards costs unpacking from the beginning.
 * @throws UnreadableError for damage and for more than `options.maximumBytes` unpacked bytes.
 */
export async function withUnpacked<T>(
  source: ByteSource,
  options: ReadOptions,
  use: (unpacked: ByteSource) => Promise<T>,
): Promise<T> {
  const size = await sizeOf(source, options);
  const path = unpackedName(source.path);
  const stream = new ForwardReader((position) => unpackedFrom(source, position, options));
  const { modified } = source;
  const head = size === 0 ? Buffer.alloc(0) : await stream.read(0, Math.min(headBytes, size));
  try {
    return await use({
      ...{ path, name: basename(path), extension: extensionOf(path), size, modified, head },
      read(position, length) {
        if (position >= 0 && position + length <= size) return stream.read(position, length);
        const needed = position + length;
        return Promise.reject(
          new UnreadableError(
            `it is truncated: its header promises at least ${needed} bytes, but it unpacks to ${size}`,
          ),
        );
      },
      pieces: (position = 0, pieceLength = 2 ** 18) => unpackedFrom(source, position, options, pieceLength),
    });
  } finally {
    await stream.close();
  }
}

async function sizeOf(source: ByteSource, options: ReadOptions): Promise<number> {
  let size = 0;
  for await (const piece of unpackedFrom(source, 0, options)) {
    size += piece.length;
    if (size > options.maximumBytes) {
      const megabytes = Math.round(options.maximumBytes / 2 ** 20).toLocaleString('en');
      throw new UnreadableError(
        `it unpacks to more than the limit of ${megabytes} MB (setting kindred.files.maximumMegabytes)`,
      );
    }
  }
  return size;
}

async function* unpackedFrom(
  source: ByteSource,
  position: number,
  { signal }: ReadOptions,
  pieceLength = 2 ** 18,
): AsyncGenerator<Buffer, void> {
  // An error of either stream is met by the loop below, which reads the last of them.
  const unpacking = pipeline(
    Readable.from(source.pieces(), { highWaterMark: 1 }),
    createGunzip({ chunkSize: pieceLength }),
    () => undefined,
  );
  let skip = position;
  try {
    for await (const piece of unpacking as AsyncIterable<Buffer>) {
      signal?.throwIfAborted();
      if (piece.length > skip) yield piece.subarray(skip);
      skip = Math.max(0, skip - piece.length);
    }
  } catch (error) {
    if (!isZlibError(error)) throw error;
    const reason = error.code === 'Z_BUF_ERROR' ? 'it is truncated' : 'it is damaged';
    throw new UnreadableError(`${reason}: it cannot be unpacked to its end`);
  }
}

/** Whether an error is about the packed bytes. */
export function isZlibError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && error.code.startsWith('Z_');
}
