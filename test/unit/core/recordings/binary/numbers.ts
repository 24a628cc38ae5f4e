import fc from 'fast-check';
import type { NumberType } from '../../../../../src/core/recordings/formats/pcm/codecs';

/** Writes one number with Node's own methods, one at a time: the oracle for the decoder's whole blocks. */
const writers: Record<NumberType, (bytes: Buffer, value: number, at: number, little: boolean) => void> = {
  b1: (bytes, value, at) => bytes.writeUInt8(value, at),
  i1: (bytes, value, at) => bytes.writeInt8(value, at),
  u1: (bytes, value, at) => bytes.writeUInt8(value, at),
  i2: (bytes, value, at, little) => (little ? bytes.writeInt16LE(value, at) : bytes.writeInt16BE(value, at)),
  u2: (bytes, value, at, little) => (little ? bytes.writeUInt16LE(value, at) : bytes.writeUInt16BE(value, at)),
  i3: (bytes, value, at, little) => (little ? bytes.writeIntLE(value, at, 3) : bytes.writeIntBE(value, at, 3)),
  i4: (bytes, value, at, little) => (little ? bytes.writeInt32LE(value, at) : bytes.writeInt32BE(value, at)),
  u4: (bytes, value, at, little) => (little ? bytes.writeUInt32LE(value, at) : bytes.writeUInt32BE(value, at)),
  i8: (bytes, value, at, little) =>
    little ? bytes.writeBigInt64LE(BigInt(value), at) : bytes.writeBigInt64BE(BigInt(value), at),
  u8: (bytes, value, at, little) =>
    little ? bytes.writeBigUInt64LE(BigInt(value), at) : bytes.writeBigUInt64BE(BigInt(value), at),
  // Quarters between 0 and 1 have the bits of 0, 1/4, 1/2 and 3/4.
  f2: (bytes, value, at, little) => {
    const bits = [0, 0x3400, 0x3800, 0x3a00][value * 4] ?? 0;
    if (little) bytes.writeUInt16LE(bits, at);
    else bytes.writeUInt16BE(bits, at);
  },
  f4: (bytes, value, at, little) => (little ? bytes.writeFloatLE(value, at) : bytes.writeFloatBE(value, at)),
  f8: (bytes, value, at, little) => (little ? bytes.writeDoubleLE(value, at) : bytes.writeDoubleBE(value, at)),
};

/** Numbers that each type holds exactly. */
export const arbitraries: Record<NumberType, fc.Arbitrary<number>> = {
  b1: fc.integer({ min: 0, max: 1 }),
  i1: fc.integer({ min: -128, max: 127 }),
  u1: fc.integer({ min: 0, max: 255 }),
  i2: fc.integer({ min: -(2 ** 15), max: 2 ** 15 - 1 }),
  u2: fc.integer({ min: 0, max: 2 ** 16 - 1 }),
  i3: fc.integer({ min: -(2 ** 23), max: 2 ** 23 - 1 }),
  i4: fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }),
  u4: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
  i8: fc.maxSafeInteger(),
  u8: fc.maxSafeNat(),
  f2: fc.constantFrom(0, 0.25, 0.5, 0.75),
  f4: fc.float(),
  f8: fc.double(),
};

export const types = Object.keys(writers) as NumberType[];

export function encode(type: NumberType, values: readonly number[], little: boolean): Buffer {
  const width = Number(type[1]);
  const bytes = Buffer.alloc(width * values.length);
  values.forEach((value, i) => {
    writers[type](bytes, value, i * width, little);
  });
  return bytes;
}
