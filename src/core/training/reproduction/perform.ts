import { existsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { readEncoder } from '../../encoder/description';
import { loadEncoder } from '../../encoder/session';
import type { Dataset } from '../batches/dataset';
import type { Pack } from '../packs/pack';
import { checkpointName } from '../trainer/modelFolder';
import type { TrainingProgress } from '../trainer/pace';
import { fingerprint } from '../trainer/state';
import { train } from '../trainer/train';
import type { TrainingSettings } from '../trainer/settings';
import { measurePack, type PackMeasurements } from './measure';
import type { MethodName } from './methods';
import { planName, readRecord, writeRecord, type TrainingRecord } from './record';

/** One training that is to be done. */
export interface Task {
  readonly study: string;
  readonly method: MethodName;
  readonly settings: TrainingSettings;
  readonly datasets: readonly Dataset[];
  readonly test: readonly Pack[];
  /** As for `embed`, when the network is tested. */
  readonly maximumSteps: number;
}

export interface PerformOptions {
  /** Where unfinished trainings, networks and records are kept. */
  readonly folder: string;
  readonly threads: number;
  readonly signal: AbortSignal;
  readonly onProgress?: (progress: TrainingProgress) => void;
}

const checkpointEvery = 100;

/**
 * Trains a network and measures it, unless a record of that is kept already; a training that was interrupted goes on.
 *
 * @throws TrainingError when the training fails, and the signal's reason when it is interrupted
 */
export async function perform(task: Task, options: PerformOptions): Promise<TrainingRecord> {
  const name = nameOf(task);
  const known = await readRecord(options.folder, name);
  if (known !== null) return known;
  const started = performance.now();
  const network = join(options.folder, name);
  if (!existsSync(network)) await trainInto(network, task, options);
  const trained = performance.now();
  const session = await loadEncoder(await readEncoder(network));
  const packs: Record<string, PackMeasurements> = {};
  for (const pack of task.test) {
    packs[pack.name] = await measurePack(session, pack, task.maximumSteps, options.signal);
  }
  const { study, method, settings } = task;
  const record = { key: name, study, method, seed: settings.seed, seconds: (trained - started) / 1000, packs };
  await writeRecord(options.folder, record);
  return record;
}

function nameOf({ study, method, settings, datasets, test, maximumSteps }: Task): string {
  const sizes = test.map(({ name, sequences, channels }) => [name, sequences.length, channels].join(' '));
  return planName({ study, method, settings, train: fingerprint(datasets), test: sizes, maximumSteps });
}

/** Trains in a folder of its own, which gets the network's name when all steps are done. */
async function trainInto(network: string, { settings, datasets }: Task, options: PerformOptions): Promise<void> {
  const folder = `${network}.unfinished`;
  const checkpoint = join(folder, checkpointName);
  const { threads, signal, onProgress } = options;
  const { finished } = await train({
    settings,
    datasets,
    folder,
    threads,
    resume: existsSync(checkpoint),
    checkpointEvery,
    signal,
    ...(onProgress === undefined ? {} : { onProgress }),
  });
  if (!finished) signal.throwIfAborted();
  await rm(checkpoint);
  await rename(folder, network);
}
