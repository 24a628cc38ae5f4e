import type { PlannedColumn } from './plannedColumns';

/** How the cells of a column are read: as plain decimals where they are such, the long way, or not at all. */
export const way = { long: 0, plain: 1, unread: 2 } as const;

export function wayOf({ kind: { kind }, isExact }: PlannedColumn): number {
  if (kind === 'unread') return way.unread;
  return (kind === 'number' || kind === 'empty') && !isExact ? way.plain : way.long;
}
