import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import * as v from 'valibot';
import { randomOf, type Random } from '../../../core/distributions/random';
import { writeEncoder } from '../../../core/training/trainer/encoderFile';
import { TuningFolder } from '../../../extension/finetune/tuningFolder';
import { fromTuner, usualTuning } from '../../../protocol/finetune';
import type { EncoderPlaces } from '../../../protocol/encoders';
import { startEngine } from '../../engineClient';
import { inProject } from '../../project';
import { smallEncoder } from '../../untrainedEncoder';
import { writeCurves } from '../curves';
import { eventually, finished, open, wrongRankings } from '../measured';
import { kill, type KillFigures } from './killed';

const recordings = 42;
/** As short as one may be: most of it is what comes before and after. */
const minutes = 0.1;
/** How long a process that trains lives, and an engine that was asked to keep what came of it. */
const longestTraining = 8000;
const longestKeeping = 60;

/** Kills processes at random moments while they fine-tune, and engines while they keep the encoder that came of it. */
export async function killTunings(seed: number, kills: number): Promise<KillFigures> {
  const base = mkdtempSync(join(tmpdir(), 'kindred-tunings-'));
  try {
    const scene = new Scene(base, randomOf(seed, 'tunings'));
    await scene.begin();
    for (let count = 0; count < kills || scene.kept.length === 0; count++) await scene.step(count < kills);
    const place = { folder: scene.workspace, models: scene.kept.at(-1) ?? '' };
    const tortured = await finished({ ...place, storage: scene.storage });
    const clean = await finished({ ...place, storage: join(base, 'clean') });
    return {
      while: 'fine-tuning, keeping encoders',
      kills,
      failedReopenings: scene.failed + (tortured.status.problem === null ? 0 : 1),
      torn: scene.torn,
      lost: clean.status.sequences - tortured.status.sequences,
      rankings: clean.rankings.size,
      wrongRankings: wrongRankings(clean.rankings, tortured.rankings),
      done: scene.kept.length,
    };
  } finally {
    rmSync(base, { recursive: true, force: true });
  }
}

/** A workspace that is fine-tuned again and again, and keeps what comes of it. */
class Scene {
  readonly workspace: string;
  readonly storage: string;
  /** The folders of the encoders that were kept. */
  kept: readonly string[] = [];
  failed = 0;
  torn = 0;
  private readonly tuning: TuningFolder;
  private readonly places: EncoderPlaces;

  constructor(
    base: string,
    private readonly random: Random,
  ) {
    this.workspace = join(base, 'workspace');
    this.storage = join(base, 'storage');
    this.tuning = new TuningFolder(join(base, 'tuning'));
    this.places = { bundled: join(base, 'models'), storage: join(base, 'encoders'), shared: [] };
  }

  async begin(): Promise<void> {
    await writeEncoder(this.places.bundled, smallEncoder());
    writeCurves(this.workspace, recordings, this.random, 64);
  }

  /** Lets a process do what comes next, and kills it if that is asked for. */
  async step(kills: boolean): Promise<void> {
    // Whoever had it was killed.
    await this.tuning.release();
    const state = await this.tuning.state();
    if (state === 'empty') await this.plan();
    if (state === 'reported') await this.keep(kills);
    else await this.train(kills);
  }

  private async plan(): Promise<void> {
    const engine = startEngine();
    await open(engine, { folder: this.workspace, storage: this.storage, models: this.places.bundled });
    await eventually(engine, ({ state }) => state === 'ready');
    const { sources } = await engine.ask('labels', { pattern: null });
    const sets = sources.find(({ source }) => source.kind === 'folder')?.sets.map(({ id }) => id) ?? [];
    const settings = { ...usualTuning, minutes, threads: 1 };
    const { problem } = await engine.ask('planTuning', {
      ...{ source: { kind: 'folder' }, sets, settings },
      folder: this.tuning.path,
    });
    await engine.close();
    if (problem !== null) throw new Error(`nothing was planned: ${problem}`);
  }

  private async train(kills: boolean): Promise<void> {
    const child = fork(inProject('dist/finetune.cjs'), [this.tuning.path], {
      execArgv: [],
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    child.on('message', (message) => {
      if (!v.is(fromTuner, message) || message.type !== 'failed') return;
      this.failed++;
      process.stderr.write(`${message.details}\n`);
    });
    if (kills) await endsWithin(child, this.random.uniform(0, longestTraining));
    else await once(child, 'exit');
  }

  private async keep(kills: boolean): Promise<void> {
    const { places, tuning } = this;
    const engine = startEngine();
    // It is there once it has answered.
    await engine.ask('encoders', { places });
    const keeping = engine.ask('keepEncoder', { tuning: tuning.path, to: places.storage, name: 'kept', places });
    if (kills) keeping.catch(() => undefined);
    else await keeping;
    await wait(this.random.uniform(0, longestKeeping));
    await kill(engine.child);
    await this.look();
  }

  /** Lists the encoders as another process does. */
  private async look(): Promise<void> {
    const engine = startEngine();
    const entries = await engine.ask('encoders', { places: this.places });
    await engine.close();
    const [, ...kept] = entries;
    this.torn += kept.filter(({ problem }) => problem !== null).length;
    const whole = kept.filter(({ problem }) => problem === null).map(({ folder }) => folder);
    if (whole.length > this.kept.length) await this.tuning.clear();
    this.kept = whole;
  }
}

/** Resolves when a process has ended, which is killed if that takes longer. */
async function endsWithin(child: ChildProcess, milliseconds: number): Promise<void> {
  const ended = once(child, 'exit');
  const late = new AbortController();
  const killing = wait(milliseconds, undefined, { signal: late.signal }).then(
    () => kill(child),
    () => undefined,
  );
  await ended;
  late.abort();
  await killing;
}
