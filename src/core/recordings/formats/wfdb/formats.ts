import { UnreadableError } from '../../reader';
import { numberCodec, type Codec } from '../pcm/codecs';

/** A way in which samples are stored in a signal file; signal(5), WFDB Applications Guide. */
export interface SignalFormat {
  readonly codec: Codec;
  /** What is added to every value that `codec` gives. */
  readonly shift: number;
  /** The value, after the shift, of a sample that is missing, or `null` if there is none. */
  readonly invalid: number | null;
  /** Whether each value is the difference from the sample before. */
  readonly areDifferences: boolean;
}

/** Pairs of 12-bit two's complement samples in three bytes; the high bits of both are in the middle byte. */
const codec212: Codec = {
  unitBytes: 3,
  unitValues: 2,
  decode(bytes, values) {
    for (let from = 0, to = 0; from < bytes.length; from += 3, to += 2) {
      const middle = bytes[from + 1]!;
      values[to] = ((middle << 28) >> 20) | bytes[from]!;
      values[to + 1] = (((middle & 0xf0) << 24) >> 20) | bytes[from + 2]!;
    }
  },
};

/** Three 10-bit two's complement samples in four bytes: two above the lowest bit of a pair of bytes, one in their high bits. */
const codec310: Codec = {
  unitBytes: 4,
  unitValues: 3,
  decode(bytes, values) {
    for (let from = 0, to = 0; from < bytes.length; from += 4, to += 3) {
      const first = bytes[from]! | (bytes[from + 1]! << 8);
      const second = bytes[from + 2]! | (bytes[from + 3]! << 8);
      values[to] = (first << 21) >> 22;
      values[to + 1] = (second << 21) >> 22;
      values[to + 2] = (((first >> 11) | ((second >> 11) << 5)) << 22) >> 22;
    }
  },
};

/** Three 10-bit two's complement samples in four bytes, one after the other from the lowest bit on. */
const codec311: Codec = {
  unitBytes: 4,
  unitValues: 3,
  decode(bytes, values) {
    for (let from = 0, to = 0; from < bytes.length; from += 4, to += 3) {
      const word = bytes[from]! | (bytes[from + 1]! << 8) | (bytes[from + 2]! << 16) | (bytes[from + 3]! << 24);
      values[to] = (word << 22) >> 22;
      values[to + 1] = (word << 12) >> 22;
      values[to + 2] = (word << 2) >> 22;
    }
  },
};

const plain = { shift: 0, areDifferences: false };
const int16 = { ...plain, codec: numberCodec('i2', true), invalid: -(2 ** 15) };

const formats: ReadonlyMap<number, SignalFormat> = new Map<number, SignalFormat>([
  [8, { codec: numberCodec('i1', true), shift: 0, invalid: null, areDifferences: true }],
  [16, int16],
  [24, { ...plain, codec: numberCodec('i3', true), invalid: -(2 ** 23) }],
  [32, { ...plain, codec: numberCodec('i4', true), invalid: -(2 ** 31) }],
  [61, { ...int16, codec: numberCodec('i2', false) }],
  [80, { ...plain, codec: numberCodec('u1', true), shift: -128, invalid: -128 }],
  [160, { ...int16, codec: numberCodec('u2', true), shift: -(2 ** 15) }],
  [212, { ...plain, codec: codec212, invalid: -2048 }],
  [310, { ...plain, codec: codec310, invalid: -512 }],
  [311, { ...plain, codec: codec311, invalid: -512 }],
]);

/** The bits of a sample in the formats that are FLAC streams. */
const flacBits: ReadonlyMap<number, number> = new Map([
  [508, 8],
  [516, 16],
  [524, 24],
]);

/** Bits of a sample if the format is a FLAC stream, else `null`. */
export function flacBitsOf(format: number): number | null {
  return flacBits.get(format) ?? null;
}

/** @throws UnreadableError for formats that are not known. */
export function signalFormat(format: number): SignalFormat {
  const known = formats.get(format);
  if (known !== undefined) return known;
  const supported = [...formats.keys(), ...flacBits.keys()].join(', ');
  throw new UnreadableError(`its signals are stored in format ${format}; supported are ${supported}`);
}

/** Bytes that `samples` samples take; format 212 leaves the third byte out after an odd number. */
export function bytesOf({ codec }: SignalFormat, samples: number): number {
  return Math.ceil((samples / codec.unitValues) * codec.unitBytes);
}

/** Samples that `bytes` bytes hold; the inverse of `bytesOf`. */
export function samplesIn({ codec }: SignalFormat, bytes: number): number {
  return Math.floor((bytes / codec.unitBytes) * codec.unitValues);
}
