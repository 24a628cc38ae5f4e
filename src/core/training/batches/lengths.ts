import { stepsOf, type PackSequence } from '../packs/pack';
import type { Variation } from './augment';
import type { Random } from '../../distributions/random';

/** Which time steps [start, end) of a sequence are seen after it was stretched to `whole` steps. */
export interface Window {
  readonly sequence: PackSequence;
  readonly whole: number;
  readonly start: number;
  readonly end: number;
}

/** The fewest time steps that the encoder takes; a multiple of its coarsest stride. */
const fewest = 16;

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
    const seen = Math.max(Math.min(Math.round(whole * share), most), fewest);
    const start = random.below(whole - seen + 1);
    return { sequence, whole, start, end: start + seen };
  });
}
