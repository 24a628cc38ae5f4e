import type { LabelCount } from '../../protocol/listing';
import type { SequenceSummary } from '../../protocol/sequences';
import { countValues } from './counting';

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
  const scopes = new Map<
    string | null,
    { readonly within: LabelCount['within']; readonly labels: (string | null)[] }
  >();
  for (const { label, ownLabel, ref, file } of sequences) {
    const path = ownLabel === true ? ref.path : null;
    const known = scopes.get(path);
    if (known === undefined) scopes.set(path, { within: path === null ? null : { path, file }, labels: [label] });
    else known.labels.push(label);
  }
  return [...scopes.values()]
    .flatMap(({ within, labels }) => countValues(labels).map(({ value, count }) => ({ value, within, count })))
    .sort((a, b) => b.count - a.count);
}
