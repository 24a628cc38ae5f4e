import type { Column } from '@uwdata/flechette';
import { UnreadableError, type ReadOptions } from '../../reader';
import { SampleBudget } from '../../sampleBudget';
import type { Sequence } from '../../sequence';
import { withSource } from '../../source';
import type { TableColumn } from '../../table/column';
import { isDecidedClock } from '../../table/decided';
import { ColumnBuilder } from '../columns/column';
import { areRecordings, VectorBuilder, type ListLengths } from '../columns/lists';
import { RowRecordings, type RowCell } from '../columns/recordings';
import { sequencesOfColumns } from '../columns/sequences';
import { checkPromise } from '../pcm/limits';
import { listed, plainText } from '../pcm/text';
import type { Job } from '../thread/messages';
import { readableType, type ReadableType } from './columns';
import { attempt, openArrow, readValues } from './file';
import { lengthsOf } from './lengths';

interface NamedColumn {
  readonly name: string;
  readonly column: Column<unknown>;
  readonly type: ReadableType;
  /** `null` for single values. */
  readonly lengths: ListLengths | null;
}

/**
 * Reads an Arrow file as one table, or each of its rows as a recording where they hold long lists.
 * @throws UnreadableError for damage, and for a table without a column of numbers
 */
export async function readByLibrary({ path }: Job, options: ReadOptions): Promise<readonly Sequence[]> {
  return withSource(path, async (source) => {
    const table = await openArrow(source, options);
    if (table.numRows === 0) throw new UnreadableError('it holds no rows');
    const budget = new SampleBudget(options.maximumSamples);
    const others: string[] = [];
    const columns: NamedColumn[] = [];
    for (const [i, { name: ownName, type: dataType }] of table.schema.fields.entries()) {
      // The format requires none, whatever the library's types say.
      const name = (ownName as string | null) ?? '';
      const column = table.getChildAt<unknown>(i);
      const type = readableType(dataType);
      if (type === null) others.push(name);
      else
        columns.push({
          name,
          column,
          type,
          lengths: type.depth === 0 ? null : attempt(() => lengthsOf(column, budget)),
        });
    }
    const lists = columns.flatMap(({ lengths }) => lengths ?? []);
    const isRecordings = columns.some(({ type }) => type.depth > 1) || areRecordings(lists, table.numRows);
    const sequences = isRecordings
      ? readRecordings(columns, table.numRows, options)
      : sequencesOfColumns(readTable(columns, table.numRows, options), options, source.name);
    const note = `columns of records or of deeper lists left out: ${listed(others, 8)}`;
    if (others.length === 0) return sequences;
    return sequences.map((sequence) => ({ ...sequence, notes: [...sequence.notes, note] }));
  });
}

function readTable(columns: readonly NamedColumn[], rows: number, options: ReadOptions): TableColumn[] {
  const width = columns.reduce((sum, { lengths }) => sum + (lengths?.longest ?? 1), 0);
  checkPromise(rows * width, width, options);
  return columns.flatMap(({ name, column, type, lengths }, i) => {
    if (lengths !== null) {
      const builder = new VectorBuilder(name, lengths);
      readValues(column, (value) => {
        builder.add(listOf(value).map(type.cellOf));
      });
      return builder.columns();
    }
    const isClock = i === 0 || isDecidedClock(options.decisions, plainText(name), i + 1);
    const builder = new ColumnBuilder(plainText(name) || null, type.unit, isClock);
    readValues(column, (value) => {
      builder.add(type.cellOf(value));
    });
    return [builder.column()];
  });
}

function readRecordings(columns: readonly NamedColumn[], rows: number, options: ReadOptions): readonly Sequence[] {
  checkPromise(rows * columns.length, columns.length, options);
  const recordings = new RowRecordings(options);
  for (let row = 0; row < rows; row++) {
    recordings.add(
      columns.map(
        ({ name, column, type }) =>
          [
            name,
            rowCellOf(
              attempt(() => column.at(row)),
              type,
            ),
          ] as const,
      ),
    );
  }
  return recordings.all();
}

function rowCellOf(value: unknown, type: ReadableType): RowCell {
  return isList(value) ? listOf(value).map((inner) => rowCellOf(inner, type)) : type.cellOf(value);
}

function isList(value: unknown): value is Iterable<unknown> {
  return Array.isArray(value) || ArrayBuffer.isView(value);
}

function listOf(value: unknown): readonly unknown[] {
  return isList(value) ? Array.from(value) : [];
}
