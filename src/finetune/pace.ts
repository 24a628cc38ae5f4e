import type { Weights } from '../encoder/architecture';
import { randomOf } from '../distributions/random';
import { drawBatch } from '../training/batches/batch';
import type { Dataset } from '../training/batches/dataset';
import type { TrainingSettings } from '../training/trainer/settings';
import { startVector, trainedParameters } from '../training/trainer/state';
import { StepSessions } from '../training/trainer/stepSessions';
import { causeOf, TrainingError } from '../training/trainer/trainingError';
import { sessionSteps } from './tuningChoices';

const batches = 4;

/** How many seconds a training step takes, without those that open a session. */
export async function measurePace(
  settings: TrainingSettings,
  datasets: readonly Dataset[],
  start: Weights,
  threads: number,
): Promise<number> {
  const vector = startVector(settings, start);
  const sessions = new StepSessions(settings.objective, trainedParameters(settings), threads, sessionSteps);
  let seconds = 0;
  try {
    for (let i = 0; i < batches; i++) {
      const batch = drawBatch(datasets, settings.batch, randomOf(settings.seed, `pace ${i}`));
      await sessions.run(batch, vector);
      const began = performance.now();
      drawBatch(datasets, settings.batch, randomOf(settings.seed, `pace ${i}`));
      await sessions.run(batch, vector);
      seconds += (performance.now() - began) / 1000;
    }
  } catch (error) {
    throw new TrainingError(`${causeOf(error)} before the first step.`, { cause: error });
  } finally {
    await sessions.release();
  }
  return seconds / batches;
}
