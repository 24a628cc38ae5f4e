import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { forkEngine } from '../../../src/extension/engine/fork';
import { TuningFolder } from '../../../src/extension/finetune/tuningFolder';
import { TuningJob } from '../../../src/extension/finetune/tuningJob';
import { tuningStatus } from '../../../src/extension/finetune/tuningText';
import { keepTuned } from '../../../src/engine/keepTuned';
import { listEncoders } from '../../../src/core/models/library';
import type { TuningPlan } from '../../../src/protocol/finetune';
import type { TuningSituation } from '../../../src/protocol/finetunePanel';
import { writeEncoder } from '../../../src/core/training/trainer/encoderFile';
import { pulsePack, smallEncoder, tuning } from './sets';

let base: string;
let folder: TuningFolder;
const windows: TestWindow[] = [];

beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), 'kindred-job-'));
  folder = new TuningFolder(join(base, 'finetune'));
  // What is tested is the process around a training: the smallest encoder will do.
  await writeEncoder(join(base, 'models'), smallEncoder());
});

afterEach(async () => {
  for (const window of windows.splice(0)) await window.end();
  await rm(base, { recursive: true, force: true });
});

/** A window with a job, and what it was told. */
class TestWindow {
  readonly job: TuningJob;
  readonly log: string[] = [];
  pids: number[] = [];
  private readonly watchers = new Set<() => void>();
  private readonly ends: Promise<unknown>[] = [];

  constructor() {
    this.job = new TuningJob({
      folder,
      launch: (path) => {
        const child = forkEngine(resolve('dist/finetune.cjs'), [path]);
        this.pids.push(child.pid!);
        this.ends.push(new Promise((done) => child.once('exit', done)));
        return child;
      },
      changed: () => {
        for (const watcher of this.watchers) watcher();
      },
      log: (text) => this.log.push(text),
    });
    windows.push(this);
  }

  /** Resolves when the situation is as asked for. */
  until(holds: (situation: TuningSituation) => boolean): Promise<TuningSituation> {
    return new Promise((done) => {
      const look = () => {
        if (!holds(this.job.situation)) return;
        this.watchers.delete(look);
        done(this.job.situation);
      };
      this.watchers.add(look);
      look();
    });
  }

  /** All processes of this window have ended. */
  async settled(): Promise<void> {
    await Promise.all(this.ends);
  }

  async end(): Promise<void> {
    this.job.dispose();
    await this.settled();
  }
}

const trains = (situation: TuningSituation) => situation.kind === 'running' && (situation.progress?.step ?? 0) > 0;

/** Writes recordings, and the plan to fine-tune on them. */
async function plan(minutes: number): Promise<TuningPlan> {
  const { sequences, columnValues } = pulsePack(2, 8, 1);
  const files = await Promise.all(
    sequences.map(async ({ channels, label }, n) => {
      const path = join(base, `r${n}.csv`);
      await writeFile(path, `x\n${[...channels[0]!].map((value) => value.toFixed(5)).join('\n')}\n`);
      const side = Math.floor(n / 2) < 2 ? ('heldOut' as const) : ('train' as const);
      return {
        path,
        file: `r${n}.csv`,
        number: 0,
        label: columnValues['label']![label]!,
        group: null,
        rate: null,
        decisions: null,
        digest: `${n}`,
        side,
      };
    }),
  );
  const { description } = smallEncoder();
  const split = { sequences: 16, heldOut: 4, labels: 2, heldLabels: 2, groups: 0, heldGroups: 0 };
  const made: TuningPlan = {
    format: 'kindred-tuning-1',
    encoder: { folder: join(base, 'models'), sha256: description.sha256, name: description.name },
    settings: { ...tuning, minutes },
    source: { kind: 'labelsFile' },
    sets: [{ name: 'pulses', layout: '1', split, sequences: files }],
    read: { maximumBytes: 2 ** 30, maximumSamples: 2 ** 26, arrayAxes: 'auto' },
    maximumSteps: 4096,
    created: '2026-01-01T00:00:00.000Z',
  };
  await folder.clear();
  await writeFile(join(folder.path, 'plan.json'), JSON.stringify(made));
  return made;
}

