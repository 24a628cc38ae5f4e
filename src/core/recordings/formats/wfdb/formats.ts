import { UnreadableError } from '../../reader';
import { numberCodec, type Codec } from '../pcm/codecs';

/** A way in which samples are stored in a signal file; signal(5), WFDB Applications Guide. */
export interface SignalFormat {
  readonly codec: Codec;
  /** What is added to every value that `codec` gives. */
  readonly shift: number;
  /** The value, after the shift, of a sample that is missing. */
  readonly invalid: number;
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

const formats: ReadonlyMap<number, SignalFormat> = new Map([
  [16, { codec: numberCodec('i2', true), shift: 0, invalid: -(2 ** 15) }],
  [24, { codec: numberCodec('i3', true), shift: 0, invalid: -(2 ** 23) }],
  [32, { codec: numberCodec('i4', true), shift: 0, invalid: -(2 ** 31) }],
  [80, { codec: numberCodec('u1', true), shift: -128, invalid: -128 }],
  [212, { codec: codec212, shift: 0, invalid: -2048 }],
]);

/** @throws UnreadableError for formats that are not supported. */
export function signalFormat(format: number): SignalFormat {
  const known = formats.get(format);
  if (known !== undefined) return known;
  const flac = format >= 500 ? ' (FLAC)' : '';
  const supported = [...formats.keys()].join(', ');
  throw new UnreadableError(`its signals are stored in format ${format}${flac}; supported are ${supported}`);
}

/** Bytes that `samples` samples take; format 212 leaves the third byte out after an odd number. */
export function bytesOf({ codec }: SignalFormat, samples: number): number {
  return Math.ceil((samples / codec.unitValues) * codec.unitBytes);
}

/** Samples that `bytes` bytes hold; the inverse of `bytesOf`. */
export function samplesIn({ codec }: SignalFormat, bytes: number): number {
  return Math.floor((bytes / codec.unitBytes) * codec.unitValues);
}
