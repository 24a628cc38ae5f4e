import type { Codec } from '../pcm/codecs';
import { exactSamplesFor } from '../../allocate';

/** One number of an element. */
export interface Part {
  /** The name of its field, `real` or `imaginary`; `null` for an element that is just a number. */
  readonly name: string | null;
  readonly codec: Codec;
  /** Where it lies in the element, in bytes. */
  readonly offset: number;
  /** Seconds per unit if it may tell the time, NaN if it tells it in a unit that is not known, else `null`. */
  readonly seconds: number | null;
  /** Whether it is one of NumPy's dates or durations, which are no use but as a clock. */
  readonly isDate: boolean;
}

/** Decodes elements of `elementBytes` bytes into the numbers of their parts, which take turns. */
export function recordCodec(parts: readonly Part[], elementBytes: number): Codec {
  return {
    unitBytes: elementBytes,
    unitValues: parts.length,
    decode(bytes, values) {
      const units = bytes.length / elementBytes;
      const column = exactSamplesFor(units);
      parts.forEach(({ codec, offset }, p) => {
        codec.decode(gathered(bytes, offset, codec.unitBytes, elementBytes, units), column);
        for (let u = 0; u < units; u++) values[u * parts.length + p] = column[u]!;
      });
    },
  };
}

function gathered(bytes: Uint8Array, offset: number, width: number, stride: number, count: number): Uint8Array {
  const packed = new Uint8Array(count * width);
  for (let u = 0, from = offset, to = 0; u < count; u++, from += stride) {
    for (let i = 0; i < width; i++) packed[to++] = bytes[from + i]!;
  }
  return packed;
}
