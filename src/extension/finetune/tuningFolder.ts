import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { breakFolderLock, isFolderLocked } from '../../core/files/folderLock';
import { figures, tuningReport, type TuningProgress, type TuningReport } from '../../protocol/finetune';

const savedState = v.object({
  settings: v.object({ steps: v.number() }),
  points: v.array(v.object({ step: v.number(), loss: v.number() })),
  validations: v.array(v.object({ step: v.number(), figures })),
});

/** What the folder of a fine-tuning says of it. */
export type FolderState = 'empty' | 'planned' | 'paused' | 'owned' | 'reported';

/** The folder in the workspace's storage in which a fine-tuning works, as far as the host looks into it. */
export class TuningFolder {
  constructor(readonly path: string) {}

  async state(): Promise<FolderState> {
    if (!existsSync(join(this.path, 'plan.json'))) return 'empty';
    if (existsSync(join(this.path, 'report.json'))) return 'reported';
    if (await isFolderLocked(this.path)) return 'owned';
    return existsSync(join(this.path, 'paused')) ? 'paused' : 'planned';
  }

  /** @returns `null` when there is none that can be read */
  async report(): Promise<TuningReport | null> {
    return parsed(tuningReport, await this.text('report.json'));
  }

  /** How far a fine-tuning had come when it was saved last. */
  async progress(): Promise<TuningProgress | null> {
    const state = parsed(savedState, await this.text('tuning.json'));
    if (state === null) return null;
    const { steps } = state.settings;
    const step = Math.max(0, ...[...state.points, ...state.validations].map((point) => point.step));
    const { points, validations } = state;
    return { step, steps, done: Math.min(step / steps, 1), secondsLeft: 0, points, validations };
  }

  async setPaused(paused: boolean): Promise<void> {
    const path = join(this.path, 'paused');
    if (paused) await writeFile(path, '');
    else await rm(path, { force: true });
  }

  /** Removes whatever was there. */
  async clear(): Promise<void> {
    await rm(this.path, { recursive: true, force: true, maxRetries: 5 });
    await mkdir(this.path, { recursive: true });
  }

  /** Takes the folder from a process that worked in it and is dead. */
  async release(): Promise<void> {
    await breakFolderLock(this.path);
  }

  private async text(name: string): Promise<string | null> {
    try {
      return await readFile(join(this.path, name), 'utf8');
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
      throw error;
    }
  }
}

function parsed<T>(schema: v.GenericSchema<unknown, T>, text: string | null): T | null {
  if (text === null) return null;
  try {
    const result = v.safeParse(schema, JSON.parse(text));
    return result.success ? result.output : null;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return null;
  }
}
