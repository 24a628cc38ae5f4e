import { rates, type Architecture } from '../../encoder/architecture';
import { beyond } from './pooling';

/** How many values every level of an encoder gives for a sequence. */
export function levelSteps(architecture: Architecture, steps: number): readonly number[] {
  let rest = steps;
  return architecture.levels.map((level) => {
    const { pooled, kept } = rates(level);
    rest = Math.floor((level.startsPyramid ? steps : rest) / level.stride / pooled);
    return Math.ceil(rest / kept);
  });
}

/** What training feeds for one level beside the sequences: see `LevelLengths`. */
export interface LengthFeeds {
  readonly padding: Float32Array;
  readonly quantiles: Float32Array;
  readonly shares: Float32Array;
}

/**
 * @param counts how many values of each sequence are its own, at least 1
 * @param steps how many there are with padding
 */
export function lengthFeeds(counts: readonly number[], steps: number, levels: number): LengthFeeds {
  const padding = new Float32Array(counts.length * steps);
  const shares = new Float32Array(counts.length * steps);
  const quantiles = new Float32Array(counts.length * steps * levels);
  counts.forEach((count, i) => {
    shares.fill(1 / count, i * steps, i * steps + count);
    padding.fill(beyond, i * steps + count, (i + 1) * steps);
    quantileMatrix(count, levels, quantiles.subarray(i * steps * levels, (i + 1) * steps * levels));
  });
  return { padding, quantiles, shares };
}

/**
 * The matrix [steps, Q] whose product with ascending values is their quantile function, as `quantilesOfSorted` has it.
 *
 * @param out zeros, which rows beyond `count` remain
 */
function quantileMatrix(count: number, levels: number, out: Float32Array): void {
  for (let q = 0; q < levels; q++) {
    const position = ((q + 0.5) / levels) * count - 0.5;
    const below = Math.min(Math.max(Math.floor(position), 0), count - 1);
    const above = Math.min(below + 1, count - 1);
    const weight = Math.min(Math.max(position - below, 0), 1);
    out[below * levels + q]! += 1 - weight;
    out[above * levels + q]! += weight;
  }
}
