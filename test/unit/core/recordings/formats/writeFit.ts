/** A FIT file, written from the description of the format alone. */
export class FitWriter {
  private readonly bytes: number[] = [];

  /** @param fields number, size in bytes and type of each; @param developer number, size and developer of each */
  define(
    local: number,
    message: number,
    fields: readonly (readonly [number, number, number])[],
    {
      developer = [],
      bigEndian = false,
    }: { developer?: readonly (readonly [number, number, number])[]; bigEndian?: boolean } = {},
  ): this {
    const order = bigEndian ? [message >> 8, message & 0xff] : [message & 0xff, message >> 8];
    this.bytes.push(0x40 | (developer.length > 0 ? 0x20 : 0) | local, 0, bigEndian ? 1 : 0, ...order);
    this.bytes.push(fields.length, ...fields.flat());
    if (developer.length > 0) this.bytes.push(developer.length, ...developer.flat());
    return this;
  }

  /** A message of a definition, by its bytes. */
  data(local: number, ...bytes: readonly (number | readonly number[])[]): this {
    this.bytes.push(local, ...bytes.flat());
    return this;
  }

  /** A message whose time is given by its last five bits. */
  compressed(local: number, seconds: number, ...bytes: readonly (number | readonly number[])[]): this {
    this.bytes.push(0x80 | (local << 5) | (seconds & 0x1f), ...bytes.flat());
    return this;
  }

  file(): Buffer {
    const content = Buffer.from(this.bytes);
    const header = Buffer.from([12, 0x20, 0, 0, 0, 0, 0, 0, ...Buffer.from('.FIT')]);
    header.writeUInt32LE(content.length, 4);
    return withCheckSum(Buffer.concat([header, content, Buffer.alloc(2)]));
  }
}

/** Gives a file with a header of any length the check sum that fits. */
export function withCheckSum(file: Buffer): Buffer {
  const end = file.length - 2;
  file.writeUInt32LE(end - (file[0] ?? 0), 4);
  file.writeUInt16LE(checkSum(file.subarray(0, end)), end);
  return file;
}

/** Half a byte at a time, as the description of the format has it. */
function checkSum(bytes: Uint8Array): number {
  const table = [
    ...[0x0000, 0xcc01, 0xd801, 0x1400, 0xf001, 0x3c00, 0x2800, 0xe401],
    ...[0xa001, 0x6c00, 0x7800, 0xb401, 0x5000, 0x9c01, 0x8801, 0x4400],
  ];
  let sum = 0;
  for (const byte of bytes) {
    for (const half of [byte & 0xf, byte >> 4]) {
      sum = ((sum >> 4) & 0x0fff) ^ (table[sum & 0xf] ?? 0) ^ (table[half] ?? 0);
    }
  }
  return sum;
}

/** A number in the order of bytes of most devices. */
export function little(value: number, bytes: number): number[] {
  return Array.from({ length: bytes }, (_, i) => Math.floor(value / 2 ** (8 * i)) & 0xff);
}
