import type { FileHandle } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import { Packr } from 'msgpackr';

/** A file of blocks that ends early, or holds other bytes than were written. */
export class DamagedBlocksError extends Error {
  override readonly name = 'DamagedBlocksError';
}

/** In front of a block: its length in bytes, and the CRC-32 of its place among the blocks and its content. */
const headBytes = 8;

/** No block is longer: a length beyond is damage, and no memory is taken for it. */
const mostBytes = 2 ** 28;

/** Each block has the names of fields once. */
const packr = new Packr({ copyBuffers: false, useRecords: true });

/** A value as the block at a place, which counts from 0. */
export function packBlock(place: number, value: unknown): readonly Uint8Array[] {
  const content = packr.pack(value);
  const head = Buffer.alloc(headBytes);
  head.writeUInt32LE(content.length, 0);
  head.writeUInt32LE(checksum(place, content), 4);
  return [head, content];
}

/**
 * The values of the blocks of a file, in their order. Their arrays of bytes hold what they do until the next value is asked
 * for, as all blocks are read into one memory.
 * @throws DamagedBlocksError, and the errors of the file system
 */
export async function* unpackBlocks(file: FileHandle): AsyncGenerator<unknown, void> {
  const head = Buffer.alloc(headBytes);
  let memory = Buffer.alloc(0);
  for (let place = 0; ; place++) {
    const { bytesRead } = await file.read(head, 0, headBytes, null);
    if (bytesRead === 0) return;
    const length = head.readUInt32LE(0);
    if (bytesRead < headBytes || length > mostBytes) throw damaged(place);
    if (memory.length < length) memory = Buffer.allocUnsafeSlow(length);
    const content = memory.subarray(0, length);
    const { bytesRead: got } = await file.read(content, 0, length, null);
    if (got < length || head.readUInt32LE(4) !== checksum(place, content)) throw damaged(place);
    yield packr.unpack(content);
  }
}

function checksum(place: number, content: Uint8Array): number {
  return crc32(content, place);
}

function damaged(place: number): DamagedBlocksError {
  return new DamagedBlocksError(`block ${place} is damaged`);
}
