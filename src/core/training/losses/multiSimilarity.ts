import { add, multiply, negate, scale, shift } from '../autodiff/arithmetic';
import { exp, lessMask, log } from '../autodiff/elementwise';
import { max, sum } from '../autodiff/reductions';
import type { Variable } from '../autodiff/tape';
import { meanOverAnchors, negativesOf, onlyWithin, type Pairs } from './pairs';

/** Alpha, beta, lambda and epsilon of the paper, for distances of mean 1. */
export const multiSimilarity = { positiveSharpness: 2, negativeSharpness: 10, threshold: 0.7, margin: 0.1 } as const;

/**
 * The multi-similarity loss of Wang et al. 2019 (equation 15), with minus the relative distance as the similarity, over
 * the pairs that equations 11 and 12 select: negatives nearer than the furthest positive, positives further than the
 * nearest negative, each by a margin.
 *
 * @param relative distances over their batch mean
 */
export function multiSimilarityLoss(relative: Variable, pairs: Pairs): Variable {
  const { positiveSharpness, negativeSharpness, threshold, margin } = multiSimilarity;
  const negative = negativesOf(pairs);
  const furthestPositive = max(onlyWithin(relative, pairs.positive), [1]);
  const nearestNegative = negate(max(onlyWithin(negate(relative), negative), [1]));
  const hardPositive = multiply(pairs.positive, lessMask(nearestNegative, shift(relative, margin)));
  const hardNegative = multiply(negative, lessMask(relative, shift(furthestPositive, margin)));
  const beyond = shift(relative, -threshold);
  const pull = softSum(scale(beyond, positiveSharpness), hardPositive, positiveSharpness);
  const push = softSum(scale(beyond, -negativeSharpness), hardNegative, negativeSharpness);
  return meanOverAnchors(add(pull, push), pairs);
}

/** log(1 + sum exp(x)) / sharpness over a mask. */
function softSum(x: Variable, mask: Variable, sharpness: number): Variable {
  return scale(log(shift(sum(multiply(exp(x), mask), [1]), 1)), 1 / sharpness);
}
