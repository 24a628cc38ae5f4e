import { UnreadableError } from '../../reader';
import type { ByteSource } from '../../source';
import { BitReader } from './bits';

/** What a FLAC file says of its sound. */
export interface StreamInfo {
  /** The most samples of one channel in a frame. */
  readonly largestBlock: number;
  /** Hz. */
  readonly rate: number;
  readonly channels: number;
  /** Bits of a sample. */
  readonly bits: number;
  /** Samples of one channel, 0 where the file does not tell. */
  readonly steps: number;
  /** Where the frames begin. */
  readonly start: number;
}

const mostBlocks = 1000;

/** Reads the metadata of a FLAC file (RFC 9639, section 8). @throws UnreadableError for damage */
export async function readStreamInfo(source: ByteSource): Promise<StreamInfo> {
  if (source.head.toString('latin1', 0, 4) !== 'fLaC') throw new UnreadableError('it does not begin like a FLAC file');
  const reader = new BitReader(await source.read(8, 34));
  reader.unsigned(16);
  const largestBlock = reader.unsigned(16);
  reader.unsigned(24);
  reader.unsigned(24);
  const [rate, channels, bits] = [reader.unsigned(20), reader.unsigned(3) + 1, reader.unsigned(5) + 1];
  const steps = reader.unsigned(4) * 2 ** 32 + reader.unsigned(32);
  let at = 4;
  for (let blocks = 0; blocks < mostBlocks; blocks++) {
    const header = (await source.read(at, 4)).readUInt32BE(0);
    if (blocks === 0 && (header >>> 24) % 128 !== 0) break;
    at += 4 + (header & 0xffffff);
    if (header >>> 31 === 1) return { largestBlock, rate, channels, bits, steps, start: at };
  }
  throw new UnreadableError('it is damaged: its sound does not begin');
}
