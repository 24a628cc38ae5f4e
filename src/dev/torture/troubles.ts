import { once } from 'node:events';
import { chmodSync, chownSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Random } from '../../core/distributions/random';
import type { IndexStatus } from '../../protocol/engine';
import { startEngine, type EngineClient } from '../engineClient';
import { curve, writeCurves } from './curves';
import { eventually, open } from './measured';
import { mount, unmount } from './mounts';

/** How a running engine bore what happened to its disks. */
export interface TroubleRow {
  readonly trouble: string;
  /** Searches that failed while it lasted. */
  readonly failedSearches: number;
  /** What the user was told, in one sentence or two. */
  readonly told: string;
  /** Recordings that were not there once it was cured, and those that had to be encoded again after another start. */
  readonly missing: number;
  readonly encodedAgain: number;
}

export interface Scene {
  readonly folder: string;
  readonly storage: string;
  readonly random: Random;
}

/** What is done to an engine that has begun to work. */
export interface Trouble {
  readonly name: string;
  readonly needsMounts: boolean;
  readonly run: (scene: Scene) => Promise<Omit<TroubleRow, 'trouble'>>;
}

const files = 40;
const nobody = 65_534;

type Ready = (status: IndexStatus) => boolean;
const isReady: Ready = ({ state }) => state === 'ready';
const has =
  (sequences: number): Ready =>
  (status) =>
    isReady(status) && status.sequences === sequences;

async function failedSearches(engine: EngineClient): Promise<number> {
  let failed = 0;
  for (const { path } of (await engine.ask('files', {})).slice(0, 5)) {
    const query = { path, number: 0 };
    const answer = await engine.ask('search', { query, scope: 'layout', limit: 5 }).catch(() => null);
    if (answer === null || answer.matches.length === 0) failed++;
  }
  return failed;
}

/** Ends an engine, and counts what another one has to encode. */
async function encodedAgain(engine: EngineClient, scene: Scene): Promise<number> {
  await engine.close();
  const again = startEngine();
  await open(again, scene);
  await eventually(again, isReady);
  const { filesEncoded } = await again.ask('diagnostics', {});
  await again.close();
  return filesEncoded;
}

const fullDisk: Trouble = {
  name: 'full disk',
  needsMounts: true,
  async run(scene) {
    mount(scene.storage, '-t', 'tmpfs', '-o', 'size=2m', 'tmpfs');
    try {
      writeFileSync(join(scene.storage, 'filler'), Buffer.alloc(1_300_000));
      const engine = startEngine();
      await open(engine, scene);
      await eventually(engine, has(files));
      const { problem } = await engine.ask('status', {});
      const failed = await failedSearches(engine);
      rmSync(join(scene.storage, 'filler'));
      const again = await encodedAgain(engine, scene);
      return { failedSearches: failed, told: problem ?? '', missing: 0, encodedAgain: again };
    } finally {
      unmount(scene.storage);
    }
  },
};

const readOnly: Trouble = {
  name: 'cache on a disk that is read-only',
  needsMounts: true,
  async run(scene) {
    mount(scene.storage, '-t', 'tmpfs', '-o', 'ro', 'tmpfs');
    try {
      const engine = startEngine();
      await open(engine, scene);
      await eventually(engine, has(files));
      const { problem, sequences } = await engine.ask('status', {});
      const failed = await failedSearches(engine);
      mount(scene.storage, '-o', 'remount,rw');
      await encodedAgain(engine, scene);
      const again = startEngine();
      await open(again, scene);
      await eventually(again, has(files));
      const encoded = await encodedAgain(again, scene);
      return { failedSearches: failed, told: problem ?? '', missing: files - sequences, encodedAgain: encoded };
    } finally {
      unmount(scene.storage);
    }
  },
};

const unmounted: Trouble = {
  name: 'disk of the recordings unmounted',
  needsMounts: true,
  async run(scene) {
    const disk = `${scene.folder}-disk`;
    writeCurves(disk, files, scene.random);
    rmSync(scene.folder, { recursive: true });
    mount(scene.folder, '--bind', disk);
    try {
      const engine = startEngine();
      await open(engine, { ...scene, watch: true });
      await eventually(engine, has(files));
      unmount(scene.folder);
      const { problem } = await eventually(engine, (status) => isReady(status) && status.problem !== null);
      const failed = await failedSearches(engine);
      mount(scene.folder, '--bind', disk);
      const { sequences } = await eventually(engine, (status) => isReady(status) && status.problem === null);
      writeFileSync(join(scene.folder, 'new.csv'), curve(scene.random));
      await eventually(engine, has(sequences + 1));
      const missing = files - sequences;
      return { failedSearches: failed, told: problem ?? '', missing, encodedAgain: await encodedAgain(engine, scene) };
    } finally {
      unmount(scene.folder);
    }
  },
};

