import type { TableColumn } from '../../table/column';
import { listed } from '../pcm/text';

/** Columns without those that are there in more detail, and what a user should know of that. */
export function withoutCoarser<Key>(
  columns: ReadonlyMap<Key, TableColumn>,
  finer: readonly (readonly [coarse: Key, fine: Key])[],
): { readonly columns: readonly TableColumn[]; readonly notes: readonly string[] } {
  const isThere = (key: Key) => columns.get(key)?.values.some(Number.isFinite) === true;
  const doubled = new Set(finer.flatMap(([coarse, fine]) => (isThere(coarse) && isThere(fine) ? [coarse] : [])));
  const kept = [...columns].flatMap(([key, column]) => (doubled.has(key) ? [] : [column]));
  if (doubled.size === 0) return { columns: kept, notes: [] };
  const names = listed([...doubled].map((key) => columns.get(key)?.name ?? ''));
  return { columns: kept, notes: [`fields left out that are there in more detail: ${names}`] };
}
