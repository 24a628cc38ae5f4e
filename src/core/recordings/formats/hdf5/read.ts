import type { ReadOptions } from '../../reader';
import type { Sequence } from '../../sequence';
import { groupOf } from '../arrays/names';
import { groupsOf } from '../arrays/groups';
import { readArrays } from '../arrays/sequences';
import { findArrays } from './find';
import { withHdf5 } from './library';
import type { Job } from '../thread/messages';

/** Reads an HDF5 file by the library. @throws UnreadableError for damage, and for a file without an array that can be read */
export async function readByLibrary({ path, size, kind }: Job, options: ReadOptions): Promise<readonly Sequence[]> {
  return withHdf5(path, size, async (file) => {
    const { arrays, leftOut } = findArrays(file, options, kind);
    const sequences = await readArrays(groupsOf(arrays), leftOut, options, true);
    return kind === 'mat' ? sequences : labelledByGroup(sequences);
  });
}

/** Where nothing gives labels, groups that each hold several sequences are taken for classes. */
function labelledByGroup(sequences: readonly Sequence[]): readonly Sequence[] {
  if (sequences.some(({ label }) => label !== null)) return sequences;
  const members = new Map<string, number>();
  const groups = sequences.map(({ name }) => groupOf(name ?? ''));
  for (const group of groups) members.set(group, (members.get(group) ?? 0) + 1);
  if (members.size < 2 || [...members.values()].some((count) => count < 2)) return sequences;
  return sequences.map((sequence, i) => ({ ...sequence, label: groups[i] || null }));
}
