/** How stored bytes become numbers: every `unitBytes` bytes hold `unitValues` values. */
export interface Codec {
  readonly unitBytes: number;
  readonly unitValues: number;
  /** Decodes `bytes`, a whole number of units, into the beginning of `values`. */
  decode(bytes: Uint8Array, values: Float64Array): void;
}

/** A kind of number and its width in bytes, as NumPy writes them; `i3` is the 24-bit integer of WAV and WFDB files. */
export type NumberType = 'b1' | 'i1' | 'i2' | 'i3' | 'i4' | 'i8' | 'u1' | 'u2' | 'u4' | 'u8' | 'f2' | 'f4' | 'f8';

/** Whether a type has whole numbers only. */
export function isWholeType(type: NumberType): boolean {
  return !type.startsWith('f');
}

type Fill = (bytes: Uint8Array, values: Float64Array) => void;

const fills: Readonly<Record<NumberType, Fill>> = {
  b1: (bytes, values) => {
    for (let i = 0; i < bytes.length; i++) values[i] = bytes[i] === 0 ? 0 : 1;
  },
  i1: (bytes, values) => {
    values.set(new Int8Array(bytes.buffer, bytes.byteOffset, bytes.length));
  },
  i2: (bytes, values) => {
    values.set(new Int16Array(bytes.buffer, bytes.byteOffset, bytes.length / 2));
  },
  i3: fillInt24,
  i4: (bytes, values) => {
    values.set(new Int32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4));
  },
  i8: (bytes, values) => {
    fillPairs(bytes, new Int32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4), values);
  },
  u1: (bytes, values) => {
    values.set(bytes);
  },
  u2: (bytes, values) => {
    values.set(new Uint16Array(bytes.buffer, bytes.byteOffset, bytes.length / 2));
  },
  u4: (bytes, values) => {
    values.set(new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4));
  },
  u8: (bytes, values) => {
    fillPairs(bytes, new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4), values);
  },
  f2: (bytes, values) => {
    const halves = new Uint16Array(bytes.buffer, bytes.byteOffset, bytes.length / 2);
    const table = halfTable();
    for (let i = 0; i < halves.length; i++) values[i] = table[halves[i]!]!;
  },
  f4: (bytes, values) => {
    values.set(new Float32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4));
  },
  f8: (bytes, values) => {
    values.set(new Float64Array(bytes.buffer, bytes.byteOffset, bytes.length / 8));
  },
};

const hostIsLittle = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

/** Decodes numbers of one type, stored one after the other in either byte order; 64-bit integers are rounded to doubles. */
export function numberCodec(type: NumberType, littleEndian: boolean): Codec {
  const width = Number(type[1]);
  const fill = fills[type];
  // Three-byte integers are read byte by byte, low byte first, whatever the machine.
  const swap = width > 1 && littleEndian !== (width === 3 || hostIsLittle);
  return {
    unitBytes: width,
    unitValues: 1,
    decode(bytes, values) {
      fill(swap || bytes.byteOffset % width !== 0 ? rearranged(bytes, swap ? width : 1) : bytes, values);
    },
  };
}

/** A copy that typed arrays can view, because it is aligned, with the bytes of each number reversed. */
function rearranged(bytes: Uint8Array, swapWidth: number): Uint8Array {
  const copy = Buffer.from(new Uint8Array(bytes).buffer);
  if (swapWidth === 2) copy.swap16();
  if (swapWidth === 4) copy.swap32();
  if (swapWidth === 8) copy.swap64();
  if (swapWidth === 3) {
    for (let i = 0; i < copy.length; i += 3) [copy[i], copy[i + 2]] = [copy[i + 2]!, copy[i]!];
  }
  return copy;
}

function fillInt24(bytes: Uint8Array, values: Float64Array): void {
  for (let i = 0, from = 0; from < bytes.length; i++, from += 3) {
    values[i] = ((bytes[from + 2]! << 24) | (bytes[from + 1]! << 16) | (bytes[from]! << 8)) >> 8;
  }
}

/** 64-bit integers as the sum of two doubles, which is rounded once: far faster than BigInt. */
function fillPairs(bytes: Uint8Array, highWords: Int32Array | Uint32Array, values: Float64Array): void {
  const lowWords = new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4);
  const high = hostIsLittle ? 1 : 0;
  for (let i = 0, word = 0; word < lowWords.length; i++, word += 2) {
    values[i] = highWords[word + high]! * 2 ** 32 + lowWords[word + 1 - high]!;
  }
}

let halves: Float32Array | undefined;

/** Every half-precision number by its bits (IEEE 754-2008, binary16). */
function halfTable(): Float32Array {
  halves ??= Float32Array.from({ length: 2 ** 16 }, (_, bits) => halfValue(bits));
  return halves;
}

function halfValue(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = (bits & 0x3ff) / 1024;
  if (exponent === 0x1f) return fraction === 0 ? sign * Infinity : NaN;
  return exponent === 0 ? sign * fraction * 2 ** -14 : sign * (1 + fraction) * 2 ** (exponent - 15);
}
