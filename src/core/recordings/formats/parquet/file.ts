import { parquetMetadataAsync, parquetRead, type AsyncBuffer, type FileMetaData, type ParquetParsers } from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import { UnreadableError, type ReadOptions } from '../../reader';
import type { ByteSource } from '../../source';
import type { Instant } from '../columns/column';
import { plainText } from '../pcm/text';
import { limitingArrays } from '../thread/limitedArrays';
import { progress } from '../thread/serve';
import { columnsOf, type Columns } from './columns';

/** A Parquet file that is read by the library. */
export interface ParquetFile {
  readonly buffer: AsyncBuffer;
  readonly metadata: FileMetaData;
  readonly rows: number;
  readonly columns: Columns;
}

/** @throws UnreadableError for a file whose description cannot be read */
export async function openParquet(source: ByteSource, options: ReadOptions): Promise<ParquetFile> {
  const buffer = bufferOf(source, options);
  return attempt(fewestEntries, async () => {
    const metadata = await parquetMetadataAsync(buffer);
    return { buffer, metadata, rows: Number(metadata.num_rows), columns: columnsOf(metadata) };
  });
}

/** How many entries an array may have at least: a dictionary may hold more values than a column uses. */
const fewestEntries = 2 ** 20;

/** How many values the chunks of a file have at most, as it tells twice. */
function mostValues({ row_groups: groups }: FileMetaData): number {
  const counts = groups.flatMap(({ columns }) => columns.map(({ meta_data: chunk }) => Number(chunk?.num_values ?? 0)));
  return counts.reduce((most, count) => Math.max(most, count), fewestEntries);
}

function bufferOf(source: ByteSource, { maximumBytes }: ReadOptions): AsyncBuffer {
  return {
    byteLength: source.size,
    async slice(start, end = source.size) {
      progress.beat();
      if (!(end - start <= maximumBytes)) throw new UnreadableError('it is damaged: a part of it is too large');
      const bytes = await source.read(start, Math.max(0, end - start));
      return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length) as ArrayBuffer;
    },
  };
}

const instant = (seconds: number): Instant => ({ seconds });

/** Times in full: the library's own dates end at milliseconds. */
const parsers: Partial<ParquetParsers> = {
  timestampFromMilliseconds: (count) => instant(Number(count) / 1e3),
  timestampFromMicroseconds: (count) => instant(Number(count) / 1e6),
  timestampFromNanoseconds: (count) => instant(Number(count) / 1e9),
  dateFromDays: (days) => instant(days * 86_400),
};

/** The rows of each group that a file is written in. @throws UnreadableError if they are not as many as the file promises */
export function groupsOf({ metadata, rows }: ParquetFile): readonly { readonly start: number; readonly end: number }[] {
  let end = 0;
  const groups = metadata.row_groups.map(({ num_rows }) => {
    const start = end;
    end += Number(num_rows);
    return { start, end };
  });
  if (end !== rows || groups.some((group) => group.end < group.start)) {
    throw new UnreadableError(`it is damaged: it promises ${rows} rows, and has ${end}`);
  }
  return groups.filter((group) => group.end > group.start);
}

/**
 * Hands the cells of a column on in pieces, from the first row to the last: group by group, because the library hands out
 * those of several groups as they come.
 * @throws UnreadableError for damage
 */
export async function readCells(
  file: ParquetFile,
  name: string,
  take: (cells: Iterable<unknown>) => void,
): Promise<void> {
  const { buffer, metadata } = file;
  for (const { start, end } of groupsOf(file)) {
    const pieces: (ArrayLike<unknown> & Iterable<unknown>)[] = [];
    await attempt(mostValues(metadata), () =>
      parquetRead({
        ...{ file: buffer, metadata, columns: [name], compressors, parsers, rowStart: start, rowEnd: end },
        onChunk: ({ columnData }) => {
          pieces.push(columnData as ArrayLike<unknown> & Iterable<unknown>);
        },
      }),
    );
    progress.beat();
    if (pieces.reduce((sum, { length }) => sum + length, 0) !== end - start) {
      throw new UnreadableError('it is damaged: its row groups do not fit together');
    }
    for (const piece of pieces) take(piece);
  }
}

/** The cells of some columns, a list for each row from `start` to before `end`. @throws UnreadableError for damage */
export async function readRows(
  { buffer, metadata }: ParquetFile,
  columns: readonly string[],
  start: number,
  end: number,
): Promise<readonly (readonly unknown[])[]> {
  let read: readonly (readonly unknown[])[] = [];
  await attempt(mostValues(metadata), () =>
    parquetRead({
      ...{ file: buffer, metadata, columns: [...columns], compressors, parsers, rowStart: start, rowEnd: end },
      onComplete: (rows: unknown[][]) => {
        read = rows;
      },
    }),
  );
  progress.beat();
  if (read.length !== end - start) throw new UnreadableError('it is damaged: its row groups do not fit together');
  return read;
}

/** Calls the library, whose errors over damaged files are of many kinds. @throws UnreadableError instead of them */
async function attempt<T>(mostEntries: number, call: () => Promise<T>): Promise<T> {
  try {
    return await limitingArrays(mostEntries, call);
  } catch (error) {
    if (error instanceof UnreadableError) throw error;
    const details = error instanceof Error ? ` (${plainText(error.message, 80)})` : '';
    throw new UnreadableError(`the Parquet library cannot read all of it${details}`);
  }
}
