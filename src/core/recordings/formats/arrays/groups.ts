import type { DataMember } from '../npz/members';
import { groupOf, ownName } from './names';

/** Vectors of one length in one group: the columns of a table. */
export interface VectorTable {
  /** The name of the group; empty for what is in none. */
  readonly name: string;
  readonly vectors: readonly DataMember[];
}

/** More vectors than these are rather sequences than channels of one. */
const mostChannels = 64;

/**
 * Joins vectors of one length in one group to tables. Vectors of numbered names (`trial1`, `trial2`) are sequences of their
 * own, and so are those that give one number for each sequence of another array.
 */
export function joined(data: readonly DataMember[]): readonly (DataMember | VectorTable)[] {
  const many = new Set(
    data.flatMap(({ arrangement: { axes, sequences } }) => (axes[0] === 'sequence' ? sequences : [])),
  );
  const tables = new Map<string, DataMember[]>();
  const isVector = ({ header, labels, told }: DataMember) =>
    header.shape.length === 1 && labels === null && told?.label == null && !many.has(header.elements);
  for (const member of data.filter(isVector)) {
    const key = `${groupOf(member.name)}\0${member.header.elements}`;
    tables.set(key, [...(tables.get(key) ?? []), member]);
  }
  const tableOf = new Map<DataMember, VectorTable>();
  for (const vectors of tables.values()) {
    if (vectors.length < 2 || vectors.length > mostChannels || areNumbered(vectors)) continue;
    const table = { name: groupOf(vectors[0]?.name ?? ''), vectors };
    for (const member of vectors) tableOf.set(member, table);
  }
  return [...new Set(data.map((member) => tableOf.get(member) ?? member))];
}

/** Whether names differ in nothing but their numbers. */
function areNumbered(vectors: readonly DataMember[]): boolean {
  const stems = new Set(vectors.map(({ name }) => ownName(name).replace(/\d+/g, '#')));
  return stems.size === 1;
}
