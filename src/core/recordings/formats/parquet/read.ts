import type { ReadOptions } from '../../reader';
import { SampleBudget } from '../../sampleBudget';
import type { Sequence } from '../../sequence';
import { withSource } from '../../source';
import type { TableColumn } from '../../table/column';
import { isDecidedClock } from '../../table/decided';
import { ColumnBuilder, type Cell } from '../columns/column';
import { areRecordings, ListLengths, VectorBuilder } from '../columns/lists';
import { RowRecordings, type RowCell } from '../columns/recordings';
import { sequencesOfColumns } from '../columns/sequences';
import { checkPromise } from '../pcm/limits';
import { listed, plainText } from '../pcm/text';
import type { Job } from '../thread/messages';
import type { Columns } from './columns';
import { groupsOf, openParquet, readCells, readRows, type ParquetFile } from './file';

/**
 * Reads a Parquet file as one table, or each of its rows as a recording where they hold long lists.
 * @throws UnreadableError for damage, and for a table without a column of numbers
 */
export async function readByLibrary({ path }: Job, options: ReadOptions): Promise<readonly Sequence[]> {
  return withSource(path, async (source) => {
    const file = await openParquet(source, options);
    const { columns } = file;
    const lengths = await lengthsOf(file, [...columns.lists, ...columns.matrices], options);
    const isRecordings = columns.matrices.length > 0 || areRecordings([...lengths.values()], file.rows);
    const sequences = isRecordings
      ? await readRecordings(file, columns, options)
      : sequencesOfColumns(await readTable(file, columns.plain, lengths, options), options, source.name);
    const note = `columns of records or of deeper lists left out: ${listed(columns.others, 8)}`;
    if (columns.others.length === 0) return sequences;
    return sequences.map((sequence) => ({ ...sequence, notes: [...sequence.notes, note] }));
  });
}

async function lengthsOf(
  file: ParquetFile,
  names: readonly string[],
  options: ReadOptions,
): Promise<ReadonlyMap<string, ListLengths>> {
  const budget = new SampleBudget(options.maximumSamples);
  const lengths = new Map<string, ListLengths>();
  for (const name of names) {
    const ofColumn = new ListLengths();
    lengths.set(name, ofColumn);
    await readCells(file, name, (cells) => {
      for (const cell of cells) {
        const length = listOf(cell).length;
        budget.take(length, 0);
        ofColumn.add(length);
      }
    });
  }
  return lengths;
}

async function readTable(
  file: ParquetFile,
  plain: readonly string[],
  lengths: ReadonlyMap<string, ListLengths>,
  options: ReadOptions,
): Promise<TableColumn[]> {
  const width = [...lengths.values()].reduce((sum, { longest }) => sum + longest, plain.length);
  checkPromise(file.rows * width, width, options);
  const columns: TableColumn[] = [];
  for (const [i, name] of plain.entries()) {
    const isClock = i === 0 || isDecidedClock(options.decisions, plainText(name), i + 1);
    const builder = new ColumnBuilder(plainText(name) || null, null, isClock);
    await readCells(file, name, (cells) => {
      for (const cell of cells) builder.add(cellOf(cell));
    });
    columns.push(builder.column());
  }
  for (const [name, ofColumn] of lengths) {
    const builder = new VectorBuilder(name, ofColumn);
    await readCells(file, name, (cells) => {
      for (const cell of cells) builder.add(listOf(cell).map(cellOf));
    });
    for (const column of builder.columns()) columns.push(column);
  }
  return columns;
}

async function readRecordings(
  file: ParquetFile,
  { plain, lists, matrices }: Columns,
  options: ReadOptions,
): Promise<readonly Sequence[]> {
  checkPromise(file.rows * plain.length + 1, plain.length, options);
  const recordings = new RowRecordings(options);
  const names = [...plain, ...lists, ...matrices];
  for (const { start, end } of groupsOf(file)) {
    for (const row of await readRows(file, names, start, end)) {
      recordings.add(names.map((name, i) => [name, rowCellOf(row[i])] as const));
    }
  }
  return recordings.all();
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function rowCellOf(value: unknown): RowCell {
  return Array.isArray(value) ? listOf(value).map(rowCellOf) : cellOf(value);
}

function cellOf(value: unknown): Cell {
  if (typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean') return value;
  if (typeof value === 'string') return value;
  return typeof value === 'object' && value !== null && 'seconds' in value && typeof value.seconds === 'number'
    ? { seconds: value.seconds }
    : null;
}
