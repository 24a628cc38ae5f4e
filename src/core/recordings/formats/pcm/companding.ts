import type { Codec } from './codecs';

/** µ-law, one byte a sample, as 16-bit integers (ITU-T G.711). */
export const muLawCodec: Codec = tableCodec((byte) => {
  const bits = ~byte & 0xff;
  const size = ((((bits & 0x0f) << 3) + 0x84) << ((bits >> 4) & 7)) - 0x84;
  return bits & 0x80 ? -size : size;
});

/** A-law, one byte a sample, as 16-bit integers (ITU-T G.711). */
export const aLawCodec: Codec = tableCodec((byte) => {
  const bits = byte ^ 0x55;
  const exponent = (bits >> 4) & 7;
  const mantissa = ((bits & 0x0f) << 4) + 8;
  const size = exponent === 0 ? mantissa : (mantissa + 0x100) << (exponent - 1);
  return bits & 0x80 ? size : -size;
});

function tableCodec(valueOf: (byte: number) => number): Codec {
  const table = Int16Array.from({ length: 256 }, (_, byte) => valueOf(byte));
  return {
    unitBytes: 1,
    unitValues: 1,
    decode(bytes, values) {
      for (let i = 0; i < bytes.length; i++) values[i] = table[bytes[i]!]!;
    },
  };
}
