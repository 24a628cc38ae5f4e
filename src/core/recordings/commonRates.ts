/** Rates that differ by less than this share count as one. */
const same = 0.005;

/** Recordings whose rates differ by more than this factor are not brought to one rate: too little would be left. */
const farthest = 8;

/**
 * The rates to which the recordings of a layout are brought before they are compared, the most frequent first. Each
 * stands for all rates within a factor of 8 of it that no earlier one stands for.
 *
 * @param rates of each recording, in Hz; `null` where it is unknown
 * @param first come before all others
 */
export function commonRates(rates: Iterable<number | null>, first: readonly number[] = []): readonly number[] {
  const counts = new Map<number, number>();
  for (const rate of rates) if (rate !== null) counts.set(rate, (counts.get(rate) ?? 0) + 1);
  const byFrequency = [...counts].sort(([a, countA], [b, countB]) => countB - countA || a - b);
  const common = [...first];
  for (const [rate] of byFrequency) if (!common.some((other) => isNear(rate, other))) common.push(rate);
  return common;
}

/**
 * The rate at which a recording is compared.
 *
 * @param common see `commonRates`
 * @returns `null` where it is compared as it was recorded
 */
export function comparedRate(rate: number | null, common: readonly number[]): number | null {
  if (rate === null) return null;
  const target = common.find((other) => isNear(rate, other));
  return target === undefined || Math.abs(rate / target - 1) < same ? null : target;
}

function isNear(a: number, b: number): boolean {
  return Math.max(a, b) / Math.min(a, b) <= farthest;
}
