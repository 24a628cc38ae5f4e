import type { RowForm } from '../../../../src/core/ranking/gallery';

/** What a set of sequences is, as it is told to a gallery. */
interface NaiveSet {
  readonly wanted: readonly Uint8Array[];
  readonly unwanted: readonly Uint8Array[];
  readonly by: 'nearest' | 'mean';
  readonly without: readonly string[];
}

/** All rows but some by their scores, smallest first, ties by key: what `scoresOf` says in words. */
export function naiveSetRanking(
  form: RowForm,
  rows: ReadonlyMap<string, Uint8Array>,
  { wanted, unwanted, by, without }: NaiveSet,
  weights?: readonly number[],
) {
  // In sums of |a - b|, which are whole numbers where channels count alike, as ties depend on them.
  const unit = naiveUnit(form, wanted[0]!.length, weights);
  const scored = [...rows]
    .filter(([key]) => !without.includes(key))
    .map(([key, values]) => {
      const near = wanted.map((each) => naiveSum(form, each, values, weights));
      const far = unwanted.map((each) => naiveSum(form, each, values, weights));
      const own = by === 'nearest' ? Math.min(...near) : near.reduce((sum, each) => sum + each, 0) / near.length;
      const margin = Math.max(0, ...far.map((each) => own - each));
      const nearest = near.indexOf(Math.min(...near));
      return { key, score: own + margin / 2, nearest: { wanted: nearest, distance: unit * near[nearest]! } };
    });
  scored.sort((a, b) => a.score - b.score || (a.key < b.key ? -1 : 1));
  return scored.map(({ key, score, nearest }) => ({ key, distance: unit * score, nearest }));
}

/** The step times the weighted mean over channels of the mean of |a - b|, number by number. */
export function naiveDistance(form: RowForm, a: Uint8Array, b: Uint8Array, weights?: readonly number[]): number {
  return naiveUnit(form, a.length, weights) * naiveSum(form, a, b, weights);
}

/** What a sum of |a - b| over so many numbers is multiplied by. */
function naiveUnit({ features, featureSize, step }: RowForm, length: number, weights?: readonly number[]): number {
  const perChannel = features * featureSize;
  const total = weights?.reduce((sum, weight) => sum + weight, 0) ?? length / perChannel;
  return step / (total * perChannel);
}

function naiveSum(
  { features, featureSize }: RowForm,
  a: Uint8Array,
  b: Uint8Array,
  weights?: readonly number[],
): number {
  const perChannel = features * featureSize;
  const channels = a.length / perChannel;
  let sum = 0;
  for (let c = 0; c < channels; c++) {
    const weight = weights?.[c] ?? 1;
    let part = 0;
    for (let i = c * perChannel; i < (c + 1) * perChannel; i++) part += Math.abs(a[i]! - b[i]!);
    sum += weight * part;
  }
  return sum;
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