const storageDeleted: Trouble = {
  name: 'storage deleted while it is used',
  needsMounts: false,
  async run(scene) {
    const engine = startEngine();
    await open(engine, { ...scene, watch: true });
    await eventually(engine, has(files));
    rmSync(scene.storage, { recursive: true });
    writeFileSync(join(scene.folder, 'new.csv'), curve(scene.random));
    const { sequences } = await eventually(engine, has(files + 1));
    const failed = await failedSearches(engine);
    const told = engine.log.find(({ text }) => text.includes('was removed while it was used'))?.text ?? '';
    await engine.close();
    // What was in the old file is gone with it: it is encoded once more, and kept then.
    const again = startEngine();
    await open(again, scene);
    await eventually(again, has(files + 1));
    const missing = files + 1 - sequences;
    return { failedSearches: failed, told, missing, encodedAgain: await encodedAgain(again, scene) };
  },
};

const forbidden: Trouble = {
  name: 'no permission to read',
  needsMounts: true,
  async run(scene) {
    mkdirSync(scene.storage, { recursive: true });
    chownSync(scene.storage, nobody, nobody);
    const closed = join(scene.folder, 'group1');
    chmodSync(closed, 0);
    const engine = startEngine({ uid: nobody, gid: nobody });
    await open(engine, { ...scene, watch: true });
    const { sequences: before } = await eventually(engine, isReady);
    const failed = await failedSearches(engine);
    const told = (await engine.ask('skipped', {})).map(({ file, reason }) => `${file} skipped, because ${reason}.`);
    chmodSync(closed, 0o755);
    const { sequences } = await eventually(engine, has(files));
    if (before === files) throw new Error('the folder could be read all the same');
    const missing = files - sequences;
    const again = await encodedAgain(engine, scene);
    return { failedSearches: failed, told: told.join(' '), missing, encodedAgain: again };
  },
};

const clockSetBack: Trouble = {
  name: 'clock set back by a day',
  needsMounts: false,
  async run(scene) {
    const script = join(scene.folder, '..', 'clock.cjs');
    writeFileSync(script, 'const now = Date.now; process.on("SIGUSR2", () => { Date.now = () => now() - 86400000; });');
    const engine = startEngine({ execArgv: ['--require', script] });
    await open(engine, { ...scene, watch: true });
    await eventually(engine, ({ done }) => done > files / 4);
    engine.child.kill('SIGUSR2');
    await eventually(engine, has(files));
    writeFileSync(join(scene.folder, 'new.csv'), curve(scene.random));
    const { sequences, problem } = await eventually(engine, has(files + 1));
    const failed = await failedSearches(engine);
    const missing = files + 1 - sequences;
    return { failedSearches: failed, told: problem ?? '', missing, encodedAgain: await encodedAgain(engine, scene) };
  },
};

const engineKilled: Trouble = {
  name: 'engine killed, and the disk full at its next start',
  needsMounts: true,
  async run(scene) {
    mount(scene.storage, '-t', 'tmpfs', '-o', 'size=2m', 'tmpfs');
    try {
      const first = startEngine();
      await open(first, scene);
      await eventually(first, ({ done }) => done > files / 4);
      first.child.kill('SIGKILL');
      await once(first.child, 'exit');
      writeFileSync(join(scene.storage, 'filler'), Buffer.alloc(1_900_000).subarray(0, 1_300_000));
      const engine = startEngine();
      await open(engine, scene);
      const { sequences, problem } = await eventually(engine, has(files));
      const failed = await failedSearches(engine);
      rmSync(join(scene.storage, 'filler'));
      const again = await encodedAgain(engine, scene);
      return { failedSearches: failed, told: problem ?? '', missing: files - sequences, encodedAgain: again };
    } finally {
      unmount(scene.storage);
    }
  },
};

export const troubles: readonly Trouble[] = [
  ...[fullDisk, readOnly, unmounted, storageDeleted, forbidden, clockSetBack, engineKilled],
];
export { files as filesOfScene };
