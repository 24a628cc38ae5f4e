import { UnreadableError, type ReadOptions } from '../../reader';
import type { Sequence } from '../../sequence';
import { listed, type TableColumn } from '../../table/column';
import { sequencesOf } from '../../table/sequences';

/**
 * Makes sequences of columns of equal length, with names of their own; see `sequencesOf` for what each of them is.
 * @param fileName the file's name, which may say that it is an archive of series
 * @throws UnreadableError if no channel is left
 */
export function sequencesOfColumns(columns: readonly TableColumn[], options: ReadOptions, fileName = ''): Sequence[] {
  const rows = columns[0]?.values.length ?? 0;
  const empty = columns.flatMap(({ values }, at) => (values.every((value) => Number.isNaN(value)) ? [at] : []));
  const placed = columns.map((column, at) => ({ ...column, number: at + 1 }));
  const isEmpty = new Set(empty);
  const filled = placed.filter((_, at) => !isEmpty.has(at));
  if (filled.length === 0) throw new UnreadableError('all its values are missing');
  const notes = empty.length === 0 ? [] : [`empty columns left out: ${listed(columns, empty)}`];
  const named = columns.some(({ name }) => name !== null);
  return sequencesOf(
    { rows, columns: filled, empty: placed.filter((_, at) => isEmpty.has(at)), named, stated: null, notes, fileName },
    options,
  );
}
