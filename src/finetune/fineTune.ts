import { access, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Weights } from '../encoder/architecture';
import type { EncoderFile } from '../encoder/description';
import { readEncoder } from '../encoder/description';
import { loadEncoder } from '../encoder/session';
import { weightsOf } from '../encoder/weightsOf';
import type { TuningProgress, TuningReport, TuningSettings } from '../protocol/finetune';
import type { TuningNote } from '../protocol/tuningNote';
import type { TuningStage } from '../protocol/tuningProblem';
import { datasetOf, type Dataset } from '../training/batches/dataset';
import { encoderFile, writeEncoder } from '../training/trainer/encoderFile';
import type { TrainingSettings } from '../training/trainer/settings';
import { checkpointName } from '../training/trainer/modelFolder';
import { train } from '../training/trainer/train';
import { TrainingError } from '../training/trainer/trainingError';
import { blend, blendShares } from './blend';
import { Course } from './course';
import { keptAs } from './keptAs';
import { measurePace, undisturbed } from './pace';
import { TuningError } from './problems';
import { outcomesOf } from './report/outcomes';
import { reportOf } from './report/reportOf';
import { batchFor, type Amount, sessionSteps, settingsFor, stepsWithin, validations } from './tuningChoices';
import { partsOf, subPack, type Parts, type TuningSet } from './tuningSet';
import { readState, scoreOf } from './tuningState';
import { Validator } from './validator';

export interface FineTuneOptions {
  readonly sets: readonly TuningSet[];
  /** The encoder to start from. */
  readonly base: EncoderFile;
  readonly settings: TuningSettings;
  /** What the new encoder is called. */
  readonly name: string;
  /** Receives the training and, at the end, the encoder in `encoder`; a training that is there already goes on. */
  readonly folder: string;
  /** As for `embed`. */
  readonly maximumSteps: number;
  /** Trains for so many steps instead of filling the time. */
  readonly steps?: number;
  /** For the report. */
  readonly notes: readonly TuningNote[];
  /** Stops after the step under way, which is kept. */
  readonly signal: AbortSignal;
  readonly onStage?: (stage: TuningStage) => void;
  readonly onProgress?: (progress: TuningProgress) => void;
}

/**
 * Trains an encoder further on labelled sequences and measures, on sequences that are held out, what that brought. The
 * weights that rank the held-out sequences best are kept, wherever they lie between the start and the end.
 *
 * @returns the report, or `null` when the signal stopped it
 * @throws TuningError, TrainingError, PackError or EncoderError with a message for the user
 */
export async function fineTune(options: FineTuneOptions): Promise<TuningReport | null> {
  const { base, settings, folder, signal, sets } = options;
  const { parts, halved } = partsOf(sets);
  const validator = new Validator(sets, parts, options.maximumSteps, signal);
  if (!validator.isPossible) throw new TuningError({ kind: 'nothingToMeasure' });
  const datasets = datasetsOf(sets, parts);
  const start = weightsOf(base);
  const course = await begin(options, datasets, validator, start);
  const stopped = await run(options, datasets, validator, start, course);
  if (stopped === 'interrupted') return null;
  options.onStage?.('choosing');
  const chosen = await choose(options, validator, start, course);
  await writeEncoder(join(folder, 'encoder'), chosen.file);
  options.onStage?.('measuringGain');
  const outcomes = async (file: EncoderFile) =>
    outcomesOf(await loadEncoder(file), sets, parts, options.maximumSteps, signal);
  return reportOf({
    sets,
    before: await outcomes(base),
    after: await outcomes(chosen.file),
    notes: [...options.notes, ...notesOf(course, chosen.share, stopped, halved)],
    steps: course.step,
    seconds: course.seconds,
    seed: settings.seed,
  });
}

function datasetsOf(sets: readonly TuningSet[], parts: readonly Parts[]): readonly Dataset[] {
  return sets.map(({ pack }, s) => datasetOf(subPack(pack, parts[s]!.train)));
}

function amountOf(datasets: readonly Dataset[]): Amount {
  const sum = (count: (dataset: Dataset) => number) => datasets.reduce((all, dataset) => all + count(dataset), 0);
  return {
    sequences: sum(({ sequences }) => sequences.length),
    labels: sum(({ sequences }) => new Set(sequences.map(({ label }) => label)).size),
  };
}

