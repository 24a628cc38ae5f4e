import type { Grouping } from '../../protocol/engine';
import { folderOfFile, type Row } from './sorting';

/** The head of a group. */
export interface GroupHead {
  /** Empty for the rows that have no label, or lie in no folder. */
  readonly name: string;
  readonly count: number;
  readonly collapsed: boolean;
}

export type Line = { readonly kind: 'row'; readonly row: Row } | ({ readonly kind: 'group' } & GroupHead);

/** The rows under the heads of their groups, in the order in which the groups' first rows come. */
export function grouped(rows: readonly Row[], grouping: Grouping, collapsed: readonly string[]): readonly Line[] {
  const line = (row: Row): Line => ({ kind: 'row', row });
  if (grouping === 'none') return rows.map(line);
  const closed = new Set(collapsed);
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const name = nameOf(row, grouping);
    const members = groups.get(name);
    if (members === undefined) groups.set(name, [row]);
    else members.push(row);
  }
  return [...groups].flatMap(([name, members]): Line[] => {
    const isClosed = closed.has(name);
    const head: Line = { kind: 'group', name, count: members.length, collapsed: isClosed };
    return isClosed ? [head] : [head, ...members.map(line)];
  });
}

function nameOf({ sequence }: Row, grouping: 'label' | 'folder'): string {
  return grouping === 'label' ? (sequence.label ?? '') : folderOfFile(sequence.file);
}
