import { UnreadableError } from '../../reader';
import type { ByteSource } from '../../source';
import type { NumberType } from '../pcm/codecs';

export interface WavHeader {
  readonly type: NumberType;
  readonly channels: number;
  /** Hz; 0 where the file gives none. */
  readonly rate: number;
  /** Bytes of one sample of every channel. */
  readonly frameBytes: number;
  readonly dataStart: number;
  readonly dataBytes: number;
  /** Whether the header left the length open, as writers to a pipe do, and the rest of the file was taken. */
  readonly streamed: boolean;
}

/** A hostile file can hold very many empty chunks, each of which costs a read. */
const mostChunks = 1000;

/** Lengths that writers leave in a header that they cannot go back to: FFmpeg's, and SoX's. */
const openLengths: ReadonlySet<number> = new Set([0xffffffff, 0x7ffff000]);

interface Chunk {
  readonly id: string;
  readonly start: number;
  readonly length: number;
}

/**
 * Reads the chunks of a RIFF, RF64 or BW64 WAVE file up to its samples (EBU Tech 3306 for the 64-bit forms).
 * @throws UnreadableError for other files, other encodings than linear PCM and IEEE floats, and truncated files.
 */
export async function parseWavHeader(source: ByteSource): Promise<WavHeader> {
  const riff = checkMagic(source.head);
  let format: Chunk | undefined;
  let long: bigint | undefined;
  let at = 12;
  for (let chunks = 0; chunks < mostChunks && at + 8 <= source.size; chunks++) {
    const chunk = await chunkAt(source, at);
    if (chunk.id === 'data') {
      if (format === undefined) throw new UnreadableError('its samples come before the description of their format');
      return { ...(await formatOf(source, format)), ...extentOf(source, chunk, riff, long) };
    }
    if (chunk.id === 'fmt ') format = chunk;
    if (chunk.id === 'ds64') long = (await source.read(chunk.start, 16)).readBigUInt64LE(8);
    at = chunk.start + chunk.length + (chunk.length % 2);
  }
  throw new UnreadableError(at > source.size ? 'it is truncated before its samples' : 'it has no samples');
}

/** The magic word and the length that the file gives for all of itself, less 8. */
function checkMagic(head: Buffer): { readonly id: string; readonly length: number } {
  const id = head.toString('latin1', 0, 4);
  if (id === 'RIFX') throw new UnreadableError('it is a big-endian WAVE file (RIFX)');
  if (!['RIFF', 'RF64', 'BW64'].includes(id)) throw new UnreadableError('it does not begin like a WAVE file');
  if (head.length < 12) throw new UnreadableError('it is truncated before its samples');
  if (head.toString('latin1', 8, 12) !== 'WAVE') throw new UnreadableError('it is a RIFF file, but not of sound');
  return { id, length: head.readUInt32LE(4) };
}

async function chunkAt(source: ByteSource, at: number): Promise<Chunk> {
  const header = at + 8 <= source.head.length ? source.head.subarray(at, at + 8) : await source.read(at, 8);
  return { id: header.toString('latin1', 0, 4), start: at + 8, length: header.readUInt32LE(4) };
}

type Extent = Pick<WavHeader, 'dataStart' | 'dataBytes' | 'streamed'>;

function extentOf(
  source: ByteSource,
  { start, length }: Chunk,
  riff: { readonly id: string; readonly length: number },
  long: bigint | undefined,
): Extent {
  const rest = source.size - start;
  // A length of 0 is the truth when the length of the whole file was filled in as well.
  const finished = riff.length + 8 === source.size;
  if (riff.id !== 'RIFF' && length === 0xffffffff && long !== undefined) length = Number(long);
  else if (openLengths.has(length) || (length === 0 && !finished)) {
    return { dataStart: start, dataBytes: rest, streamed: true };
  }
  if (length > rest) {
    throw new UnreadableError(`it is truncated: its header promises ${length} bytes of samples, but it has ${rest}`);
  }
  return { dataStart: start, dataBytes: length, streamed: false };
}

const encodings: Readonly<Record<number, string>> = {
  0x02: 'Microsoft ADPCM',
  0x06: 'A-law',
  0x07: 'µ-law',
  0x11: 'IMA ADPCM',
  0x16: 'G.723 ADPCM',
  0x31: 'GSM 6.10',
  0x40: 'G.721 ADPCM',
  0x45: 'G.726 ADPCM',
  0x50: 'MPEG audio',
  0x55: 'MP3',
  0xff: 'AAC',
  0x161: 'Windows Media audio',
  0x2000: 'AC-3',
  0x674f: 'Vorbis',
  0xf1ac: 'FLAC',
};

const pcm = 1;
const float = 3;
const extensible = 0xfffe;

/** The end of every GUID that carries a format tag in its first two bytes (RFC 2361, section 4). */
const guidTail = Buffer.from('000000001000800000aa00389b71', 'hex');

async function formatOf(
  source: ByteSource,
  { start, length }: Chunk,
): Promise<Pick<WavHeader, 'type' | 'channels' | 'rate' | 'frameBytes'>> {
  if (length < 16) throw new UnreadableError('the description of its format is too short');
  const fields = await source.read(start, Math.min(length, 40));
  const tag = tagOf(fields);
  const channels = fields.readUInt16LE(2);
  const frameBytes = fields.readUInt16LE(12);
  if (tag !== pcm && tag !== float) {
    throw new UnreadableError(`its samples are encoded as ${encodings[tag] ?? `format 0x${tag.toString(16)}`}`);
  }
  if (channels === 0) throw new UnreadableError('it has no channels');
  const type = typeOf(tag, fields.readUInt16LE(14), frameBytes / channels);
  return { type, channels, rate: fields.readUInt32LE(4), frameBytes };
}

function tagOf(fields: Buffer): number {
  const tag = fields.readUInt16LE(0);
  if (tag !== extensible) return tag;
  if (fields.length < 40) throw new UnreadableError('the description of its format is too short');
  if (!fields.subarray(26, 40).equals(guidTail)) throw new UnreadableError('its samples are of an unknown encoding');
  return fields.readUInt16LE(24);
}

const typesOfPcm: Readonly<Record<number, NumberType>> = { 1: 'u1', 2: 'i2', 3: 'i3', 4: 'i4' };
const typesOfFloat: Readonly<Record<number, NumberType>> = { 4: 'f4', 8: 'f8' };

function typeOf(tag: number, bits: number, bytes: number): NumberType {
  const type = (tag === pcm ? typesOfPcm : typesOfFloat)[bytes];
  // Samples of, say, 20 bits fill the high bits of 3 bytes, so that only the number of bytes matters.
  const fits = tag === pcm ? Math.ceil(bits / 8) === bytes : bits === 8 * bytes;
  if (type !== undefined && fits) return type;
  throw new UnreadableError(
    `its samples are ${tag === pcm ? 'whole' : 'floating'} numbers of ${bits} bits in ${bytes} bytes`,
  );
}
