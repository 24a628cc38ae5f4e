import { add, negate, shift } from '../autodiff/arithmetic';
import { relu } from '../autodiff/elementwise';
import { max } from '../autodiff/reductions';
import type { Variable } from '../autodiff/tape';
import { meanOverAnchors, negativesOf, onlyWithin, type Pairs } from './pairs';

/** How much nearer every positive should be than every negative, for distances of mean 1. */
export const tripletMargin = 0.3;

/**
 * The batch-hard triplet loss of Hermans, Beyer and Leibe 2017 (equation 5): per anchor the furthest positive against
 * the nearest negative.
 *
 * @param relative distances over their batch mean
 */
export function tripletLoss(relative: Variable, pairs: Pairs): Variable {
  const furthestPositive = max(onlyWithin(relative, pairs.positive), [1]);
  const nearness = max(onlyWithin(negate(relative), negativesOf(pairs)), [1]);
  return meanOverAnchors(relu(shift(add(furthestPositive, nearness), tripletMargin)), pairs);
}
