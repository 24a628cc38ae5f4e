import type { Weights } from '../core/encoder/architecture';
import { datasetOf, type Dataset } from '../core/training/batches/dataset';
import { Course } from './course';
import type { FineTuneOptions } from './options';
import { measurePace, undisturbed } from './pace';
import { batchFor, enoughSteps, settingsFor, stepsWithin, type Amount } from './tuningChoices';
import { subPack, type DividedSet } from './tuningSet';
import { readState } from './tuningState';
import type { Validator } from './validator';

/** What is trained on. */
export function datasetsOf(sets: readonly DividedSet[]): readonly Dataset[] {
  return sets.map(({ pack, parts }) => datasetOf(subPack(pack, parts.train)));
}

function amountOf(datasets: readonly Dataset[]): Amount {
  const sum = (count: (dataset: Dataset) => number) => datasets.reduce((all, dataset) => all + count(dataset), 0);
  return {
    sequences: sum(({ sequences }) => sequences.length),
    labels: sum(({ sequences }) => new Set(sequences.map(({ label }) => label)).size),
  };
}

/** Takes up the training in the folder, or plans a new one for the time that there is. */
export async function begin(
  options: FineTuneOptions,
  datasets: readonly Dataset[],
  validator: Validator,
  start: Weights,
): Promise<Course> {
  const { base, settings, folder, sets } = options;
  const known = await readState(folder);
  if (known !== null) return new Course(folder, known, options.onProgress);
  options.onStage?.('rankingBefore');
  const before = await undisturbed(1, () => validator.figures(base));
  const amount = amountOf(datasets);
  const batch = batchFor(
    sets.map(({ pack }) => pack),
    amount,
  );
  const planned = (steps: number) => settingsFor(settings, base, amount, steps, batch);
  let steps = options.steps;
  if (steps === undefined) {
    options.onStage?.('measuringPace');
    const perStep = await measurePace(planned(1), datasets, start, settings.threads);
    steps = Math.min(stepsWithin(60 * settings.minutes, perStep, before.seconds), enoughSteps(amount, batch));
  }
  const course = new Course(folder, Course.fresh(planned(steps)), options.onProgress);
  course.validated(0, before.result);
  await course.save();
  return course;
}
