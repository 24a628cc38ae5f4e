import { copyFile, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { EngineProcess } from '../../../src/extension/engine/engineProcess';
import { forkEngine } from '../../../src/extension/engine/fork';
import { RestartPolicy } from '../../../src/extension/engine/restartPolicy';
import { PanelSession } from '../../../src/extension/results/panelSession';
import { defaultSettings } from '../../../src/protocol/engine';
import { ref, summary, World } from './panelWorld';
import { bundleProgram } from './program';

let folder: string;
let engine: EngineProcess;
let lines: string[];
let watchers: { readonly line: string; readonly resolve: () => void }[];

/** Resolves when the worker thread has said something. */
function said(line: string): Promise<void> {
  if (lines.includes(line)) return Promise.resolve();
  return new Promise((resolve) => watchers.push({ line, resolve }));
}

/** The engine's own program beside a worker that says what it is told and is never done by itself. */
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kindred-cancelling-'));
  await copyFile(resolve('dist/engine.cjs'), join(folder, 'engine.cjs'));
  await bundleProgram('endlessWorker', join(folder, 'worker.cjs'));
  await symlink(resolve('node_modules'), join(folder, 'node_modules'), 'junction');
  lines = [];
  watchers = [];
  engine = new EngineProcess(
    {
      launch: () => forkEngine(join(folder, 'engine.cjs')),
      parameters: () =>
        Promise.resolve({
          folders: [],
          storage: join(folder, 'storage'),
          models: resolve('models'),
          settings: defaultSettings,
          watch: false,
        }),
      policy: new RestartPolicy(),
      grace: 5000,
    },
    {
      state: () => undefined,
      status: () => undefined,
      log: ({ text }) => {
        lines.push(text);
        for (const { line, resolve } of watchers) if (line === text) resolve();
      },
      restarted: () => undefined,
      failed: () => undefined,
    },
  );
  engine.start();
});

afterEach(async () => {
  await engine.stop();
  await rm(folder, { recursive: true });
});

it('a question that the page cancels, or that a closed panel has asked, stops in the worker thread', async () => {
  const world = new World();
  const session = new PanelSession(world, undefined);
  await session.show(summary('/q'));
  const { ask } = world;
  world.ask = (name, params, signal) => (name === 'series' ? engine.ask : ask)(name, params, signal);
  world.news();
  const question = (path: string) => ({
    name: 'series',
    asked: { ref: ref(path), span: null, columns: 10, channels: [0] },
  });
  const cancelled = session.receive({ type: 'ask', id: 1, ...question('/q') });
  await said('runs reduce of /q');
  await session.receive({ type: 'cancel', id: 1 });
  await said('stops reduce of /q');
  await cancelled;
  const closed = session.receive({ type: 'ask', id: 2, ...question('/3') });
  await said('runs reduce of /3');
  session.dispose();
  await said('stops reduce of /3');
  await closed;
  expect(world.news()).toEqual([]);
  expect(world.logged).toEqual([]);
});

it('a request that nobody waits for any more is refused as cancelled, and is not sent at all once that is known', async () => {
  const waiting = new AbortController();
  const params = { ref: ref('/q'), span: null, columns: 10, channels: [0] };
  const asked = expect(engine.ask('series', params, waiting.signal)).rejects.toMatchObject({ kind: 'cancelled' });
  await said('runs reduce of /q');
  waiting.abort();
  await asked;
  await expect(engine.ask('status', {}, waiting.signal)).rejects.toThrow(/aborted/);
});
