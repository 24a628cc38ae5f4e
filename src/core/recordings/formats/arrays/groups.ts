import type { ArrayMember } from '../npz/members';
import { ownName } from './names';

/** Arrays that stand beside each other in a file, by their own names. */
export interface ArrayGroup {
  /** What stands before these names: `a/b/`, `s.`, or nothing. */
  readonly prefix: string;
  readonly arrays: readonly ArrayMember[];
}

/** Arrays whose names are paths, by the groups that hold them. */
export function groupsOf(arrays: readonly ArrayMember[]): readonly ArrayGroup[] {
  const groups = new Map<string, ArrayMember[]>();
  for (const array of arrays) {
    const name = ownName(array.name);
    const prefix = array.name.slice(0, array.name.length - name.length);
    const group = groups.get(prefix) ?? [];
    groups.set(prefix, group);
    group.push({ ...array, name });
  }
  return [...groups].map(([prefix, members]) => ({ prefix, arrays: members }));
}
