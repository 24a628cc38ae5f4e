import type { LabelCount } from '../../protocol/listing';
import type { SequenceSummary } from '../../protocol/sequences';

/** A label, and where it means something. */
export type ScopedLabel = Pick<LabelCount, 'value' | 'within'>;

export function labelIn({ label, ownLabel, ref, file }: SequenceSummary): ScopedLabel {
  return { value: label, within: ownLabel === true ? { path: ref.path, file } : null };
}

/** Equal for equal labels. */
export function keyOfLabel({ value, within }: ScopedLabel): string {
  return JSON.stringify([value, within?.path ?? null]);
}

/** How many sequences have each label, the most frequent first. */
export function labelCounts(sequences: readonly SequenceSummary[]): LabelCount[] {
  const counts = new Map<string, LabelCount>();
  for (const sequence of sequences) {
    const label = labelIn(sequence);
    const key = keyOfLabel(label);
    counts.set(key, { ...label, count: (counts.get(key)?.count ?? 0) + 1 });
  }
  return [...counts.values()].sort((a, b) => b.count - a.count);
}
