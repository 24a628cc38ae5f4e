import type { FeatureSeries } from '../../encoder/features';
import type { Span } from '../../encoder/windows';

/** A stretch of a recording in which a feature is strong. */
export interface Passage extends Span {
  /** The mean of the feature over the stretch. */
  readonly strength: number;
}

/**
 * The stretches in which a feature is strongest: those with the largest mean, none overlapping another.
 *
 * @param width time steps of a stretch
 * @param most how many at most
 * @throws RangeError when there is not one start per value
 */
export function strongestPassages(
  { values, starts, stride }: FeatureSeries,
  steps: number,
  width: number,
  most: number,
): readonly Passage[] {
  const perPassage = Math.max(1, Math.min(Math.round(width / stride), values.length));
  const means = movingMeans(values, perPassage);
  const order = Uint32Array.from(means.keys()).sort((a, b) => means[b]! - means[a]! || a - b);
  const found: Passage[] = [];
  for (const at of order) {
    if (found.length === most) break;
    const [start, last] = [starts[at], starts[at + perPassage - 1]];
    if (start === undefined || last === undefined) throw new RangeError('there is not one start per value');
    const end = Math.min(last + stride, steps);
    // Values side by side may belong to windows that are far apart.
    if (end - start > perPassage * stride) continue;
    if (found.every((other) => end <= other.start || start >= other.end))
      found.push({ start, end, strength: means[at]! });
  }
  return found;
}

function movingMeans(values: Float32Array, width: number): Float64Array {
  const means = new Float64Array(values.length - width + 1);
  let sum = 0;
  for (let i = 0; i < values.length; i++) {
    sum += values[i]!;
    if (i >= width) sum -= values[i - width]!;
    if (i >= width - 1) means[i - width + 1] = sum / width;
  }
  return means;
}
