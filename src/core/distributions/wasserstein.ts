/** Numbers of an embedding: bytes, or the quantiles before they are rounded to them. */
export type Numbers = Float32Array | Uint8Array;

/**
 * D_1 of two embeddings: the mean over all features (and channels) of the Wasserstein-1 distance of the two feature
 * distributions. On a common grid of levels W_1 is the mean of |F^-1 - G^-1| over the levels (Villani 2003, "Topics in
 * Optimal Transportation", theorem 2.18), so the mean over every number of the embedding is the mean over features.
 *
 * @param a concatenated quantile functions
 * @param b the same number of values, from `offset` on
 */
export function distance1(a: Numbers, b: Numbers, offset = 0): number {
  const length = a.length;
  let sum = 0;
  for (let i = 0; i < length; i++) sum += Math.abs(a[i]! - b[offset + i]!);
  return length === 0 ? 0 : sum / length;
}

/**
 * D_p of two embeddings: (mean over features of W_p^p)^(1/p).
 *
 * @param p at least 1
 */
export function distanceP(a: Numbers, b: Numbers, p: number): number {
  if (p === 1) return distance1(a, b);
  let sum = 0;
  // The general power takes many times as long.
  if (p === 2) for (let i = 0; i < a.length; i++) sum += (a[i]! - b[i]!) ** 2;
  else for (let i = 0; i < a.length; i++) sum += Math.abs(a[i]! - b[i]!) ** p;
  return a.length === 0 ? 0 : (sum / a.length) ** (1 / p);
}

/**
 * D_1 with a weight for each channel: the weighted mean over channels of the mean Wasserstein-1 distance of their feature
 * distributions. Equal weights give D_1. Since D_1 is a mean over channels, this stays a metric on the channels that
 * have a weight.
 *
 * @param a concatenated quantile functions, channel after channel
 * @param b the same number of values
 * @param weights one for each channel, none negative, not all 0
 */
export function weightedDistance1(a: Numbers, b: Numbers, weights: readonly number[]): number {
  const perChannel = a.length / weights.length;
  let sum = 0;
  let total = 0;
  let from = 0;
  for (const weight of weights) {
    const end = from + perChannel;
    if (weight !== 0) {
      let part = 0;
      for (let i = from; i < end; i++) part += Math.abs(a[i]! - b[i]!);
      sum += weight * part;
      total += weight;
    }
    from = end;
  }
  return sum / (total * perChannel);
}

/** A distance of two embeddings in bytes. */
export type Distance = (a: Uint8Array, b: Uint8Array) => number;

/**
 * D_1 of two embeddings in bytes, with a weight for each channel unless `weights` is `null`.
 * @param step what one step of a byte is worth
 */
export function distanceWith(weights: readonly number[] | null, step: number): Distance {
  return weights === null ? (a, b) => step * distance1(a, b) : (a, b) => step * weightedDistance1(a, b, weights);
}
