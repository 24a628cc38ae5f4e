import { architectures, type ArchitectureName } from '../core/encoder/architecture';
import { readEncoder, type EncoderFile, type KeptView } from '../core/encoder/description';
import { loadEncoder, type EncoderSession } from '../core/encoder/session';
import { networkOf, weightsOf } from '../core/encoder/weightsOf';
import { RequestError } from '../engine/requestError';
import { datasetOf } from '../core/training/batches/dataset';
import { evaluatePack } from '../core/training/evaluation/evaluatePack';
import { problemOf } from '../core/training/evaluation/evaluate';
import { groupOf, meansOf, type PackResult } from '../core/training/evaluation/summary';
import type { Distance } from '../core/training/losses/distances';
import type { Loss } from '../core/training/losses/loss';
import type { Pooling } from '../core/training/network/pooling';
import { readPacks } from '../core/training/packs/findPacks';
import type { Pack } from '../core/training/packs/pack';
import type { TrainingProgress } from '../core/training/trainer/pace';
import { usualSettings, type TrainingSettings } from '../core/training/trainer/settings';
import { train, type Validation } from '../core/training/trainer/train';
import { TrainingError } from '../core/training/trainer/trainingError';

/** The options of `kindred train`. */
export interface TrainOptions {
  readonly out: string;
  readonly steps: number;
  readonly batch: number;
  readonly length: number;
  readonly classes: number;
  readonly rate: number;
  readonly instances: number;
  readonly noise: number;
  readonly architecture: ArchitectureName;
  /** The encoder that is trained further, whose network it has. */
  readonly from?: string;
  readonly view?: readonly KeptView[];
  readonly teacher?: string;
  readonly teaching: number;
  readonly loss?: Loss;
  readonly distance?: Distance;
  readonly pooling?: Pooling;
  readonly seed: number;
  readonly threads: number;
  readonly resume: boolean;
  readonly timeLimit?: number;
  readonly checkpointEvery: number;
  readonly validate?: readonly string[];
  readonly validateEvery: number;
}

export const trainDefaults = {
  steps: usualSettings.steps,
  batch: usualSettings.batch.sequences,
  length: usualSettings.batch.steps,
  classes: usualSettings.batch.classes,
  rate: usualSettings.schedule.rate,
  instances: usualSettings.batch.instanceShare,
  noise: usualSettings.batch.variation.noise,
  architecture: 'usual',
  teaching: 20,
  seed: usualSettings.seed,
  threads: 2,
  checkpointEvery: 500,
  validateEvery: 2000,
} as const;

/** How many time steps of a sequence are embedded for validation. */
const validationSteps = 16_384;

/**
 * `kindred train`: trains an encoder on packs and writes it. After an interrupt, what is reached is written and the
 * signal's reason thrown.
 *
 * @param packs `.npz` files of packs, folders of packs, or folders of labelled recordings
 * @throws RequestError for packs, a folder or options that cannot be used, and for a training that fails
 */
export async function trainModel(packs: readonly string[], options: TrainOptions, signal: AbortSignal): Promise<void> {
  try {
    const datasets = (await readAll(packs, signal)).map(datasetOf);
    const validation = await validationOf(options, signal);
    const from = options.from === undefined ? null : await readEncoder(options.from);
    const teacher = options.teacher === undefined ? null : await loadEncoder(await readEncoder(options.teacher));
    const { step, finished } = await train({
      settings: settingsOf(options, from, teacher),
      datasets,
      folder: options.out,
      threads: options.threads,
      resume: options.resume,
      checkpointEvery: options.checkpointEvery,
      ...(options.timeLimit === undefined ? {} : { timeLimit: options.timeLimit }),
      ...(from === null ? {} : { start: weightsOf(from) }),
      ...(teacher === null ? {} : { teacher }),
      ...(validation === null ? {} : { validation }),
      signal,
      onProgress: report,
    });
    process.stderr.write('\n');
    const end = finished ? '' : ' It can be resumed with --resume.';
    process.stdout.write(`Trained for ${step} of ${options.steps} steps: ${options.out}.${end}\n`);
  } catch (error) {
    const problem = error instanceof TrainingError ? error.message : problemOf(error);
    if (problem === null) throw error;
    throw new RequestError(problem, { cause: error });
  }
  signal.throwIfAborted();
}

/** @throws TrainingError for options that do not go together */
function settingsOf(options: TrainOptions, from: EncoderFile | null, teacher: EncoderSession | null): TrainingSettings {
  const { steps, batch, length, classes, rate, instances, noise, seed } = options;
  const { loss, distance, pooling } = { ...usualSettings.objective, ...options };
  if (length % 16 !== 0) throw new TrainingError('refused', 'The length must be a multiple of 16.');
  if (batch < 4) throw new TrainingError('refused', 'A batch needs at least four sequences.');
  return {
    ...usualSettings,
    seed,
    steps,
    objective: {
      ...usualSettings.objective,
      architecture: from === null ? architectures[options.architecture] : networkOf(from),
      loss,
      distance,
      pooling,
      ...(options.view && { views: options.view }),
      ...(teacher && { teacher: { sha256: teacher.description.sha256, weight: options.teaching } }),
    },
    schedule: { ...usualSettings.schedule, rate },
    batch: {
      ...usualSettings.batch,
      sequences: batch,
      steps: length,
      classes,
      instanceShare: instances,
      variation: { ...usualSettings.batch.variation, noise },
    },
  };
}

async function readAll(paths: readonly string[], signal: AbortSignal): Promise<readonly Pack[]> {
  const packs: Pack[] = [];
  for await (const pack of readPacks(paths, signal)) packs.push(pack);
  return packs;
}

async function validationOf(options: TrainOptions, signal: AbortSignal): Promise<Validation | null> {
  if (options.validate === undefined) return null;
  const packs = await readAll(options.validate, signal);
  return {
    every: options.validateEvery,
    async figures(encoder) {
      const session = await loadEncoder(encoder);
      const results: PackResult[] = [];
      for (const pack of packs) {
        const metrics = await evaluatePack(session, pack, { maximumSteps: validationSteps, signal });
        results.push({ name: pack.name, group: groupOf(pack), metrics });
      }
      const { ucr, identification } = meansOf(results);
      return {
        ...(ucr === null ? {} : { 'UCR recall@1': ucr }),
        ...(identification === null ? {} : { 'identification mAP': identification }),
      };
    },
  };
}

/** Rewrites one line of a terminal; elsewhere a line every hundred steps. */
function report({ step, steps, loss, secondsLeft, figures }: TrainingProgress): void {
  const terminal = process.stderr.isTTY;
  if (!terminal && step % 100 !== 0 && step !== steps) return;
  const measured = Object.entries(figures ?? {}).map(([name, value]) => `, ${name} ${value.toFixed(3)}`);
  const line = `step ${step} of ${steps}, loss ${loss.toFixed(4)}${measured.join('')}, ${duration(secondsLeft)} left`;
  process.stderr.write(terminal ? `\r\u001b[K${line}` : `${line}\n`);
}

function duration(seconds: number): string {
  const minutes = Math.round(seconds / 60);
  return minutes < 2 ? `${Math.round(seconds)} s` : minutes < 120 ? `${minutes} min` : `${(minutes / 60).toFixed(1)} h`;
}
