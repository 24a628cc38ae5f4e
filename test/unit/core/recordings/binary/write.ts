import { deflateRawSync, crc32 } from 'node:zlib';

/** An `.npy` file with a header that is written out as it is given. */
export function npyFile(header: string, data: Uint8Array = Buffer.alloc(0), version = 1): Buffer {
  const lengthBytes = version === 1 ? 2 : 4;
  const head = Buffer.alloc(8 + lengthBytes);
  head.write('\x93NUMPY', 'latin1');
  head[6] = version;
  if (version === 1) head.writeUInt16LE(header.length, 8);
  else head.writeUInt32LE(header.length, 8);
  return Buffer.concat([head, Buffer.from(header, 'latin1'), data]);
}

export function npyHeader(descr: string, shape: readonly (number | string)[], fortranOrder = false): string {
  const axes = shape.length === 1 ? `${String(shape[0])},` : shape.join(', ');
  return `{'descr': '${descr}', 'fortran_order': ${fortranOrder ? 'True' : 'False'}, 'shape': (${axes}), }\n`;
}

export interface ZipEntry {
  readonly name: string;
  readonly data: Buffer;
  readonly deflate?: boolean;
  /** What the directory says instead of the truth. */
  readonly promised?: {
    readonly size?: number;
    readonly crc?: number;
    readonly flags?: number;
    readonly method?: number;
  };
}

/** A zip file as APPNOTE.TXT 6.3 describes it, with whatever lies its entries ask for. */
export function zipFile(entries: readonly ZipEntry[]): Buffer {
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const entry of entries) {
    const stored = entry.deflate === true ? deflateRawSync(entry.data) : entry.data;
    const name = Buffer.from(entry.name);
    const fields = Buffer.alloc(26);
    fields.writeUInt16LE(20, 0);
    fields.writeUInt16LE(entry.promised?.flags ?? 0x800, 2);
    fields.writeUInt16LE(entry.promised?.method ?? (entry.deflate === true ? 8 : 0), 4);
    fields.writeUInt32LE(entry.promised?.crc ?? crc32(entry.data), 10);
    fields.writeUInt32LE(stored.length, 14);
    fields.writeUInt32LE(entry.promised?.size ?? entry.data.length, 18);
    fields.writeUInt16LE(name.length, 22);
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), fields, name, stored]);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(offset, 10);
    directory.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x00', 'latin1'), fields, rest, name]));
    locals.push(local);
    offset += local.length;
  }
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(
    directory.reduce((sum, { length }) => sum + length, 0),
    12,
  );
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, ...directory, end]);
}

export interface WavFields {
  readonly tag?: number;
  readonly channels?: number;
  readonly rate?: number;
  readonly bits?: number;
  readonly blockAlign?: number;
  /** What the header says instead of the truth. */
  readonly dataLength?: number;
  readonly riffLength?: number;
}

export function wavFile(data: Uint8Array, fields: WavFields = {}): Buffer {
  const { tag = 1, channels = 1, rate = 100, bits = 16 } = fields;
  const head = Buffer.alloc(44);
  head.write('RIFF....WAVEfmt ', 'latin1');
  head.writeUInt32LE(fields.riffLength ?? 36 + data.length, 4);
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(tag, 20);
  head.writeUInt16LE(channels, 22);
  head.writeUInt32LE(rate, 24);
  head.writeUInt16LE(fields.blockAlign ?? (channels * bits) / 8, 32);
  head.writeUInt16LE(bits, 34);
  head.write('data', 36, 'latin1');
  head.writeUInt32LE(fields.dataLength ?? data.length, 40);
  return Buffer.concat([head, data]);
}
