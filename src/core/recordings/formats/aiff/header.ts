import { UnreadableError } from '../../reader';
import type { ByteSource } from '../../source';
import { imaAppleCodec } from '../pcm/adpcm';
import { aLawCodec, muLawCodec } from '../pcm/companding';
import {
  expandedFormat,
  extentAt,
  floatFormat,
  integerFormat,
  type Extent,
  type SampleFormat,
  type StoredSound,
} from '../pcm/sound';
import { quoted } from '../pcm/text';
import { chunkBytes, eachChunk, type Chunk } from '../wav/chunks';

/**
 * Reads the parts of an AIFF or AIFF-C file (Audio Interchange File Format 1.3 and its draft for AIFF-C, Apple 1989 and 1991).
 * @throws UnreadableError for other files and for encodings that are not read.
 */
export async function parseAiffHeader(source: ByteSource): Promise<StoredSound> {
  const { head } = source;
  if (head.toString('latin1', 0, 4) !== 'FORM') throw new UnreadableError('it does not begin like an AIFF file');
  if (head.length < 12) throw new UnreadableError('it is truncated before its samples');
  const kind = head.toString('latin1', 8, 12);
  if (kind !== 'AIFF' && kind !== 'AIFC') throw new UnreadableError('it is an IFF file, but not of sound');
  const found = new Map<string, Chunk>();
  const end = await eachChunk(source, 12, true, (chunk) => {
    if (!found.has(chunk.id)) found.set(chunk.id, chunk);
    return found.has('COMM') && found.has('SSND');
  });
  const [common, samples] = [found.get('COMM'), found.get('SSND')];
  if (samples === undefined) {
    throw new UnreadableError(end > source.size ? 'it is truncated before its samples' : 'it has no samples');
  }
  if (common === undefined) throw new UnreadableError('it does not describe the format of its samples');
  const sound = parseCommon(await chunkBytes(source, common, kind === 'AIFC' ? 22 : 18, 22));
  return { ...sound, ...(await extentOf(source, samples)) };
}

type Common = Omit<StoredSound, keyof Extent>;

function parseCommon(fields: Buffer): Common {
  const channels = fields.readUInt16BE(0);
  if (channels === 0) throw new UnreadableError('it has no channels');
  const frames = fields.readUInt32BE(2);
  const compression = fields.length < 22 ? 'NONE' : fields.toString('latin1', 18, 22);
  const format = sampleFormat(compression, fields.readUInt16BE(6), channels);
  // Compressed files count packets here.
  const counted = frames > 0 && !('framesOfPart' in format.codec);
  return { format, channels, frames: counted ? frames : null, rate: extendedAt(fields, 8) };
}

function sampleFormat(compression: string, bits: number, channels: number): SampleFormat {
  const bytes = Math.ceil(bits / 8);
  const format = formatOf(compression.toLowerCase(), bytes, channels);
  if (format === undefined) throw new UnreadableError(`its samples are encoded as ${quoted(compression)}`);
  if (format === null) throw new UnreadableError(`its samples are ${quoted(compression)} numbers of ${bits} bits`);
  return format;
}

function formatOf(compression: string, bytes: number, channels: number): SampleFormat | null | undefined {
  switch (compression) {
    case 'none':
    case 'twos':
      return integerFormat(bytes, false, true);
    case 'sowt':
      return integerFormat(bytes, true, true);
    case 'raw ':
      return integerFormat(bytes, false, bytes !== 1);
    case 'in24':
      return integerFormat(3, false, true);
    case 'in32':
      return integerFormat(4, false, true);
    case '42ni':
      return integerFormat(3, true, true);
    case '23ni':
      return integerFormat(4, true, true);
    case 'fl32':
      return floatFormat(4, false);
    case 'fl64':
      return floatFormat(8, false);
    case 'alaw':
      return expandedFormat(aLawCodec);
    case 'ulaw':
      return expandedFormat(muLawCodec);
    case 'ima4':
      return expandedFormat(imaAppleCodec(channels));
    default:
      return undefined;
  }
}

/** An 80-bit number of the form that the 68881 uses (IEEE 754 double extended, its leading bit written out). */
function extendedAt(bytes: Buffer, at: number): number {
  const exponent = (bytes.readUInt16BE(at) & 0x7fff) - 16383 - 63;
  const value = Number(bytes.readBigUInt64BE(at + 2)) * 2 ** exponent;
  return Number.isFinite(value) && bytes[at]! < 0x80 ? value : 0;
}

async function extentOf(source: ByteSource, chunk: Chunk): Promise<Extent> {
  if (chunk.start + 8 > source.size) throw new UnreadableError('it is truncated before its samples');
  const offset = (await source.read(chunk.start, 4)).readUInt32BE(0);
  const open = chunk.length === 0 || chunk.length === 0xffffffff;
  const dataStart = Math.min(source.size, chunk.start + 8 + offset);
  return extentAt(source, dataStart, open ? null : chunk.length - 8 - offset);
}
