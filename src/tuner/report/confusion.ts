import type { TuningReport } from '../../protocol/finetune';

/** The label of a query and those of its first match. */
export interface Confusable {
  readonly label: string;
  readonly before: string;
  readonly after: string;
}

const mostLabels = 30;

/**
 * Counts which label the first match has, for queries of each label. With many labels, those that are confused most stand
 * for themselves and the rest together.
 */
export function confusionOf(queries: readonly Confusable[]): TuningReport['confusion'] {
  const weight = new Map<string, number>();
  const count = (label: string, amount: number) => weight.set(label, (weight.get(label) ?? 0) + amount);
  for (const { label, before, after } of queries) {
    count(label, 1e-6);
    for (const match of [before, after]) {
      count(match, match === label ? 0 : 1);
      if (match !== label) count(label, 1);
    }
  }
  const byWeight = [...weight].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([label]) => label);
  const kept = byWeight.length <= mostLabels ? byWeight : byWeight.slice(0, mostLabels - 1);
  const labels = [...kept].sort(new Intl.Collator('en', { numeric: true }).compare);
  const position = new Map(labels.map((label, i) => [label, i]));
  const at = (label: string) => position.get(label) ?? labels.length;
  const size = kept.length < byWeight.length ? labels.length + 1 : labels.length;
  const matrix = (match: (query: Confusable) => string) => {
    const counts = new Uint32Array(size * size);
    for (const query of queries) counts[at(query.label) * size + at(match(query))]!++;
    return Array.from({ length: size }, (_, row) => [...counts.subarray(row * size, (row + 1) * size)]);
  };
  return { labels, before: matrix(({ before }) => before), after: matrix(({ after }) => after) };
}
