import type { Weights } from '../core/encoder/architecture';

/**
 * Weights on the straight line between two encoders of one architecture: Wortsman et al. 2022, "Robust fine-tuning of
 * zero-shot models" (section 3), where a point in between often ranks better than either end.
 *
 * @param share 0 for the first, 1 for the second
 */
export function blend(from: Weights, to: Weights, share: number): Weights {
  return new Map(
    [...from].map(([name, values]) => {
      const other = to.get(name)!;
      return [name, values.map((value, i) => value + share * (other[i]! - value))];
    }),
  );
}

/** The points that are tried. */
export const blendShares = [0.25, 0.5, 0.75] as const;
