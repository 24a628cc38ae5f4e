import { once } from 'node:events';
import { resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { defaultSettings, type IndexStatus } from '../../../src/protocol/engine';
import { startEngine, type EngineClient } from '../../../src/dev/engineClient';
import { recording, TestWorkspace } from './workspace';

let workspace: TestWorkspace;
let engines: EngineClient[];

beforeEach(() => {
  workspace = new TestWorkspace();
  engines = [];
});

afterEach(() => {
  for (const { child } of engines) child.kill('SIGKILL');
  workspace.remove();
});

function start(): EngineClient {
  const engine = startEngine();
  engines.push(engine);
  return engine;
}

function open({ ask }: EngineClient): Promise<IndexStatus> {
  return ask('open', {
    folders: [{ name: 'test', path: workspace.folder }],
    storage: workspace.storage,
    models: resolve('models'),
    settings: defaultSettings,
    watch: false,
  });
}

describe('the engine process', () => {
  it('finishes after SIGKILL in the middle of indexing, with nothing lost and nothing done twice', async () => {
    const files = 24;
    for (let i = 0; i < files; i++) workspace.write(`r${i}.csv`, recording(0.02 * (i + 1), { steps: 3000 }));
    const first = start();
    const middle = first.until(({ state, done }) => state === 'indexing' && done > files / 3);
    await open(first);
    const killedAt = await middle;
    expect(killedAt.done).toBeLessThan(files);
    first.child.kill('SIGKILL');
    await once(first.child, 'exit');

    const second = start();
    const ready = second.until(({ state }) => state === 'ready');
    await open(second);
    expect(await ready).toMatchObject({ done: files, total: files, sequences: files, skipped: 0, problem: null });
    const diagnostics = await second.ask('diagnostics', {});
    expect(diagnostics.filesFromCache).toBeGreaterThan(0);
    expect(diagnostics.filesEncoded).toBe(files - diagnostics.filesFromCache);
  });

  it('answers with a reason for the user, and goes on', async () => {
    workspace.write('a.csv', recording(0.1));
    workspace.write('text.csv', 'name\nAda\n');
    const engine = start();
    const early = engine.ask('skipped', {});
    await expect(early).rejects.toMatchObject({
      data: { reason: expect.stringContaining('No workspace is open') as string },
    });
    const ready = engine.until(({ state }) => state === 'ready');
    await open(engine);
    await ready;
    const search = engine.ask('search', {
      query: { path: workspace.path('text.csv'), number: 0 },
      scope: 'layout',
      limit: 5,
    });
    await expect(search).rejects.toMatchObject({
      data: { reason: expect.stringMatching(/^text\.csv cannot be used/) as string },
    });
    expect(await engine.ask('files', {})).toHaveLength(1);
  });

  it('ends when its channel closes in the middle of indexing', async () => {
    for (let i = 0; i < 16; i++) workspace.write(`r${i}.csv`, recording(0.02 * (i + 1), { steps: 3000 }));
    const engine = start();
    const middle = engine.until(({ state, done }) => state === 'indexing' && done > 2);
    await open(engine);
    expect((await middle).done).toBeLessThan(16);
    const ended = once(engine.child, 'exit');
    engine.child.disconnect();
    expect(await ended).toEqual([0, null]);
  });

  it('ends when its channel closes', async () => {
    workspace.write('a.csv', recording(0.1));
    const engine = start();
    await open(engine);
    const ended = once(engine.child, 'exit');
    engine.child.disconnect();
    expect(await ended).toEqual([0, null]);
  });
});