/** Takes up the training in the folder, or plans a new one for the time that there is. */
async function begin(
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
    steps = stepsWithin(60 * settings.minutes, perStep, before.seconds);
  }
  const course = new Course(folder, Course.fresh(planned(steps)), options.onProgress);
  course.validated(0, before.result);
  await course.save();
  return course;
}

type End = 'finished' | 'time' | 'patience' | 'unstable' | 'interrupted';

async function run(
  options: FineTuneOptions,
  datasets: readonly Dataset[],
  validator: Validator,
  start: Weights,
  course: Course,
): Promise<End> {
  const { folder, settings, signal } = options;
  const enough = new AbortController();
  const training = join(folder, 'training');
  const every = Math.max(Math.ceil(course.settings.steps / validations), 1);
  const timeLimit = Math.max(60 * settings.minutes - course.seconds, 1);
  if (course.hasStalled || course.step >= course.settings.steps) return 'finished';
  const resume = await hasCheckpoint(training);
  // What a process that was killed before its first checkpoint has left is of no use.
  if (!resume) await rm(training, { recursive: true, force: true });
  options.onStage?.('training');
  try {
    const { finished } = await train({
      settings: course.settings,
      datasets,
      folder: training,
      threads: settings.threads,
      resume,
      start,
      sessionSteps,
      checkpointEvery: Math.max(Math.ceil(every / 4), 1),
      ...(options.steps === undefined ? { timeLimit } : {}),
      signal: AbortSignal.any([signal, enough.signal]),
      validation: {
        every,
        async figures(trained) {
          const encoder = keptAs(options.base, trained);
          const figures = await validator.figures(encoder);
          const { step } = course;
          if (course.validated(step, figures)) await writeEncoder(join(folder, 'best'), encoder);
          await course.save();
          if (course.hasStalled) enough.abort();
          return { 'recall@1': figures.recallAt1, mAP: figures.meanAveragePrecision };
        },
      },
      onProgress: ({ step, loss, secondsLeft }) => {
        course.stepped(step, loss, secondsLeft);
      },
    });
    await course.save();
    if (signal.aborted) return 'interrupted';
    if (enough.signal.aborted) return 'patience';
    return finished ? 'finished' : 'time';
  } catch (error) {
    // Numbers that ran away end the training, and what ranked best before that counts.
    if (!(error instanceof TrainingError && /not a number/.test(error.message)) || course.best === null) throw error;
    return 'unstable';
  }
}

async function hasCheckpoint(folder: string): Promise<boolean> {
  return access(join(folder, checkpointName)).then(
    () => true,
    () => false,
  );
}

interface Chosen {
  readonly file: EncoderFile;
  readonly share: number;
}

/** The best of the start, the best weights of the training, and points in between; of equals the nearest to the start. */
async function choose(options: FineTuneOptions, validator: Validator, start: Weights, course: Course): Promise<Chosen> {
  const { base, name } = options;
  const { architecture, levels } = course.settings.objective;
  const training = describe(base, course.settings, course.best?.step ?? 0);
  const fileOf = (weights: Weights) => keptAs(base, encoderFile(architecture, levels, weights, { name, training }));
  let chosen: Chosen = { file: fileOf(start), share: 0 };
  if (course.best === null || course.best.step === 0) return chosen;
  const best = weightsOf(await readEncoder(join(options.folder, 'best')));
  let score = course.startScore;
  for (const share of [...blendShares, 1]) {
    options.signal.throwIfAborted();
    const file = fileOf(share === 1 ? best : blend(start, best, share));
    const reached = share === 1 ? course.best.score : scoreOf(await validator.figures(file));
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

function notesOf(course: Course, share: number, end: End, halved: boolean): readonly TuningNote[] {
  const notes: TuningNote[] = [{ kind: 'deciding', same: !halved }];
  if (share === 0) notes.push({ kind: 'startKept' });
  else if (share < 1) notes.push({ kind: 'blended', share });
  const { step } = course;
  if (end === 'patience') notes.push({ kind: 'stoppedEarly', step, best: course.best?.step ?? 0 });
  if (end === 'unstable') notes.push({ kind: 'unstable', step });
  return notes;
}
