import type { Random } from '../distributions/random';
import type { Labelled } from './candidate';
import { fewestToHoldOut } from './labelSets';

export type Side = 'train' | 'heldOut';

/** A split that would let a training see what it is tested on; it is a bug, and never the user's fault. */
export class LeakError extends Error {
  override readonly name = 'LeakError';
}

/** What is kept together: everything of one group, and copies of one content. */
interface Unit {
  readonly members: readonly number[];
  readonly counts: ReadonlyMap<string, number>;
}

/**
 * Holds out a share of the sequences of every label, whole groups at a time. Two sequences of every label are left to
 * train on, so labels with fewer than three, or in one group only, are not held out.
 *
 * @returns the side of every member
 */
export function splitByGroup(members: readonly Labelled[], share: number, random: Random): readonly Side[] {
  const units = random.shuffled(unitsOf(members));
  const total = countsOf(members);
  const left = new Map(total);
  const held = new Map<string, number>();
  const wanted = (label: string) => {
    const count = total.get(label) ?? 0;
    return count < fewestToHoldOut ? 0 : Math.max(Math.round(share * count), 1);
  };
  const sides = members.map((): Side => 'train');
  for (const unit of units) {
    if (!mayLeave(unit, left)) continue;
    let gain = 0;
    for (const [label, count] of unit.counts) {
      const missing = Math.max(wanted(label) - (held.get(label) ?? 0), 0);
      gain += Math.min(count, missing) - Math.max(count - missing, 0);
    }
    if (gain < 0 || (gain === 0 && held.size > 0)) continue;
    for (const [label, count] of unit.counts) {
      held.set(label, (held.get(label) ?? 0) + count);
      left.set(label, (left.get(label) ?? 0) - count);
    }
    for (const member of unit.members) sides[member] = 'heldOut';
  }
  return sides;
}

/** Whether two sequences of each of its labels remain without it. */
function mayLeave({ counts }: Unit, left: ReadonlyMap<string, number>): boolean {
  return [...counts].every(([label, count]) => (left.get(label) ?? 0) - count >= fewestToHoldOut - 1);
}

function unitsOf(members: readonly Labelled[]): readonly Unit[] {
  const parent = Uint32Array.from(members.keys());
  const root = (i: number): number => {
    let at = i;
    while (parent[at] !== at) at = parent[at] = parent[parent[at]!]!;
    return at;
  };
  const first = new Map<string, number>();
  members.forEach((member, i) => {
    for (const tie of tiesOf(member)) {
      const other = first.get(tie);
      if (other === undefined) first.set(tie, i);
      else parent[root(i)] = root(other);
    }
  });
  const byRoot = new Map<number, { readonly indices: number[]; readonly members: Labelled[] }>();
  members.forEach((member, i) => {
    const unit = byRoot.get(root(i)) ?? { indices: [], members: [] };
    byRoot.set(root(i), unit);
    unit.indices.push(i);
    unit.members.push(member);
  });
  return [...byRoot.values()].map((unit) => ({ members: unit.indices, counts: countsOf(unit.members) }));
}

function countsOf(members: readonly Labelled[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { label } of members) counts.set(label, (counts.get(label) ?? 0) + 1);
  return counts;
}

/** What two sequences must not share across a split. */
function tiesOf({ group, candidate }: Pick<Labelled, 'group' | 'candidate'>): readonly string[] {
  const digest = `content ${candidate.digest}`;
  return group === null ? [digest] : [digest, `group ${group}`];
}

/** @throws LeakError when a group, or copies of one content, stand on both sides */
export function checkNoLeak(members: readonly Labelled[], sides: readonly Side[]): void {
  const sideOf = new Map<string, Side>();
  members.forEach((member, i) => {
    const side = sides[i];
    if (side === undefined) throw new LeakError(`${member.candidate.file} stands on no side of the split`);
    for (const tie of tiesOf(member)) {
      const known = sideOf.get(tie);
      if (known !== undefined && known !== side) throw new LeakError(`the split tears apart: ${tie}`);
      sideOf.set(tie, side);
    }
  });
}

/** How many sequences, labels and groups are held out, and how many there are. */
export interface SplitCounts {
  sequences: number;
  heldOut: number;
  labels: number;
  heldLabels: number;
  groups: number;
  heldGroups: number;
}

/** What a split did. */
export function countSplit(members: readonly Labelled[], sides: readonly Side[]): SplitCounts {
  const held = members.filter((_, i) => sides[i] === 'heldOut');
  const labelsOf = (some: readonly Labelled[]) => new Set(some.map(({ label }) => label)).size;
  const groupsOf = (some: readonly Labelled[]) => new Set(some.flatMap(({ group }) => group ?? [])).size;
  return {
    sequences: members.length,
    heldOut: held.length,
    labels: labelsOf(members),
    heldLabels: labelsOf(held),
    groups: groupsOf(members),
    heldGroups: groupsOf(held),
  };
}
