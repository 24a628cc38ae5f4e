import type { Pack, PackSequence } from './pack';

/** The split that a sequence belongs to by the column `split`, or `null` where the pack has none or another one. */
export function splitOf(pack: Pack, { columns }: PackSequence): 'train' | 'test' | null {
  const code = columns['split'];
  const value = code === undefined ? undefined : pack.columnValues['split']?.[code];
  return value === 'train' || value === 'test' ? value : null;
}

/** Whether a pack has sequences in a training and in a test split, so that the one is the gallery of the other. */
export function hasBothSplits(pack: Pack): boolean {
  const splits = new Set(pack.sequences.map((sequence) => splitOf(pack, sequence)));
  return splits.has('train') && splits.has('test');
}
