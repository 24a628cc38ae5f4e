import type { RowForm } from '../../../../src/core/ranking/gallery';

/** The step times the weighted mean over channels of the mean of |a - b|, number by number. */
export function naiveDistance(
  { features, featureSize, step }: RowForm,
  a: Uint8Array,
  b: Uint8Array,
  weights?: readonly number[],
): number {
  const perChannel = features * featureSize;
  const channels = a.length / perChannel;
  let sum = 0;
  let total = 0;
  for (let c = 0; c < channels; c++) {
    const weight = weights?.[c] ?? 1;
    let part = 0;
    for (let i = c * perChannel; i < (c + 1) * perChannel; i++) part += Math.abs(a[i]! - b[i]!);
    sum += weight * part;
    total += weight;
  }
  return (step / (total * perChannel)) * sum;
}

/** All rows but one, nearest first, ties by key. */
export function naiveRanking(
  form: RowForm,
  rows: ReadonlyMap<string, Uint8Array>,
  query: Uint8Array,
  without?: string,
  weights?: readonly number[],
): readonly { key: string; distance: number }[] {
  return [...rows]
    .filter(([key]) => key !== without)
    .map(([key, values]) => ({ key, distance: naiveDistance(form, query, values, weights) }))
    .sort((a, b) => a.distance - b.distance || (a.key < b.key ? -1 : 1));
}
