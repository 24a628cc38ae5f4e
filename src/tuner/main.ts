import { constants, setPriority } from 'node:os';
import { join } from 'node:path';
import * as v from 'valibot';
import { openEncoder } from '../core/encoder/completed';
import { toTuner, type FromTuner } from '../protocol/finetune';
import type { TuningNote } from '../protocol/tuningNote';
import type { TuningStage } from '../protocol/tuningProblem';
import { lockFolder } from '../core/files/folderLock';
import { writeWhole } from '../core/files/writeWhole';
import { fineTune } from './fineTune';
import { failureOf, TuningError } from './problems';
import { readPlan, readPlannedData } from './readPlan';

/** The entry of a fine-tuning's process: carries out the plan in the folder that is its only argument. */

// Whoever waits for the editor or for a search comes first. Threads inherit this, so it comes before them.
setPriority(constants.priority.PRIORITY_LOW);

const stop = new AbortController();

// The channel closes when the window does: the training goes on from its checkpoint the next time.
process.on('disconnect', () => {
  stop.abort();
});
process.on('message', (message) => {
  if (v.is(toTuner, message)) stop.abort();
});

function tell(message: FromTuner): Promise<void> {
  return new Promise((resolve) => {
    if (!process.connected) resolve();
    else {
      process.send?.(message, undefined, undefined, () => {
        resolve();
      });
    }
  });
}

/** Progress that is not awaited: one lost when the channel closes is no loss. */
function mention(message: FromTuner): void {
  if (process.connected) process.send?.(message, undefined, undefined, () => undefined);
}

/** Ends the process after the last thing that it does. */
function end(last: Promise<void>): void {
  last.then(
    () => process.exit(0),
    (error: unknown) => {
      process.stderr.write(`The fine-tuning did not end well: ${String(error)}\n`);
      process.exit(1);
    },
  );
}

async function carryOut(folder: string): Promise<FromTuner> {
  const plan = await readPlan(folder);
  const base = await openEncoder(plan.encoder.folder);
  if (base.description.sha256 !== plan.encoder.sha256) {
    throw new TuningError({ kind: 'encoderChanged' });
  }
  const onStage = (stage: TuningStage, done: number) => {
    mention({ type: 'stage', stage, done });
  };
  const { sets, notes } = await readPlannedData(plan, base.description.minimumSteps, stop.signal, onStage);
  const report = await fineTune({
    sets,
    base,
    settings: plan.settings,
    name: `Fine-tuned ${plan.created.slice(0, 16).replace('T', ' ')}`,
    folder,
    maximumSteps: plan.maximumSteps,
    notes: [...plan.sets.map(({ name, split }): TuningNote => ({ kind: 'split', set: name, ...split })), ...notes],
    signal: stop.signal,
    // The process was started for it.
    began: 0,
    onStage,
    onProgress: (progress) => {
      mention({ type: 'progress', progress });
    },
  });
  if (report === null) return { type: 'stopped' };
  await writeWhole(join(folder, 'report.json'), JSON.stringify(report));
  return { type: 'done', report };
}

const otherWindow: FromTuner = {
  type: 'failed',
  problem: { kind: 'otherWindow' },
  resumable: true,
  details: 'another window is fine-tuning in this workspace',
};

async function outcomeIn(folder: string): Promise<FromTuner> {
  const release = await lockFolder(folder, () => {
    // Whoever has the folder now goes on from what is written; nothing of ours may be written over it.
    end(tell(otherWindow));
  });
  if (release === null) return otherWindow;
  try {
    return await carryOut(folder);
  } catch (error) {
    if (stop.signal.aborted && error === stop.signal.reason) return { type: 'stopped' };
    const details = error instanceof Error ? (error.stack ?? error.message) : String(error);
    const failure = failureOf(error) ?? { problem: { kind: 'unexpected' }, resumable: true };
    return { type: 'failed', ...failure, details };
  } finally {
    await release();
  }
}

const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error('the folder of the plan is missing');
end(outcomeIn(folder).then(tell));
