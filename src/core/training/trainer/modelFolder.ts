import { access } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import type { EncoderFile } from '../../encoder/description';
import { writeWhole } from '../../files/writeWhole';
import { readCheckpoint, writeCheckpoint } from './checkpoint';
import { curveSvg } from './curveSvg';
import { encoderFile, withViews, writeEncoder } from './encoderFile';
import { describeSettings, type TrainingSettings } from './settings';
import { encoderWeightsOf, type TrainingState } from './state';
import { TrainingError } from './trainingError';

export const checkpointName = 'training.checkpoint';

/** @throws TrainingError when something that a new training would overwrite is there already */
export async function checkUnused(folder: string): Promise<void> {
  for (const name of [checkpointName, 'encoder.onnx', 'encoder.json']) {
    const exists = await access(join(folder, name)).then(
      () => true,
      () => false,
    );
    if (!exists) continue;
    const advice = name === checkpointName ? 'resume that training or name' : 'name';
    throw new TrainingError('refused', `${folder} already holds ${name}: ${advice} another folder.`);
  }
}

/**
 * The state that a training in a folder has reached.
 *
 * @param data the `fingerprint` of its data sets
 * @throws TrainingError when there is none, or it was started with other settings or on other data
 */
export async function resumeState(
  folder: string,
  settings: TrainingSettings,
  data: readonly string[],
): Promise<TrainingState> {
  const checkpoint = await readCheckpoint(join(folder, checkpointName));
  const changed = differences(checkpoint.settings, settings, '');
  if (changed.length > 0) {
    throw new TrainingError(
      'refused',
      `The training in ${folder} was started with other settings (${changed.join(', ')}).`,
    );
  }
  if (JSON.stringify(checkpoint.data) !== JSON.stringify(data)) {
    throw new TrainingError('refused', `The training in ${folder} was started on other data.`);
  }
  return checkpoint;
}

/** The paths of the settings in which two differ. */
function differences(a: unknown, b: unknown, path: string): readonly string[] {
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return a === b ? [] : [path];
  const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...keys].flatMap((key) =>
    differences(
      (a as Record<string, unknown>)[key],
      (b as Record<string, unknown>)[key],
      path === '' ? key : `${path}.${key}`,
    ),
  );
}

/**
 * Writes the checkpoint, the learning curve and the encoder as it is now.
 * @throws TrainingError when the folder cannot be written
 */
export async function save(folder: string, state: TrainingState): Promise<void> {
  const { points, validations } = state.curve;
  try {
    await writeCheckpoint(join(folder, checkpointName), state);
    await writeWhole(join(folder, 'curve.json'), `${JSON.stringify({ points, validations }, null, 1)}\n`);
    await writeWhole(join(folder, 'curve.svg'), curveSvg(state.curve, state.settings.steps));
    await writeEncoder(folder, encoderOf(folder, state));
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    throw new TrainingError('notSaved', `The training cannot be saved in ${folder}: ${error.message}.`, {
      cause: error,
    });
  }
}

/** The encoder that a training has reached, named after its folder. */
export function encoderOf(folder: string, state: TrainingState): EncoderFile {
  const { settings, step, data } = state;
  const { architecture, levels, views } = settings.objective;
  const progress = step < settings.steps ? `stopped after ${step} of its steps` : 'complete';
  const training = `${describeSettings(settings)}; ${data.length} data sets; ${progress}`;
  const notes = { name: basename(resolve(folder)), training };
  return withViews(encoderFile(architecture, levels, encoderWeightsOf(state), notes), views);
}
