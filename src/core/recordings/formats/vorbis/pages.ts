import { UnreadableError } from '../../reader';

/** What the pages of an Ogg file say of the one stream in it. */
export interface Stream {
  /** The first packet. */
  readonly head: Buffer;
  readonly packets: number;
  /** The time of the last sample, in samples. */
  readonly position: number;
}

const headerBytes = 27;

/**
 * Goes through the pages of an Ogg file (RFC 3533).
 * @throws UnreadableError for damage and for several streams
 */
export function streamOf(bytes: Buffer): Stream {
  let [packets, position, serial] = [0, 0, 0];
  let head: Buffer | null = null;
  for (let at = 0; at < bytes.length;) {
    const { start, end, segments } = pageAt(bytes, at);
    serial = head === null ? bytes.readUInt32LE(at + 14) : serial;
    if (bytes.readUInt32LE(at + 14) !== serial) {
      throw new UnreadableError('it holds several streams, of which none is chosen');
    }
    head ??= bytes.subarray(start, end);
    for (const length of segments) if (length < 255) packets++;
    const granule = bytes.readBigInt64LE(at + 6);
    // Where no packet ends on a page, it has none.
    if (granule >= 0n) position = Number(granule);
    at = end;
  }
  if (head === null) throw new UnreadableError('it holds no samples');
  return { head, packets, position };
}

interface Page {
  readonly segments: Buffer;
  /** Where its content begins, and where it ends. */
  readonly start: number;
  readonly end: number;
}

function pageAt(bytes: Buffer, at: number): Page {
  if (bytes.toString('latin1', at, at + 4) !== 'OggS') {
    throw new UnreadableError(
      at === 0 ? 'it does not begin like an Ogg file' : 'it is damaged: a page is not where it should be',
    );
  }
  if (at + headerBytes > bytes.length) throw truncated();
  const start = at + headerBytes + bytes.readUInt8(at + 26);
  const segments = bytes.subarray(at + headerBytes, start);
  const end = start + segments.reduce((sum, length) => sum + length, 0);
  if (end > bytes.length) throw truncated();
  if (checkSum(bytes, at, end) !== bytes.readUInt32LE(at + 22)) {
    throw new UnreadableError('it is damaged: a check sum does not fit');
  }
  return { segments, start, end };
}

function truncated(): UnreadableError {
  return new UnreadableError('it is truncated: its last page is not complete');
}

/** CRC-32 with the polynomial 0x04c11db7, nothing reflected. */
const remainders = Uint32Array.from({ length: 256 }, (_, byte) => {
  let remainder = byte << 24;
  for (let bit = 0; bit < 8; bit++) remainder = (remainder << 1) ^ (remainder < 0 ? 0x04c11db7 : 0);
  return remainder;
});

/** The check sum of a page, in which its own place counts as zero. */
function checkSum(bytes: Buffer, start: number, end: number): number {
  let sum = 0;
  for (let at = start; at < end; at++) {
    const byte = at >= start + 22 && at < start + 26 ? 0 : bytes[at]!;
    sum = (sum << 8) ^ remainders[(sum >>> 24) ^ byte]!;
  }
  return sum >>> 0;
}
