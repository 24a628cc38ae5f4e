import { CompressionType, setCompressionCodec, tableFromIPC, type Column, type Table } from '@uwdata/flechette';
import { decompress } from 'fzstd';
import { UnreadableError, type ReadOptions } from '../../reader';
import type { ByteSource } from '../../source';
import { plainText } from '../pcm/text';
import { progress } from '../thread/serve';
import { guarded } from './guarded';
import { unpackLz4Frame } from './lz4';

/** Cells are read in pieces of so many. */
const pieceRows = 2 ** 14;

/** Has the library take an Arrow file apart. @throws UnreadableError for damage */
export async function openArrow(source: ByteSource, options: ReadOptions): Promise<Table> {
  const bytes = await source.read(0, source.size);
  options.signal?.throwIfAborted();
  limitUnpacking(options.maximumBytes);
  return attempt(() => {
    const table = guarded(bytes, (view) => tableFromIPC(view, { useBigInt: true }));
    for (const { length } of table.children) {
      if (length !== table.numRows) throw new UnreadableError('it is damaged: its columns are not equally long');
    }
    return table;
  });
}

/** What is packed tells its length itself, so that a small file could fill the memory. */
function limitUnpacking(maximumBytes: number): void {
  let left = maximumBytes;
  const within =
    (unpack: (packed: Uint8Array, length: number) => Uint8Array) => (packed: Uint8Array, length: number) => {
      progress.beat();
      left -= length;
      if (!(length >= 0 && left >= 0)) {
        throw new UnreadableError(`it unpacks to more than the limit of ${maximumBytes} bytes`);
      }
      return unpack(packed, length);
    };
  const encode = () => {
    throw new Error('nothing is written');
  };
  setCompressionCodec(CompressionType.LZ4_FRAME, { encode, decode: within(unpackLz4Frame) });
  const unpackZstd = (packed: Uint8Array, length: number) => {
    const unpacked = decompress(packed, new Uint8Array(length));
    if (unpacked.length !== length) throw new UnreadableError('it is damaged: a part that ZSTD packed makes no sense');
    return unpacked;
  };
  setCompressionCodec(CompressionType.ZSTD, { encode, decode: within(unpackZstd) });
}

/** Hands the values of a column on, from the first row to the last. @throws UnreadableError for damage */
export function readValues(column: Column<unknown>, take: (value: unknown, row: number) => void): void {
  attempt(() => {
    let row = 0;
    for (const value of column) {
      if (row % pieceRows === 0) progress.beat();
      take(value, row);
      row++;
    }
    if (row !== column.length)
      throw new UnreadableError(`it is damaged: it promises ${column.length} rows, and has ${row}`);
  });
}

/** Calls the library, whose errors over damaged files are of many kinds. @throws UnreadableError instead of them */
export function attempt<T>(call: () => T): T {
  try {
    return call();
  } catch (error) {
    if (error instanceof UnreadableError) throw error;
    const details = error instanceof Error ? ` (${plainText(error.message, 80)})` : '';
    throw new UnreadableError(`the Arrow library cannot read all of it${details}`);
  }
}
