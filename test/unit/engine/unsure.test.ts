import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cacheFolder } from '../../../src/core/index/store/cacheFolder';
import { Store } from '../../../src/core/index/store/store';
import { recording, TestEngine, TestWorkspace } from './workspace';

let workspace: TestWorkspace;
let tested: TestEngine;

beforeEach(() => {
  workspace = new TestWorkspace();
  tested = new TestEngine();
  workspace.write('sure.csv', recording(0.1));
});

afterEach(async () => {
  await tested.engine.close();
  workspace.remove();
});

const doubt = 'The clock "t" names no unit and was taken for seconds, though it steps by 16.67.';

/** A recording whose clock has this name; `t` alone leaves open whether it counts seconds. */
function clocked(name: string, frequency = 0.3): string {
  const rows = Array.from({ length: 100 }, (_, i) => `${(16.67 * i).toFixed(2)},${Math.sin(frequency * i).toFixed(5)}`);
  return `${name},x\n${rows.join('\n')}\n`;
}

async function unsure(): Promise<readonly string[]> {
  return (await tested.engine.ask('unsure', {})).map(({ file }) => file);
}

describe('files that the readers are not sure of', () => {
  it('are counted, and listed with their doubts; so is the sequence', async () => {
    workspace.write('b.csv', clocked('t'));
    workspace.write('a.csv', clocked('t', 0.5));
    const engine = await tested.open(workspace);
    expect((await engine.ask('status', {})).unsure).toBe(2);
    expect(await engine.ask('unsure', {})).toEqual([
      { path: workspace.path('a.csv'), file: 'a.csv', doubts: [doubt] },
      { path: workspace.path('b.csv'), file: 'b.csv', doubts: [doubt] },
    ]);
    const query = { path: workspace.path('a.csv'), number: 0 };
    const found = await engine.ask('search', { query, scope: 'all', limit: 9 });
    expect(found.query.doubts).toEqual([doubt]);
    expect(found.matches.map(({ sequence }) => [sequence.file, sequence.doubts])).toEqual(
      expect.arrayContaining([
        ['b.csv', [doubt]],
        ['sure.csv', []],
      ]),
    );
  });

  it('name a doubt once that all sequences of a file share', async () => {
    const blocks = [0.3, 0.5].map((frequency) => clocked('t', frequency)).join('\n');
    workspace.write('blocks.csv', blocks);
    const engine = await tested.open(workspace);
    expect(await engine.ask('sequences', { path: workspace.path('blocks.csv') })).toHaveLength(2);
    expect((await engine.ask('unsure', {})).map(({ doubts }) => doubts)).toEqual([[doubt]]);
    expect((await engine.ask('status', {})).unsure).toBe(1);
  });

  it('come and go as files change and rules settle what was open', async () => {
    workspace.write('a.csv', clocked('t'));
    workspace.write('b.csv', clocked('t', 0.5));
    await tested.open(workspace, {}, true);
    await tested.eventually(({ unsure, state }) => unsure === 2 && state === 'ready');
    workspace.write('a.csv', clocked('t_ms'));
    await tested.eventually(({ unsure }) => unsure === 1);
    expect(await unsure()).toEqual(['b.csv']);
    workspace.write('.kindred/reading.json', '{ "rules": [{ "files": "b.csv", "rate": 60 }] }');
    await tested.eventually(({ unsure }) => unsure === 0);
    const [sequence] = await tested.engine.ask('sequences', { path: workspace.path('b.csv') });
    expect(sequence).toMatchObject({ rate: 60, doubts: [] });
    workspace.write('.kindred/reading.json', '{ "rules": [] }');
    await tested.eventually(({ unsure }) => unsure === 1);
    workspace.write('b.csv', 'a\n1\n');
    await tested.eventually(({ unsure }) => unsure === 0);
  });

  it('are counted once when two calls that index again overlap', async () => {
    workspace.write('a.csv', clocked('t'));
    workspace.write('b.csv', clocked('t', 0.5));
    const engine = await tested.open(workspace);
    await Promise.all([
      engine.ask('rebuild', {}),
      engine.ask('configure', { settings: { ...tested.settings, maximumSteps: 64 } }),
      engine.ask('rebuild', {}),
    ]);
    await engine.indexed();
    expect((await engine.ask('status', {})).unsure).toBe(2);
    expect(await unsure()).toEqual(['a.csv', 'b.csv']);
    await engine.ask('clear', {});
    expect((await engine.ask('status', {})).unsure).toBe(0);
    expect(await unsure()).toEqual([]);
  });
});

describe('an index of before there were doubts', () => {
  it('is used as it is, and nothing is read again', async () => {
    workspace.write('a.csv', clocked('t'));
    await tested.open(workspace);
    await tested.engine.close();
    const fail = (text: string | null) => {
      throw new Error(text ?? '');
    };
    const store = Store.open(workspace.storage, { problem: fail, note: fail });
    for (const key of store.keys('surveys')) {
      const survey = store.get('surveys', key) as { sequences: { doubts?: unknown }[] };
      for (const sequence of survey.sequences) delete sequence.doubts;
      store.put('surveys', key, survey);
    }
    await store.close();
    rmSync(join(cacheFolder(workspace.storage), 'snapshot'));
    tested = new TestEngine();
    const engine = await tested.open(workspace);
    expect(await engine.ask('diagnostics', {})).toMatchObject({ filesEncoded: 0, filesFromCache: 2 });
    expect((await engine.ask('status', {})).unsure).toBe(0);
    workspace.write('a.csv', clocked('t', 0.7));
    await engine.ask('rebuild', {});
    await engine.indexed();
    expect((await engine.ask('status', {})).unsure).toBe(1);
  });
});
