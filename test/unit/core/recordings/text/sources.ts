import { readFileSync } from 'node:fs';
import { basename, extname } from 'node:path';
import { defaultReadOptions, type Reader, type ReadOptions } from '../../../../../src/core/recordings/reader';
import type { Sequence } from '../../../../../src/core/recordings/sequence';
import type { ByteSource } from '../../../../../src/core/recordings/source';

export const fixtures = new URL('../../../../fixtures/text/', import.meta.url).pathname;

/** A source in memory; a small `pieceLength` cuts cells, line ends and characters in two. */
export function memorySource(name: string, content: string | Buffer, pieceLength = 2 ** 20): ByteSource {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  return {
    path: `/memory/${name}`,
    name,
    extension: extname(name).toLowerCase(),
    size: bytes.length,
    modified: 0,
    head: bytes.subarray(0, 64 * 1024),
    read: (position, length) => Promise.resolve(bytes.subarray(position, position + length)),
    async *pieces(position = 0) {
      for (let at = position; at < bytes.length; at += pieceLength) {
        await Promise.resolve();
        yield bytes.subarray(at, at + pieceLength);
      }
    },
  };
}

export function fixture(name: string, pieceLength?: number): ByteSource {
  return memorySource(basename(name), readFileSync(fixtures + name), pieceLength);
}

export async function readText(
  reader: Reader,
  name: string,
  content: string | Buffer,
  options: Partial<ReadOptions> = {},
): Promise<readonly Sequence[]> {
  return reader.read(memorySource(name, content), { ...defaultReadOptions, ...options });
}

export function rowsOf(sequence: Sequence): number[][] {
  return sequence.channels.map((channel) => Array.from(channel.values));
}
