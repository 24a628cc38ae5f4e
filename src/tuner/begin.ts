import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Weights } from '../core/encoder/architecture';
import { datasetOf, type Dataset } from '../core/training/batches/dataset';
import { Course } from './course';
import type { FineTuneOptions } from './options';
import { finishingSeconds } from './choose';
import { measurePace, mostBatches, undisturbed } from './pace';
import { stageOf } from './stages';
import { batchFor, divideTime, enoughSteps, settingsFor, usualValidations, type Amount } from './tuningChoices';
import { subPack, type DividedSet } from './tuningSet';
import { readState, scoreOf } from './tuningState';
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

/** The share of all the time that measuring the pace may take, before its last batch. */
const paceShare = 0.03;

/**
 * Takes up the training in the folder, or plans a new one for the time that there is.
 *
 * @param began when it was asked for, by `performance.now()`
 */
export async function begin(
  options: FineTuneOptions,
  sets: readonly DividedSet[],
  validator: Validator,
  start: Weights,
  began: number,
): Promise<Course> {
  const { base, settings, folder, onStage, maximumSteps } = options;
  const known = await readState(folder);
  if (known !== null) return new Course(folder, known, began, options.onProgress);
  // Whatever lies there is of a training that nothing is known of any more.
  await rm(join(folder, 'training'), { recursive: true, force: true });
  const onSequence = stageOf('rankingBefore', validator.sequences, onStage);
  const before = await undisturbed(1, () => validator.figures(base, onSequence));
  const datasets = datasetsOf(sets);
  const amount = amountOf(datasets);
  const batch = batchFor(
    sets.map(({ pack }) => pack),
    amount,
  );
  const planned = (steps: number) => settingsFor(settings, base, amount, steps, batch);
  const finishing = finishingSeconds(sets, maximumSteps, before.elapsed / validator.samples, before.elapsed);
  let [steps, validations] = [options.steps ?? (scoreOf(before.result) < 1 ? undefined : 1), usualValidations];
  if (steps === undefined) {
    const onBatch = stageOf('measuringPace', mostBatches, onStage);
    const pace = { threads: settings.threads, within: paceShare * 60 * settings.minutes, onBatch };
    const perStep = await measurePace(planned(1), datasets, start, pace);
    const left = 60 * settings.minutes - (performance.now() - began) / 1e3 - finishing;
    const divided = divideTime(left, perStep, before.seconds);
    validations = divided.validations;
    steps = Math.min(divided.steps, enoughSteps(amount, batch));
  }
  const every = Math.max(Math.ceil(steps / validations), 1);
  const course = new Course(folder, Course.fresh(planned(steps), { every, finishing }), began, options.onProgress);
  course.validated(0, before.result);
  await course.save();
  return course;
}
