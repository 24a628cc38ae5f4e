import { parquetMetadataAsync, parquetRead, parquetSchema, type AsyncBuffer, type FileMetaData } from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import { UnreadableError, type ReadOptions } from '../../reader';
import type { Sequence } from '../../sequence';
import { withSource, type ByteSource } from '../../source';
import type { TableColumn } from '../../table/column';
import { isDecidedClock } from '../../table/decided';
import { ColumnBuilder, type Cell } from '../columns/column';
import { sequencesOfColumns } from '../columns/sequences';
import { checkPromise } from '../pcm/limits';
import { listed, plainText } from '../pcm/text';
import type { Job } from '../thread/messages';
import { progress } from '../thread/serve';

/** Reads a Parquet file as one table. @throws UnreadableError for damage, and for a table without a column of numbers */
export async function readByLibrary({ path }: Job, options: ReadOptions): Promise<readonly Sequence[]> {
  return withSource(path, async (source) => {
    const file = bufferOf(source, options);
    const metadata = await attempt(() => parquetMetadataAsync(file));
    const { names, nested } = columnsOf(metadata);
    checkPromise(Number(metadata.num_rows) * names.length, names.length, options);
    const columns: TableColumn[] = [];
    for (const [i, name] of names.entries())
      columns.push(
        await readColumn(file, metadata, name, i === 0 || isDecidedClock(options.decisions, plainText(name), i + 1)),
      );
    const sequences = sequencesOfColumns(columns, options, source.name);
    const note = `columns of lists or records left out: ${listed(nested, 8)}`;
    if (nested.length === 0) return sequences;
    return sequences.map((sequence) => ({ ...sequence, notes: [...sequence.notes, note] }));
  });
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

interface Names {
  readonly names: readonly string[];
  readonly nested: readonly string[];
}

/** The columns of single values, and those of lists or records. */
function columnsOf(metadata: FileMetaData): Names {
  const { children } = parquetSchema(metadata);
  const isPlain = (child: (typeof children)[number]) =>
    child.children.length === 0 && child.element.repetition_type !== 'REPEATED';
  return {
    names: children.filter(isPlain).map(({ element }) => element.name),
    nested: children.filter((child) => !isPlain(child)).map(({ element }) => element.name),
  };
}

async function readColumn(
  file: AsyncBuffer,
  metadata: FileMetaData,
  name: string,
  first: boolean,
): Promise<TableColumn> {
  const rows = Number(metadata.num_rows);
  const builder = new ColumnBuilder(plainText(name) || null, null, first);
  await attempt(() =>
    parquetRead({
      ...{ file, metadata, columns: [name], compressors },
      onChunk: ({ columnData, rowStart }) => {
        progress.beat();
        if (rowStart !== builder.rows || rowStart + columnData.length > rows) {
          throw new UnreadableError('it is damaged: its row groups do not fit together');
        }
        for (const cell of columnData as ArrayLike<unknown> & Iterable<unknown>) builder.add(cellOf(cell));
      },
    }),
  );
  if (builder.rows !== rows)
    throw new UnreadableError(`it is damaged: it promises ${rows} rows, and has ${builder.rows}`);
  return builder.column();
}

function cellOf(value: unknown): Cell {
  if (typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean') return value;
  if (typeof value === 'string' || value instanceof Date) return value;
  return null;
}

/** Calls the library, whose errors over damaged files are of many kinds. @throws UnreadableError instead of them */
async function attempt<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    if (error instanceof UnreadableError) throw error;
    const details = error instanceof Error ? ` (${plainText(error.message, 80)})` : '';
    throw new UnreadableError(`the Parquet library cannot read all of it${details}`);
  }
}
