import { crc32 } from 'node:zlib';
import { Packr } from 'msgpackr';

const checksumBytes = 4;

/** Buffers are copied out: what LMDB lends holds only until the next read. */
const packr = new Packr({ copyBuffers: true, useRecords: false });

/** A record as bytes: a CRC-32 of its place and its content, then the content. */
export function sealed(place: string, value: unknown): Buffer {
  const content = packr.pack(value);
  const bytes = Buffer.allocUnsafe(checksumBytes + content.length);
  bytes.writeUInt32LE(checksum(place, content));
  content.copy(bytes, checksumBytes);
  return bytes;
}

/**
 * The record in bytes that were read at a place. The place is part of the checksum: a sound record of another key is
 * damage as well.
 * @returns `undefined` for one that was damaged
 */
export function unsealed(place: string, { buffer, byteOffset, length }: Uint8Array): unknown {
  if (length <= checksumBytes) return undefined;
  // The array that LMDB lends is longer than its `length`, and slices of it would be as well.
  const content = new Uint8Array(buffer, byteOffset + checksumBytes, length - checksumBytes);
  const expected = new DataView(buffer, byteOffset, checksumBytes).getUint32(0, true);
  return expected === checksum(place, content) ? packr.unpack(content) : undefined;
}

function checksum(place: string, content: Uint8Array): number {
  return crc32(content, crc32(place));
}
