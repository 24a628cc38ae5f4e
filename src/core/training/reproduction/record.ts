import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeWhole } from '../../files/writeWhole';
import type { TrainingSettings } from '../trainer/settings';
import type { MethodName } from './methods';
import type { Measurement, PackMeasurements } from './measure';

/** One training, and what its network reaches on every pack of the study's test data. */
export interface TrainingRecord {
  /** What else it is the record of: another plan has another key. */
  readonly key: string;
  readonly study: string;
  readonly method: MethodName;
  readonly seed: number;
  readonly seconds: number;
  readonly packs: Readonly<Record<string, PackMeasurements>>;
}

/**
 * What a record's network reaches on a pack by a method.
 * @throws Error when the network was not tested on that pack
 */
export function measurementOf({ key, packs }: TrainingRecord, pack: string, tested: MethodName): Measurement {
  const measured = packs[pack];
  if (measured === undefined) throw new Error(`the record ${key} lacks the pack ${pack}`);
  return measured.methods[tested];
}

/** Everything that decides what a training and its test come out as. */
export interface Plan {
  readonly study: string;
  readonly method: MethodName;
  readonly settings: TrainingSettings;
  /** The `fingerprint` of the data sets. */
  readonly train: readonly string[];
  /** Names and sizes of the packs. */
  readonly test: readonly string[];
  readonly maximumSteps: number;
}

/** Grows when measurements change, so that older ones count as missing. */
const version = 1;

/** The name under which a plan's work is kept. */
export function planName(plan: Plan): string {
  const { study, method, settings } = plan;
  const key = createHash('sha256')
    .update(JSON.stringify([version, plan]))
    .digest('hex');
  return `${study}-${method}-seed${settings.seed}-${key.slice(0, 12)}`;
}

/** The record of a plan, or `null` when there is none yet. */
export async function readRecord(folder: string, name: string): Promise<TrainingRecord | null> {
  let text: string;
  try {
    text = await readFile(recordPath(folder, name), 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
  const record = JSON.parse(text) as TrainingRecord;
  return record.key === name ? record : null;
}

export async function writeRecord(folder: string, record: TrainingRecord): Promise<void> {
  await writeWhole(recordPath(folder, record.key), `${JSON.stringify(record)}\n`);
}

function recordPath(folder: string, name: string): string {
  return join(folder, `${name}.json`);
}
