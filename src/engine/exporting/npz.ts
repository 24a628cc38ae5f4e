import { PassThrough, Readable } from 'node:stream';
import { ZipFile } from 'yazl';
import { byteLength, npyHeader, type NamedArray } from './npy';

/** Zip archives know no time before; a fixed one makes the same arrays the same bytes. */
const timestamp = new Date(1980, 0, 1);

/** The bytes of an `.npz` file with these arrays, made as they are read. */
export function npzStream(arrays: readonly NamedArray[]): Readable {
  const zip = new ZipFile();
  const out = new PassThrough();
  zip.outputStream.pipe(out);
  const fail = (error: Error): void => {
    out.destroy(error);
  };
  zip.on('error', fail);
  for (const array of arrays) {
    const header = npyHeader(array);
    const size = header.length + byteLength(array);
    const options = { mtime: timestamp, forceDosTimestamp: true, mode: 0o100644, compress: false, size };
    const data = Readable.from(pieces(array, header), { objectMode: false });
    data.on('error', fail);
    zip.addReadStream(data, `${array.name}.npy`, options);
  }
  zip.end();
  return out;
}

async function* pieces(array: NamedArray, header: Uint8Array): AsyncGenerator<Uint8Array> {
  yield header;
  yield* array.data();
}
