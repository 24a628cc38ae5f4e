import type { Decisions } from '../reading/decisions';
import type { ColumnRole, TableReading } from '../reading/tableReading';
import type { Table } from './column';

/** How a table was read, with its empty columns. @param roleOf the role of a column by its place in `table.columns` */
export function readingOf(
  { columns, empty }: Table,
  found: Decisions,
  roleOf: (at: number) => ColumnRole,
  isChosen = false,
): TableReading {
  const filled = columns.map(({ name, number }, at) => ({ name, number, role: roleOf(at) }));
  const all = [...filled, ...empty.map((column) => ({ ...column, role: 'leftOut' as const }))];
  all.sort((a, b) => a.number - b.number);
  return { found, columns: all.map(({ name, role }) => ({ name, role })), isChosen };
}
