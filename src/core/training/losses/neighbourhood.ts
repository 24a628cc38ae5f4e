import { multiply, negate, subtract } from '../autodiff/arithmetic';
import { exp } from '../autodiff/elementwise';
import { logSumExp } from '../autodiff/reductions';
import type { Variable } from '../autodiff/tape';
import { meanOverAnchors, onlyWithin, type Pairs } from './pairs';

/** The logarithm of the sharpness at the start. */
export const initialLogSharpness = Math.log(12);

/**
 * Neighbourhood component analysis (Goldberger et al. 2004) on any distance: the mean over anchors of minus the
 * logarithm of the share of exp(-s d) that falls on positives.
 *
 * @param relative distances over their batch mean
 * @param logSharpness log s, learned
 */
export function neighbourhoodLoss(relative: Variable, pairs: Pairs, logSharpness: Variable): Variable {
  const logits = negate(multiply(exp(logSharpness), relative));
  const onPositives = logSumExp(onlyWithin(logits, pairs.positive), [1]);
  const onAll = logSumExp(onlyWithin(logits, pairs.allowed), [1]);
  return meanOverAnchors(subtract(onAll, onPositives), pairs);
}
