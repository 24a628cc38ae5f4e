import type { Weights } from '../core/encoder/architecture';
import { randomOf } from '../core/distributions/random';
import { drawBatch } from '../core/training/batches/batch';
import type { Dataset } from '../core/training/batches/dataset';
import type { TrainingSettings } from '../core/training/trainer/settings';
import { startVector, trainedParameters } from '../core/training/trainer/state';
import { sessionBytes, StepSessions } from '../core/training/trainer/stepSessions';
import { stoppedBy } from '../core/training/trainer/trainingError';
import { sessionSteps } from './tuningChoices';

export const mostBatches = 4;

export interface PaceOptions {
  readonly threads: number;
  readonly within: number;
  readonly onBatch: () => void;
}

/** Threads that work together wait for each other for about a quarter of their time. */
const waiting = 1.3;

/**
 * Does some work and tells how many seconds it took, and how many it takes where nothing else keeps the processors busy: a
 * training that begins while the index is built has the machine to itself later.
 *
 * @param threads that work at it
 */
export async function undisturbed<T>(
  threads: number,
  work: () => Promise<T>,
): Promise<{ readonly result: T; readonly seconds: number; readonly elapsed: number }> {
  const began = performance.now();
  const before = process.cpuUsage();
  const result = await work();
  const { user, system } = process.cpuUsage(before);
  const elapsed = (performance.now() - began) / 1e3;
  return { result, elapsed, seconds: Math.min(elapsed, (waiting * (user + system)) / 1e6 / threads) };
}

/**
 * How many seconds a training step takes, as above, without those that open a session.
 *
 * @param within seconds after which no further batch is tried
 * @param onBatch called after each batch
 */
export async function measurePace(
  settings: TrainingSettings,
  datasets: readonly Dataset[],
  start: Weights,
  { threads, within, onBatch }: PaceOptions,
): Promise<number> {
  const vector = startVector(settings, start);
  const sessions = new StepSessions(settings.objective, trainedParameters(settings), threads, sessionSteps);
  const began = performance.now();
  let tried = 0;
  let seconds = 0;
  let bytes = 0;
  try {
    while (tried === 0 || (tried < mostBatches && performance.now() - began < 1e3 * within)) {
      const step = () => {
        const batch = drawBatch(
          datasets,
          settings.batch,
          randomOf(settings.seed, `pace ${tried}`),
          settings.objective.views,
        );
        bytes = sessionBytes(batch.shape);
        return sessions.run(batch, vector);
      };
      await step();
      seconds += (await undisturbed(threads, step)).seconds;
      tried++;
      onBatch();
    }
  } catch (error) {
    throw stoppedBy(error, 'before the first step.', bytes);
  } finally {
    await sessions.release();
  }
  return seconds / tried;
}
