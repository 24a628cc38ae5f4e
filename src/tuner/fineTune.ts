import { access, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Weights } from '../core/encoder/architecture';
import type { EncoderFile } from '../core/encoder/description';
import { loadEncoder } from '../core/encoder/session';
import { weightsOf } from '../core/encoder/weightsOf';
import type { TuningReport } from '../protocol/finetune';
import type { TuningNote } from '../protocol/tuningNote';
import type { Dataset } from '../core/training/batches/dataset';
import { completeOn } from '../core/training/combination/complete';
import type { Pack } from '../core/training/packs/pack';
import { writeEncoder } from '../core/training/trainer/encoderFile';
import { checkpointName } from '../core/training/trainer/modelFolder';
import { train } from '../core/training/trainer/train';
import { TrainingError } from '../core/training/trainer/trainingError';
import { begin, datasetsOf } from './begin';
import { removeOtherBest, writeBest } from './best';
import { choose, keptAs } from './choose';
import type { Course } from './course';
import type { FineTuneOptions } from './options';
import { TuningError } from './problems';
import { outcomesOf } from './report/outcomes';
import { reportOf } from './report/reportOf';
import { stageOf } from './stages';
import { sessionSteps } from './tuningChoices';
import { divided, reported, subPack, type DividedSet } from './tuningSet';
import { Validator } from './validator';

/**
 * Trains an encoder further on labelled sequences and measures, on sequences that are held out, what that brought. The
 * weights that rank the held-out sequences best are kept, wherever they lie between the start and the end.
 *
 * @returns the report, or `null` when the signal stopped it
 * @throws TuningError, TrainingError, PackError or EncoderError with a message for the user
 */
export async function fineTune(options: FineTuneOptions): Promise<TuningReport | null> {
  const { base, settings, folder, signal, maximumSteps, began = performance.now() } = options;
  const { sets, halved } = divided(options.sets);
  const validator = new Validator(sets, maximumSteps, signal);
  if (!validator.isPossible) throw new TuningError({ kind: 'nothingToMeasure' });
  const datasets = datasetsOf(sets);
  const start = weightsOf(base);
  const course = await begin(options, sets, validator, start, began);
  const stopped = await run(options, datasets, validator, start, course);
  if (stopped === 'interrupted') return null;
  const chosen = await choose(options, validator, start, course);
  const tuned =
    chosen.share === 0 ? roundedAs(base, chosen.file) : await completeOn(chosen.file, trainingPacks(sets), signal);
  await writeEncoder(join(folder, 'encoder'), tuned);
  const ranked = sets.reduce((sum, set) => sum + reported(set).length, 0);
  const onSequence = stageOf('measuringGain', 2 * ranked, options.onStage);
  const outcomes = async (file: EncoderFile) =>
    outcomesOf(await loadEncoder(file), sets, { maximumSteps, signal, onSequence });
  return reportOf({
    sets,
    before: await outcomes(base),
    after: await outcomes(tuned),
    notes: [...options.notes, ...notesOf(course, chosen.share, stopped, halved)],
    steps: course.step,
    seconds: course.seconds,
    seed: settings.seed,
  });
}

/** The encoder with its numbers rounded to the bytes of another one, so that equal weights give equal bytes. */
function roundedAs({ description: base }: EncoderFile, { description, model }: EncoderFile): EncoderFile {
  const { bytes, groups, responses } = base;
  const known = { ...(bytes && { bytes }), ...(groups && { groups }), ...(responses && { responses }) };
  return { model, description: { ...description, ...known } };
}

function trainingPacks(sets: readonly DividedSet[]): readonly Pack[] {
  return sets.map(({ pack, parts }) => subPack(pack, parts.train));
}

type End = 'finished' | 'time' | 'patience' | 'unstable' | 'interrupted';

async function run(
  options: FineTuneOptions,
  datasets: readonly Dataset[],
  validator: Validator,
  start: Weights,
  course: Course,
): Promise<End> {
  const { settings, signal } = options;
  const enough = new AbortController();
  const training = join(options.folder, 'training');
  const { every } = course;
  if (course.isPerfect || course.hasStalled || course.step >= course.settings.steps) return 'finished';
  const resume = await hasCheckpoint(training);
  // What a process that was killed before its first checkpoint has left is of no use.
  if (!resume) await rm(training, { recursive: true, force: true });
  options.onStage?.('training', 0);
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
      ...(options.steps === undefined ? { timeLimit: course.secondsOf(60 * settings.minutes) } : {}),
      signal: AbortSignal.any([signal, enough.signal]),
      validation: {
        every,
        figures: async (trained) => {
          const figures = await validate(options, validator, course, trained);
          if (course.hasStalled) enough.abort();
          return figures;
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
    if (!(error instanceof TrainingError && error.kind === 'notFinite') || course.best === null) throw error;
    return 'unstable';
  }
}

/** Measures the weights that the training has reached, and keeps them where none were better. */
async function validate(
  { base, folder }: FineTuneOptions,
  validator: Validator,
  course: Course,
  trained: EncoderFile,
): Promise<Readonly<Record<string, number>>> {
  const encoder = keptAs(base, trained);
  const figures = await validator.figures(encoder);
  const isBest = course.validated(course.step, figures);
  if (isBest) await writeBest(folder, course.step, encoder);
  await course.save();
  if (isBest) await removeOtherBest(folder, course.step);
  return { 'recall@1': figures.recallAt1, mAP: figures.meanAveragePrecision };
}

async function hasCheckpoint(folder: string): Promise<boolean> {
  return access(join(folder, checkpointName)).then(
    () => true,
    () => false,
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
