import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { figures, type Figures } from '../protocol/finetune';
import { writeWhole } from '../core/files/writeWhole';
import type { TrainingSettings } from '../core/training/trainer/settings';

const schema = v.object({
  format: v.literal('kindred-tuning-state-2'),
  /** Of the trainer, which compares them itself. */
  settings: v.custom<TrainingSettings>((value) => typeof value === 'object' && value !== null),
  /** Since it was asked for, without the time in which no process worked at it. */
  seconds: v.number(),
  /** A validation comes after so many steps. */
  every: v.number(),
  /** How many seconds it takes to choose and to report, about. */
  finishing: v.number(),
  points: v.array(v.object({ step: v.number(), loss: v.number() })),
  validations: v.array(v.object({ step: v.number(), figures })),
  best: v.nullable(v.object({ step: v.number(), score: v.number() })),
});

/** Where a fine-tuning stands beside its checkpoint: enough to go on after the process was killed. */
export type TuningState = v.InferOutput<typeof schema>;

const name = 'tuning.json';

export async function writeState(folder: string, state: TuningState): Promise<void> {
  await writeWhole(join(folder, name), JSON.stringify(state));
}

/** @returns `null` when there is none that can be used */
export async function readState(folder: string): Promise<TuningState | null> {
  try {
    const parsed = v.safeParse(schema, JSON.parse(await readFile(join(folder, name), 'utf8')));
    return parsed.success ? parsed.output : null;
  } catch (error) {
    const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    if (isMissing || error instanceof SyntaxError) return null;
    throw error;
  }
}

/** One number to compare encoders by: the mean of recall@1 and mAP. */
export function scoreOf({ recallAt1, meanAveragePrecision }: Figures): number {
  return (recallAt1 + meanAveragePrecision) / 2;
}
