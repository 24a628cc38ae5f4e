import type { Weights } from '../core/encoder/architecture';
import type { EncoderFile } from '../core/encoder/description';
import { weightsOf } from '../core/encoder/weightsOf';
import { encoderFile } from '../core/training/trainer/encoderFile';
import type { TrainingSettings } from '../core/training/trainer/settings';
import { readBest } from './best';
import type { Course } from './course';
import type { FineTuneOptions } from './options';
import { scoreOf } from './tuningState';
import { stageOf } from './stages';
import { reported, samplesOf, subPack, type DividedSet } from './tuningSet';
import type { Validator } from './validator';

export interface Chosen {
  readonly file: EncoderFile;
  /** How far it lies from the start: 0 is the start, 1 the best of the training. */
  readonly share: number;
}

/** The best of the start, the best weights of the training, and points in between; of equals the nearest to the start. */
export async function choose(
  options: FineTuneOptions,
  validator: Validator,
  start: Weights,
  course: Course,
): Promise<Chosen> {
  const { base, name } = options;
  const { architecture, levels } = course.settings.objective;
  const training = describe(base, course.settings, course.best?.step ?? 0);
  const fileOf = (weights: Weights) => keptAs(base, encoderFile(architecture, levels, weights, { name, training }));
  let chosen: Chosen = { file: fileOf(start), share: 0 };
  if (course.best === null || course.best.step === 0) return chosen;
  const best = weightsOf(await readBest(options.folder, course.best.step));
  let score = course.startScore;
  const onSequence = stageOf('choosing', blendShares.length * validator.sequences, options.onStage);
  for (const share of [...blendShares, 1]) {
    options.signal.throwIfAborted();
    const file = fileOf(share === 1 ? best : blend(start, best, share));
    const reached = share === 1 ? course.best.score : scoreOf(await validator.figures(file, onSequence));
    if (reached > score) {
      chosen = { file, share };
      score = reached;
    }
  }
  return chosen;
}

function describe(base: EncoderFile, { schedule, seed, anchoring }: TrainingSettings, step: number): string {
  const { name, sha256 } = base.description;
  return (
    `“${name}” (${sha256.slice(0, 12)}) fine-tuned for ${step} steps, learning rate ${schedule.rate}, ` +
    `anchoring ${(anchoring ?? 0).toPrecision(3)}, seed ${seed}`
  );
}

/** The encoder with its features kept as another one keeps them, so that the two differ by their weights alone. */
export function keptAs(
  { description: { course, views } }: EncoderFile,
  { description, model }: EncoderFile,
): EncoderFile {
  const kept = { ...description };
  delete kept.course;
  delete kept.views;
  return { model, description: { ...kept, ...(course && { course }), ...(views && { views }) } };
}

/**
 * Weights on the straight line between two encoders of one architecture: Wortsman et al. 2022, "Robust fine-tuning of
 * zero-shot models" (section 3), where a point in between often ranks better than either end.
 *
 * @param share 0 for the first, 1 for the second
 * @throws RangeError when the second lacks a weight of the first
 */
export function blend(from: Weights, to: Weights, share: number): Weights {
  return new Map(
    [...from].map(([name, values]) => {
      const other = to.get(name);
      if (other === undefined) throw new RangeError(`the weights lack ${name}`);
      return [name, values.map((value, i) => value + share * (other[i]! - value))];
    }),
  );
}

/** The points that are tried. */
export const blendShares = [0.25, 0.5, 0.75] as const;

/**
 * How many seconds it takes to choose, and to rank all held-out sequences before and after for the report.
 *
 * @param perSample of an embedding
 * @param perValidation of the whole of one
 */
export function finishingSeconds(
  sets: readonly DividedSet[],
  maximumSteps: number,
  perSample: number,
  perValidation: number,
): number {
  const samples = sets.reduce((sum, set) => sum + samplesOf(subPack(set.pack, reported(set)), maximumSteps), 0);
  return blendShares.length * perValidation + 2 * samples * perSample;
}
