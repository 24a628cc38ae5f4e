import { UnreadableError } from '../../reader';
import type { ByteSource } from '../../source';
import { extentAt, type Extent, type StoredSound } from '../pcm/sound';
import { chunkBytes, eachChunk, type Chunk } from './chunks';
import { longestFormat, parseWaveFormat } from './encoding';

/** Lengths that writers leave in a header that they cannot go back to: FFmpeg's, and SoX's. */
const openLengths: ReadonlySet<number> = new Set([0xffffffff, 0x7ffff000]);

/**
 * Reads the parts of a RIFF, RIFX, RF64 or BW64 WAVE file up to its samples (EBU Tech 3306 for the 64-bit forms).
 * @throws UnreadableError for other files and for encodings that are not read.
 */
export async function parseWavHeader(source: ByteSource): Promise<StoredSound> {
  const riff = checkMagic(source.head);
  const found = new Map<string, Chunk>();
  const end = await eachChunk(source, 12, riff.bigEndian, (chunk) => {
    if (!found.has(chunk.id)) found.set(chunk.id, chunk);
    return found.has('data') && found.has('fmt ');
  });
  const [fmt, data] = [found.get('fmt '), found.get('data')];
  if (data === undefined) {
    throw new UnreadableError(end > source.size ? 'it is truncated before its samples' : 'it has no samples');
  }
  if (fmt === undefined) throw new UnreadableError('it does not describe the format of its samples');
  const extent = extentOf(source, data, riff, await longLength(source, found.get('ds64')));
  const fields = await chunkBytes(source, fmt, 16, longestFormat);
  const wave = parseWaveFormat(fields, riff.bigEndian);
  const frames = 'framesOfPart' in wave.format.codec ? await factOf(source, found.get('fact'), riff.bigEndian) : null;
  return { ...wave, ...extent, frames };
}

interface Riff {
  readonly id: string;
  /** The length that the file gives for all of itself, less 8. */
  readonly length: number;
  readonly bigEndian: boolean;
}

function checkMagic(head: Buffer): Riff {
  const id = head.toString('latin1', 0, 4);
  if (!['RIFF', 'RIFX', 'RF64', 'BW64'].includes(id)) throw new UnreadableError('it does not begin like a WAVE file');
  if (head.length < 12) throw new UnreadableError('it is truncated before its samples');
  if (head.toString('latin1', 8, 12) !== 'WAVE') throw new UnreadableError('it is a RIFF file, but not of sound');
  const bigEndian = id === 'RIFX';
  return { id, length: bigEndian ? head.readUInt32BE(4) : head.readUInt32LE(4), bigEndian };
}

async function longLength(source: ByteSource, ds64: Chunk | undefined): Promise<number | null> {
  return ds64 === undefined ? null : Number((await chunkBytes(source, ds64, 16, 16)).readBigUInt64LE(8));
}

/** The number of frames that the part `fact` gives: the last block of a compressed sound may hold more. */
async function factOf(source: ByteSource, fact: Chunk | undefined, bigEndian: boolean): Promise<number | null> {
  if (fact === undefined || fact.length < 4) return null;
  const bytes = await source.read(fact.start, 4);
  return (bigEndian ? bytes.readUInt32BE(0) : bytes.readUInt32LE(0)) || null;
}

function extentOf(source: ByteSource, { start, length }: Chunk, riff: Riff, long: number | null): Extent {
  // A length of 0 is the truth when the length of the whole file was filled in as well.
  const finished = riff.length + 8 === source.size;
  const promised = length === 0xffffffff && long !== null ? long : length;
  const open = openLengths.has(promised) || (promised === 0 && !finished);
  return extentAt(source, start, open ? null : promised);
}
