import { setImmediate } from 'node:timers/promises';
import type { EncoderFile } from '../../encoder/description';
import type { EncoderSession } from '../../encoder/session';
import type { Weights } from '../../encoder/architecture';
import { drawBatch } from '../batches/batch';
import type { Dataset } from '../batches/dataset';
import { randomOf } from '../../distributions/random';
import { encoderOf, checkUnused, resumeState, save } from './modelFolder';
import { Pace, type TrainingProgress } from './pace';
import type { TrainingSettings } from './settings';
import { advance, fingerprint, initialState, startVector, trainedParameters, type TrainingState } from './state';
import { sessionBytes, StepSessions, type StepResult } from './stepSessions';
import { taughtDistances } from './teacher';
import { stoppedBy, TrainingError } from './trainingError';

export interface Validation {
  /** After how many steps; the end is validated as well. */
  readonly every: number;
  figures(encoder: EncoderFile): Promise<Readonly<Record<string, number>>>;
}

export interface TrainingOptions {
  readonly settings: TrainingSettings;
  readonly datasets: readonly Dataset[];
  /** Receives the encoder, the checkpoint and the learning curve. */
  readonly folder: string;
  /** Of onnxruntime. One thread gives the same weights every time on a kind of processor; more need not. */
  readonly threads: number;
  /** Goes on with the training in the folder. */
  readonly resume: boolean;
  /** Weights to start from instead of random ones; needed to resume as well where the settings anchor to them. */
  readonly start?: Weights;
  /** Whose distances are learned, if the settings have a teacher. */
  readonly teacher?: EncoderSession;
  /** How much memory sessions may hold on to, as `StepSessions` counts it. */
  readonly sessionSteps?: number;
  readonly checkpointEvery: number;
  /** Stops after so many seconds, as an interrupt does. */
  readonly timeLimit?: number;
  /** Stops the training after the step under way, which is kept. */
  readonly signal: AbortSignal;
  readonly validation?: Validation;
  readonly onProgress?: (progress: TrainingProgress) => void;
}

export interface TrainingOutcome {
  readonly step: number;
  readonly finished: boolean;
}

/**
 * Trains an encoder and writes it. What is reached is kept when the training is interrupted or fails.
 *
 * @throws TrainingError when the folder is in use or cannot be written, the checkpoint does not fit, memory runs out or the
 *   loss is no number
 */
export async function train(options: TrainingOptions): Promise<TrainingOutcome> {
  const { settings, datasets, folder, threads, resume } = options;
  if (datasets.length === 0) throw new TrainingError('refused', 'There is nothing to train on.');
  if (!resume) await checkUnused(folder);
  const state = resume
    ? await resumeState(folder, settings, fingerprint(datasets))
    : initialState(settings, datasets, options.start);
  const parameters = trainedParameters(settings);
  const sessions = new StepSessions(settings.objective, parameters, threads, options.sessionSteps);
  const anchor = options.start === undefined ? null : startVector(settings, options.start);
  const pace = new Pace(state, options.timeLimit);
  let saved = state.step;
  try {
    // A folder that cannot be written should be known before the hours of training, not after.
    if (!resume) await save(folder, state);
    while (state.step < settings.steps && !options.signal.aborted && !pace.timeIsUp()) {
      const began = performance.now();
      const result = await compute(options, sessions, state, saved);
      advance(state, parameters, result, (performance.now() - began) / 1000, anchor);
      options.onProgress?.(pace.progress(result.loss));
      await validate(options, state);
      if (state.step % options.checkpointEvery === 0) {
        await save(folder, state);
        saved = state.step;
      }
      // onnxruntime computes without giving way; an interrupt is only seen between turns of the event loop.
      await setImmediate();
    }
    if (saved !== state.step) await save(folder, state);
    return { step: state.step, finished: state.step === settings.steps };
  } finally {
    await sessions.release();
  }
}

/** Draws the batch of the next step and computes its loss and gradient. */
async function compute(
  { datasets, settings, teacher }: TrainingOptions,
  sessions: StepSessions,
  { step, vectors }: TrainingState,
  saved: number,
): Promise<StepResult> {
  const kept = `What was reached after ${saved} steps is kept.`;
  let where = `at step ${step + 1}`;
  let bytes = 0;
  try {
    const { objective } = settings;
    const batch = drawBatch(datasets, settings.batch, randomOf(settings.seed, step), objective.views);
    where += ` (${batch.dataset})`;
    bytes = sessionBytes(batch.shape);
    const taught = teacher === undefined ? null : await taughtDistances(teacher, batch, objective);
    const result = await sessions.run(batch, vectors.weights, taught);
    if (Number.isFinite(result.loss) && result.gradient.every(Number.isFinite)) return result;
  } catch (error) {
    throw stoppedBy(error, `${where}. ${kept}`, bytes);
  }
  throw new TrainingError(
    'notFinite',
    `The loss or its gradient is not a number ${where}: the learning rate may be too high. ${kept}`,
  );
}

async function validate(options: TrainingOptions, state: TrainingState): Promise<void> {
  const { validation, folder, settings, signal } = options;
  const { step } = state;
  if (validation === undefined || (step % validation.every !== 0 && step !== settings.steps)) return;
  try {
    state.curve.validations.push({ step, figures: await validation.figures(encoderOf(folder, state)) });
  } catch (error) {
    // An interrupt leaves this validation out, but not what was trained.
    if (!signal.aborted) throw error;
  }
}
