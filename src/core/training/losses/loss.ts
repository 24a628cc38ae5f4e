import { parameterOf, type Variable } from '../autodiff/tape';
import { multiSimilarityLoss } from './multiSimilarity';
import { initialLogSharpness, neighbourhoodLoss } from './neighbourhood';
import type { Pairs } from './pairs';
import { tripletLoss } from './triplet';

export const losses = ['neighbourhood', 'multi-similarity', 'triplet'] as const;
export type Loss = (typeof losses)[number];

const logSharpness = 'loss.logSharpness';

/** The single numbers that a loss learns, with their values at the start. */
export function lossParameters(loss: Loss): Readonly<Record<string, number>> {
  return loss === 'neighbourhood' ? { [logSharpness]: initialLogSharpness } : {};
}

/**
 * @param relative distances over their batch mean, [batch, batch]
 * @param parameters by name
 * @returns a scalar
 */
export function lossOf(
  loss: Loss,
  relative: Variable,
  pairs: Pairs,
  parameters: ReadonlyMap<string, Variable>,
): Variable {
  switch (loss) {
    case 'neighbourhood':
      return neighbourhoodLoss(relative, pairs, parameterOf(parameters, logSharpness));
    case 'multi-similarity':
      return multiSimilarityLoss(relative, pairs);
    case 'triplet':
      return tripletLoss(relative, pairs);
  }
}
