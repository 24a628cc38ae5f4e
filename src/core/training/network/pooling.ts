import { add, matmul, multiply, shift, subtract } from '../autodiff/arithmetic';
import { sqrt } from '../autodiff/elementwise';
import { max } from '../autodiff/reductions';
import { concat, reshape } from '../autodiff/shape';
import { sort } from '../autodiff/sort';
import type { Variable } from '../autodiff/tape';

/** What a sequence is compared by: its features' quantile functions, or moments of the features for comparison. */
export const poolings = ['quantiles', 'mean', 'mean-deviation', 'maximum'] as const;
export type Pooling = (typeof poolings)[number];

/** What pooling needs to know of the lengths of the sequences of a batch, for one level of the encoder. */
export interface LevelLengths {
  /** [batch, 1, steps]: 0 within the sequence, `beyond` after its end. */
  readonly padding: Variable;
  /** [batch, steps, Q]: `quantileMatrix` of every sequence. */
  readonly quantiles: Variable;
  /** [batch, steps, 1]: one over the sequence's length, 0 after its end. */
  readonly shares: Variable;
}

/** Larger than any feature, so that what lies after the end of a sequence is sorted to the end. */
export const beyond = 1e6;

const smallestVariance = 1e-8;

/**
 * Pools the features of one level over time.
 *
 * @param features [batch x channels, M, 1, steps], the channels of a sequence in consecutive rows
 * @returns [batch, channels x M x Q], or one or two values instead of Q
 */
export function pool(features: Variable, lengths: LevelLengths, pooling: Pooling): Variable {
  const batch = lengths.padding.size(0);
  const [rows, count, , steps] = features.shape as [number, number, number, number];
  const lines = reshape(features, [batch, (rows / batch) * count, steps]);
  const pooled = poolLines(lines, lengths, pooling);
  return reshape(pooled, [batch, pooled.size(1) * pooled.size(2)]);
}

/** @param lines [batch, lines, steps] */
function poolLines(lines: Variable, { padding, quantiles, shares }: LevelLengths, pooling: Pooling): Variable {
  switch (pooling) {
    case 'quantiles':
      return matmul(sort(add(lines, padding)), quantiles);
    case 'mean':
      return matmul(lines, shares);
    case 'mean-deviation': {
      const mean = matmul(lines, shares);
      return concat([mean, deviation(subtract(lines, mean), shares)], 2);
    }
    case 'maximum':
      return max(subtract(lines, padding), [2]);
  }
}

function deviation(centred: Variable, shares: Variable): Variable {
  // The square root of a constant feature's variance has no derivative.
  return sqrt(shift(matmul(multiply(centred, centred), shares), smallestVariance));
}
