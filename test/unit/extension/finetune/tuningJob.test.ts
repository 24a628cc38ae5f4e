import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { TuningFolder } from '../../../../src/extension/finetune/tuningFolder';
import { TuningJob } from '../../../../src/extension/finetune/tuningJob';
import type { TuningSituation } from '../../../../src/protocol/finetunePanel';

let base: string;
let folder: HeldFolder;
let job: TuningJob;
let children: ChildProcess[];
let ends: Promise<unknown>[];
let watchers: Set<() => void>;

/** A folder in which something can happen while `paused` is written. */
class HeldFolder extends TuningFolder {
  meanwhile: () => Promise<unknown> = () => Promise.resolve();

  override async setPaused(paused: boolean): Promise<void> {
    await this.meanwhile();
    await super.setPaused(paused);
  }
}

beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'kindred-tuning-'));
  folder = new HeldFolder(join(base, 'finetune'));
  [children, ends, watchers] = [[], [], new Set()];
  job = new TuningJob({
    folder,
    launch: () => {
      const child = fork(resolve('test/unit/extension/finetune/fakeTrainer.mjs'), { execArgv: [] });
      children.push(child);
      ends.push(once(child, 'exit'));
      return child;
    },
    changed: () => {
      for (const watcher of watchers) watcher();
    },
    log: () => undefined,
  });
});

afterEach(async () => {
  job.dispose();
  await Promise.all(ends);
  rmSync(base, { recursive: true, force: true });
});

function until(holds: (situation: TuningSituation) => boolean): Promise<void> {
  return new Promise((done) => {
    const look = () => {
      if (!holds(job.situation)) return;
      watchers.delete(look);
      done();
    };
    watchers.add(look);
    look();
  });
}

const trains = (situation: TuningSituation) => situation.kind === 'running' && situation.stage === 'training';

function writePlan(): Promise<void> {
  mkdirSync(folder.path, { recursive: true });
  writeFileSync(join(folder.path, 'plan.json'), '{}');
  return Promise.resolve();
}

describe('the owner of a fine-tuning', () => {
  it('starts one process and writes one plan when start is pressed twice', async () => {
    let plans = 0;
    const start = () =>
      job.start(() => {
        plans++;
        return writePlan();
      });
    expect(await Promise.all([start(), start()])).toEqual([true, false]);
    expect([plans, children.length]).toEqual([1, 1]);
  });

  it('starts one process over an unfinished plan, however many wake up to it', async () => {
    await writePlan();
    await Promise.all([job.restore(), job.resume(), job.restore(), job.resume()]);
    expect(children).toHaveLength(1);
    expect(job.situation.kind).toBe('running');
  });

  it('goes on when resume is pressed twice, or while the paused process is still ending', async () => {
    await writePlan();
    await job.restore();
    await until(trains);
    await job.pause();
    await until(({ kind }) => kind === 'paused');
    await Promise.all([job.resume(), job.resume()]);
    expect(children).toHaveLength(2);
    await until(trains);
    expect(existsSync(join(folder.path, 'paused'))).toBe(false);
  });

  it('is paused when its process ends while that is written down', async () => {
    await writePlan();
    await job.restore();
    await until(trains);
    const [child] = children;
    folder.meanwhile = async () => {
      const exit = once(child!, 'exit');
      child!.kill('SIGKILL');
      await exit;
    };
    await job.pause();
    await until(({ kind }) => kind === 'paused');
    expect(children).toHaveLength(1);
    expect(await folder.state()).toBe('paused');
  });

  it('discards once, and a process that has died on its own meanwhile', async () => {
    await writePlan();
    await job.restore();
    await until(trains);
    const exit = once(children[0]!, 'exit');
    children[0]!.kill('SIGKILL');
    await Promise.all([job.discard(), job.discard()]);
    await exit;
    expect(job.situation).toEqual({ kind: 'none' });
    expect(await folder.state()).toBe('empty');
    expect(children).toHaveLength(1);
  });

  it('starts nothing after its window was closed', async () => {
    await writePlan();
    const restored = job.restore();
    job.dispose();
    await restored;
    expect(children).toEqual([]);
  });

  it('says that a program cannot be started', async () => {
    await writePlan();
    const missing = new TuningJob({
      folder,
      launch: () => fork(join(base, 'none.mjs'), { execPath: join(base, 'no node'), execArgv: [] }),
      changed: () => undefined,
      log: () => undefined,
    });
    await missing.resume();
    // Three starts that fail, each of which is dealt with in its turn.
    while (missing.situation.kind !== 'failed') await new Promise(setImmediate);
    expect(missing.situation).toMatchObject({ problem: { kind: 'ended', times: 3, last: { kind: 'notStarted' } } });
  });
});