describe('the job of a fine-tuning', () => {
  it('goes on after SIGKILL, ends with a report, and its encoder can be kept', async () => {
    await plan(0.1);
    const window = new TestWindow();
    await window.job.resume();
    await window.until(trains);
    process.kill(window.pids[0]!, 'SIGKILL');
    await window.until(() => window.pids.length === 2);
    const done = await window.until(({ kind }) => kind === 'done' || kind === 'failed');
    expect(done).toMatchObject({ kind: 'done', report: { queries: 4 } });
    expect(window.log.join()).toContain('SIGKILL');
    await window.settled();

    const places = { bundled: join(base, 'models'), storage: join(base, 'encoders'), shared: [] };
    const kept = await keepTuned({ tuning: folder.path, to: places.storage, name: 'mine', places });
    expect(kept).toMatchObject({
      place: 'storage',
      problem: null,
      card: { name: 'mine', labels: ['rise 0', 'rise 1'], heldOut: 4 },
    });
    expect((await listEncoders(places)).map(({ place }) => place)).toEqual(['bundled', 'storage']);
  });

  it('pauses, is paused still in the next window, and is cancelled without a trace', async () => {
    await plan(5);
    const first = new TestWindow();
    await first.job.resume();
    await first.until(trains);
    await first.job.pause();
    await first.until(({ kind }) => kind === 'paused');
    await first.end();
    const second = new TestWindow();
    await second.job.restore();
    expect(second.job.situation).toMatchObject({ kind: 'paused' });
    await second.job.resume();
    await second.until(trains);
    await second.job.discard();
    expect(second.job.situation).toEqual({ kind: 'none' });
    expect(existsSync(join(folder.path, 'plan.json'))).toBe(false);
  });

  it('goes on in the next window when its own was closed, and not in two at once', async () => {
    await plan(5);
    const first = new TestWindow();
    await first.job.resume();
    await first.until(trains);
    const second = new TestWindow();
    await second.job.restore();
    expect(second.job.situation).toEqual({ kind: 'elsewhere' });
    await first.end();
    await second.until(trains);
    const { progress } = second.job.situation as TuningSituation & { kind: 'running' };
    expect(progress?.validations.length).toBeGreaterThan(0);
  });

  it('tells why it cannot go on: a damaged plan, an encoder that changed, recordings that are gone', async () => {
    const good = await plan(0.1);
    const outcome = async (change: (plan: TuningPlan) => unknown) => {
      await writeFile(join(folder.path, 'plan.json'), JSON.stringify(change(good)));
      const window = new TestWindow();
      await window.job.resume();
      return window.until(({ kind }) => kind === 'failed' || kind === 'done');
    };
    expect(await outcome(() => 'nothing')).toMatchObject({
      problem: { kind: 'planDamaged' },
      resumable: false,
    });
    const other = { ...good.encoder, sha256: 'f'.repeat(64) };
    expect(await outcome((p) => ({ ...p, encoder: other }))).toMatchObject({
      problem: { kind: 'encoderChanged' },
    });
    for (let n = 0; n < 16; n++) await rm(join(base, `r${n}.csv`));
    expect(await outcome((p) => p)).toMatchObject({ kind: 'failed', resumable: false });
  });

  it('gives up when its process dies again and again, and says how', async () => {
    await plan(5);
    const window = new TestWindow();
    await window.job.resume();
    for (let death = 0; death < 3; death++) {
      await window.until(() => window.pids.length === death + 1);
      process.kill(window.pids[death]!, 'SIGKILL');
    }
    const failed = await window.until(({ kind }) => kind === 'failed');
    const last = { kind: 'signal', signal: 'SIGKILL' };
    expect(failed).toMatchObject({ resumable: true, problem: { kind: 'ended', times: 3, last } });
    expect(tuningStatus(failed)?.tooltip).toMatch(/3 times.*SIGKILL/);
    expect(tuningStatus(failed)?.text).toContain('stopped');
  });
});
