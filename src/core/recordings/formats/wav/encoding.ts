import { UnreadableError } from '../../reader';
import { imaWaveCodec, msCodec, msCoefficients } from '../pcm/adpcm';
import { aLawCodec, muLawCodec } from '../pcm/companding';
import { expandedFormat, floatFormat, integerFormat, type SampleFormat } from '../pcm/sound';

/** What the part `fmt` of a WAVE file says. */
export interface WaveFormat {
  readonly format: SampleFormat;
  readonly channels: number;
  /** Hz; 0 where the file gives none. */
  readonly rate: number;
}

/** The names of registered encodings (RFC 2361) that are not read. */
const otherEncodings: Readonly<Record<number, string>> = {
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

const tags = { pcm: 1, msAdpcm: 2, float: 3, aLaw: 6, muLaw: 7, imaAdpcm: 0x11, extensible: 0xfffe } as const;

/** The part `fmt` is at most this long for all that is read of it: the coefficients of Microsoft ADPCM come last. */
export const longestFormat = 22 + 4 * 256;

/** The end of every GUID that carries a format tag in its first bytes: that of RFC 2361, and that of Ambisonics. */
const guidTails: ReadonlySet<string> = new Set(['00001000800000aa00389b71', '2107d3118644c8c1ca000000']);

/**
 * Reads the bytes of the part `fmt`, at least 16.
 * @throws UnreadableError for an encoding that is not read
 */
export function parseWaveFormat(fields: Buffer, bigEndian: boolean): WaveFormat {
  const at16 = (at: number) => (bigEndian ? fields.readUInt16BE(at) : fields.readUInt16LE(at));
  const tag = at16(0) === tags.extensible ? extensibleTag(fields, bigEndian) : at16(0);
  const channels = at16(2);
  if (channels === 0) throw new UnreadableError('it has no channels');
  const rate = bigEndian ? fields.readUInt32BE(4) : fields.readUInt32LE(4);
  const shape = { channels, blockBytes: at16(12), bits: at16(14) };
  return { format: sampleFormat(tag, shape, fields, bigEndian), channels, rate };
}

function extensibleTag(fields: Buffer, bigEndian: boolean): number {
  if (fields.length < 40) throw new UnreadableError('the description of its format is too short');
  const guid = Buffer.from(fields.subarray(24, 40));
  if (bigEndian) {
    guid.subarray(0, 4).swap32();
    guid.subarray(4, 8).swap16();
  }
  if (!guidTails.has(guid.toString('hex', 4))) throw new UnreadableError('its samples are of an unknown encoding');
  return guid.readUInt32LE(0);
}

interface BlockShape {
  readonly channels: number;
  readonly blockBytes: number;
  readonly bits: number;
}

function sampleFormat(tag: number, shape: BlockShape, fields: Buffer, bigEndian: boolean): SampleFormat {
  switch (tag) {
    case tags.pcm:
    case tags.float:
      return linearFormat(tag, shape, bigEndian);
    case tags.aLaw:
      return expandedFormat(aLawCodec);
    case tags.muLaw:
      return expandedFormat(muLawCodec);
    case tags.imaAdpcm:
      checkBlock(shape, 4, 'IMA ADPCM');
      return expandedFormat(imaWaveCodec(shape.blockBytes, shape.channels));
    case tags.msAdpcm:
      checkBlock(shape, 7, 'Microsoft ADPCM');
      return expandedFormat(msCodec(shape.blockBytes, shape.channels, coefficientsOf(fields, bigEndian)));
    default:
      throw new UnreadableError(`its samples are encoded as ${otherEncodings[tag] ?? `format 0x${tag.toString(16)}`}`);
  }
}

function linearFormat(tag: number, { channels, blockBytes, bits }: BlockShape, bigEndian: boolean): SampleFormat {
  const bytes = blockBytes / channels;
  // Samples of, say, 20 bits fill the high bits of 3 or 4 bytes, so that only the number of bytes matters.
  const whole = bits <= 8 * bytes ? integerFormat(bytes, !bigEndian, bytes !== 1) : null;
  const format = tag === tags.pcm ? whole : bits === 8 * bytes ? floatFormat(bytes, !bigEndian) : null;
  if (format !== null) return format;
  const kind = tag === tags.pcm ? 'whole' : 'floating';
  throw new UnreadableError(`its samples are ${kind} numbers of ${bits} bits in ${bytes} bytes`);
}

function checkBlock({ channels, blockBytes, bits }: BlockShape, headBytes: number, name: string): void {
  if (bits !== 4) throw new UnreadableError(`its samples are encoded as ${name} of ${bits} bits`);
  if (blockBytes <= headBytes * channels) {
    throw new UnreadableError(
      `its samples are encoded as ${name} in blocks of ${blockBytes} bytes, which are too short`,
    );
  }
}

function coefficientsOf(fields: Buffer, bigEndian: boolean): readonly (readonly [number, number])[] {
  const at16 = (at: number) => (bigEndian ? fields.readInt16BE(at) : fields.readInt16LE(at));
  const count = fields.length >= 22 ? at16(20) : 0;
  if (count <= 0 || fields.length < 22 + 4 * count) return msCoefficients;
  return Array.from({ length: count }, (_, i) => [at16(22 + 4 * i), at16(24 + 4 * i)] as const);
}
