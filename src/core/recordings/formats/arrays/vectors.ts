import type { DataMember } from '../npz/plan';

/** Vectors of one length: the columns of a table. */
export interface VectorTable {
  readonly vectors: readonly [DataMember, ...DataMember[]];
}

/** More vectors than these are rather sequences than channels of one. */
const mostChannels = 64;

/**
 * Joins the vectors of one length in a group to tables. Vectors of numbered names (`trial1`, `trial2`) are sequences of their
 * own, and so are those that give one number for each sequence of another array.
 * @param isTimed whether an array has a clock, and thus is joined with those that share it
 */
export function joined(
  data: readonly DataMember[],
  isTimed: (member: DataMember) => boolean,
): readonly (DataMember | VectorTable)[] {
  const many = new Set(
    data.flatMap(({ arrangement: { axes, sequences } }) => (axes[0] === 'sequence' ? sequences : [])),
  );
  const isVector = (member: DataMember) => {
    const { header, labels, told } = member;
    const isPlain = header.shape.length === 1 && labels === null && told?.label == null;
    return isPlain && !many.has(header.elements) && !isTimed(member);
  };
  const byLength = new Map<number, DataMember[]>();
  for (const member of data.filter(isVector)) {
    const { elements } = member.header;
    byLength.set(elements, [...(byLength.get(elements) ?? []), member]);
  }
  const tableOf = new Map<DataMember, VectorTable>();
  for (const [first, ...others] of byLength.values()) {
    if (first === undefined || others.length === 0 || others.length >= mostChannels) continue;
    const vectors = [first, ...others] as const;
    if (areNumbered(vectors)) continue;
    const table = { vectors };
    for (const member of vectors) tableOf.set(member, table);
  }
  return [...new Set(data.map((member) => tableOf.get(member) ?? member))];
}

/** Whether names differ in nothing but their numbers. */
function areNumbered(vectors: readonly DataMember[]): boolean {
  return new Set(vectors.map(({ name }) => name.replace(/\d+/g, '#'))).size === 1;
}
