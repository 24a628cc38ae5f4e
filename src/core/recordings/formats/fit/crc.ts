/** The remainder of each byte: CRC-16 with the reflected polynomial 0xA001, as FIT files use it. */
const remainders = Uint16Array.from({ length: 256 }, (_, byte) => {
  let remainder = byte;
  for (let bit = 0; bit < 8; bit++) remainder = (remainder >>> 1) ^ (remainder & 1 ? 0xa001 : 0);
  return remainder;
});

/** The check sum of a FIT file over `bytes`. */
export function crc16(bytes: Uint8Array): number {
  let sum = 0;
  for (let i = 0; i < bytes.length; i++) sum = (sum >>> 8) ^ remainders[(sum ^ bytes[i]!) & 0xff]!;
  return sum;
}
