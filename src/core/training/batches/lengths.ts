import { stepsOf, type PackSequence } from '../packs/pack';
import type { Variation } from './augment';
import type { Random } from '../../distributions/random';
import { viewSize, type View } from '../../encoder/views';
import type { Span } from '../../encoder/windows';

/** Which time steps [start, end) of a sequence are seen after it was stretched to `whole` steps. */
export interface Window {
  readonly sequence: PackSequence;
  readonly whole: number;
  readonly start: number;
  readonly end: number;
  /** The part around it that is seen by views of the whole, which have room for longer ones. */
  readonly part: Span;
}

/** The fewest time steps that the encoder takes; a multiple of its coarsest stride. */
export const fewest = 16;

/** The lengths to which batches are padded: few, as each needs a session, and at most half as long again as needed. */
function* buckets(): Generator<number> {
  for (let power = fewest; ; power *= 2) {
    yield power;
    if (power > fewest) yield 1.5 * power;
  }
}

/**
 * The number of time steps of a batch.
 *
 * @param steps of its longest sequence, at most `most`
 * @param most a multiple of 16
 */
export function bucketOf(steps: number, most: number): number {
  for (const bucket of buckets()) if (bucket >= steps) return Math.min(bucket, most);
  return most;
}

/** The number of time steps of a view of a batch of so many. */
export function viewSteps(view: View, steps: number): number {
  return bucketOf(viewSize(view, steps, fewest).steps, Infinity);
}

/** Draws the tempo and the window of every sequence of a batch. */
export function drawWindows(
  sequences: readonly PackSequence[],
  most: number,
  { tempo, ownTempo, crops }: Variation,
  random: Random,
): readonly Window[] {
  const common = random.uniform(-tempo, tempo);
  const share = random.unit() < crops ? random.uniform(0.5, 1) : 1;
  return sequences.map((sequence) => {
    const stretch = 2 ** (common + random.uniform(-ownTempo, ownTempo));
    const whole = Math.max(Math.round(stepsOf(sequence) * stretch), fewest);
    const length = Math.max(Math.round(whole * share), fewest);
    const seen = Math.min(length, most);
    const start = random.below(whole - seen + 1);
    const before = Math.min(Math.max(start - ((length - seen) >> 1), 0), whole - length);
    return { sequence, whole, start, end: start + seen, part: { start: before, end: before + length } };
  });
}
