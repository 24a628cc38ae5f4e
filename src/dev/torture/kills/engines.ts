import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { randomOf } from '../../../core/distributions/random';
import { writeEncoder } from '../../../core/training/trainer/encoderFile';
import type { IndexStatus } from '../../../protocol/engine';
import { startEngine, type EngineClient } from '../../engineClient';
import { inProject } from '../../project';
import { untrainedEncoder } from '../../untrainedEncoder';
import { writeSampleWorkspace } from '../../sample/workspace';
import { finished, open, wrongRankings } from '../measured';
import { kill, type KillFigures } from './killed';

/** An engine may be killed as long as this after it was started. */
const longestMilliseconds = 4000;

/**
 * Kills engines at random moments while they index the sample workspace, write what they found, keep a snapshot or change
 * to another encoder, and lets the last one end.
 */
export async function killEngines(seed: number, kills: number): Promise<KillFigures> {
  const base = mkdtempSync(join(tmpdir(), 'kindred-kills-'));
  const random = randomOf(seed, 'kills');
  const folder = join(base, 'workspace');
  const torn = { folder, storage: join(base, 'storage'), settings: { threads: 2 } };
  try {
    await writeSampleWorkspace(folder);
    const encoders = [inProject('models'), join(base, 'untrained')] as const;
    await writeEncoder(encoders[1], untrainedEncoder());
    let failedReopenings = 0;
    for (let count = 0; count < kills; count++) {
      const [models, other] = random.unit() < 0.5 ? encoders : [encoders[1], encoders[0]];
      const changes = random.unit() < 0.5;
      const engine = startEngine();
      const opened = open(engine, { ...torn, models }).then((status) => {
        // Most are killed before the answer comes.
        if (changes) engine.ask('configure', { models: other }).catch(() => undefined);
        return status;
      });
      if (!(await killed(engine, opened, random.uniform(0, longestMilliseconds)))) failedReopenings++;
    }
    const clean = await finished({ ...torn, storage: join(base, 'clean') });
    const tortured = await finished(torn);
    return {
      while: 'indexing, writing, changing encoders',
      kills,
      failedReopenings: failedReopenings + (tortured.status.problem === null ? 0 : 1),
      torn: 0,
      lost: clean.status.sequences - tortured.status.sequences,
      rankings: clean.rankings.size,
      done: tortured.status.sequences,
      wrongRankings: wrongRankings(clean.rankings, tortured.rankings),
    };
  } finally {
    rmSync(base, { recursive: true, force: true });
  }
}

/** @returns whether the index could be opened, as far as the engine lived to say so */
async function killed(engine: EngineClient, opened: Promise<IndexStatus>, milliseconds: number): Promise<boolean> {
  const isOpen = opened.then(
    ({ problem }) => problem === null,
    () => false,
  );
  const isWell = await Promise.race([wait(milliseconds, true), isOpen.then((well) => wait(milliseconds, well))]);
  await kill(engine.child);
  return isWell;
}
