import { existsSync, readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ReadingRules } from '../../../src/engine/readingRules';
import { recording, TestEngine, TestWorkspace } from './workspace';

let workspace: TestWorkspace;
let tested: TestEngine;

beforeEach(() => {
  workspace = new TestWorkspace();
  tested = new TestEngine();
});

afterEach(async () => {
  await tested.engine.close();
  workspace.remove();
});

const rulesText = () => readFileSync(workspace.path('.kindred/reading.json'), 'utf8');

describe('a file that somebody looks at', () => {
  it('is read by the decisions that are tried out, and by no others', async () => {
    const path = workspace.write('a.csv', recording(0.2));
    workspace.write('.kindred/reading.json', '{ "rules": [{ "files": "a.csv", "rate": 25, "names": ["up"] }] }');
    const engine = await tested.open(workspace);
    const plain = await engine.ask('describeReading', { path, decisions: {} });
    expect(plain).toMatchObject({ format: 'delimited', problem: null, channels: [], sequenceCount: 1 });
    expect(plain.table).toMatchObject({ columns: [{ name: 'x', role: 'channel' }, { name: 'y' }] });
    expect(plain.sequences).toMatchObject([{ rate: null, steps: 200, channels: [{ name: 'x' }, { name: 'y' }] }]);
    const decisions = { rate: 10, channels: ['y'], names: ['left'] };
    const decided = await engine.ask('describeReading', { path, decisions });
    expect(decided).toMatchObject({ decided: decisions });
    expect(decided.sequences).toMatchObject([{ rate: 10, channels: [{ name: 'left' }] }]);
    const asked = { ref: { path, number: 0 }, span: null, columns: 10, channels: [0] };
    const series = await engine.ask('previewSeries', { ...asked, decisions });
    expect(series).toMatchObject({ rate: 10, channels: [{ index: 0, name: 'left' }] });
  });

  it('shows the curves of its channels in the order of the file, whatever their names', async () => {
    const rows = Array.from({ length: 100 }, (_, i) => `${100 + (i % 7)},${i % 5}`);
    const path = workspace.write('z.csv', ['z,a', ...rows, ''].join('\n'));
    const engine = await tested.open(workspace);
    const { sequences } = await engine.ask('describeReading', { path, decisions: {} });
    expect(sequences[0]?.channels.map(({ name }) => name)).toEqual(['z', 'a']);
    const asked = { ref: { path, number: 0 }, span: null, columns: 2, decisions: {} };
    const both = await engine.ask('previewSeries', { ...asked, channels: [0, 1] });
    expect(both.channels).toMatchObject([
      { index: 0, name: 'z', minimum: [100, 100] },
      { index: 1, name: 'a', minimum: [0, 0] },
    ]);
    const second = await engine.ask('previewSeries', { ...asked, channels: [1] });
    expect(second.channels).toMatchObject([{ index: 1, name: 'a', maximum: [4, 4] }]);
  });

  it('that cannot be read says why, and one that nobody claims is refused', async () => {
    const broken = workspace.write('a.npy', 'this is no NumPy file');
    const code = workspace.write('a.ts', 'export const a = 1;');
    const engine = await tested.open(workspace);
    const described = await engine.ask('describeReading', { path: broken, decisions: {} });
    expect(described.problem).toMatch(/\w/);
    await expect(engine.ask('describeReading', { path: code, decisions: {} })).rejects.toMatchObject({
      kind: 'unreadable',
    });
  });

  it('stops being read when nobody waits any more', async () => {
    const path = workspace.write('a.csv', recording(0.2, { steps: 20_000 }));
    const engine = await tested.open(workspace);
    const nobody = new AbortController();
    const first = engine.ask('describeReading', { path, decisions: {} }, nobody.signal);
    const second = engine.ask('describeReading', { path, decisions: { rate: 3 } });
    nobody.abort();
    await expect(first).rejects.toThrow();
    expect((await second).sequences).toMatchObject([{ rate: 3 }]);
  });
});

describe('the rules of a folder', () => {
  it('are told of with globs for the file, and with the line of what is wrong', async () => {
    const path = workspace.write('gaze/a.csv', recording(0.2));
    workspace.write('.kindred/reading.json', '{ "rules": [{ "files": "gaze/*.csv", "rate": 25 }] }');
    const engine = await tested.open(workspace);
    expect(await engine.ask('readingRules', { path })).toEqual({
      path,
      file: 'gaze/a.csv',
      rulesFile: workspace.path('.kindred/reading.json'),
      problem: null,
      decisions: { rate: 25 },
      globs: { file: 'gaze/a.csv', alike: 'gaze/*.csv', all: '*.csv' },
    });
    workspace.write('.kindred/reading.json', '{ "rules": [\n{ "files": "a", "rate": "fast" }] }');
    const { problem } = await engine.ask('readingRules', { path });
    expect(problem).toMatchObject({ line: 2, reason: expect.stringContaining('rules.0.rate') as string });
    expect(await engine.ask('readingRules', { path: '/elsewhere/b.csv' })).toMatchObject({ rulesFile: null });
  });

  it('count the candidates that a glob names', async () => {
    const path = workspace.write('gaze/a.csv', recording(0.2));
    for (const name of ['gaze/b.csv', 'c.csv', 'gaze/d.tsv']) workspace.write(name, recording(0.3));
    workspace.write('gaze/notes.md', 'no recording');
    const engine = await tested.open(workspace);
    const count = (glob: string) => engine.ask('countFiles', { path, glob });
    expect(await count('gaze/*.csv')).toEqual({ files: 2, own: true, ruled: false, problem: null });
    expect(await count('*.csv')).toMatchObject({ files: 3 });
    expect(await count('/*')).toMatchObject({ files: 1, own: false });
    const alternatives = '{a,b,c,d,e,f,g,h}'.repeat(4);
    expect(await count(alternatives)).toMatchObject({ files: 0, problem: expect.stringContaining('256') as string });
    expect(existsSync(workspace.path('.kindred'))).toBe(false);
  });

  it('hold for the files of their glob once they are written, and only these are read again', async () => {
    const path = workspace.write('gaze/a.csv', recording(0.2));
    workspace.write('gaze/b.csv', recording(0.3));
    workspace.write('c.csv', recording(0.4));
    const engine = await tested.open(workspace);
    const before = (await engine.ask('diagnostics', {})).filesEncoded;
    await engine.ask('setReadingRule', { path, glob: 'gaze/*.csv', decisions: { rate: 50 } });
    await engine.indexed();
    expect(rulesText()).toBe('{\n  "rules": [\n    { "files": "gaze/*.csv", "rate": 50 }\n  ]\n}\n');
    expect((await engine.ask('diagnostics', {})).filesEncoded - before).toBe(2);
    const rateOf = async (name: string) => (await engine.ask('sequences', { path: workspace.path(name) }))[0]?.rate;
    expect(await Promise.all(['gaze/a.csv', 'gaze/b.csv', 'c.csv'].map(rateOf))).toEqual([50, 50, null]);
    await engine.ask('setReadingRule', { path, glob: 'gaze/*.csv', decisions: null });
    await engine.indexed();
    expect(await rateOf('gaze/a.csv')).toBeNull();
    expect(rulesText()).not.toContain('gaze');
  });

  it('both stay when two are written at once', async () => {
    const path = workspace.write('a.csv', recording(0.2));
    const engine = await tested.open(workspace);
    const globs = ['a.csv', '*.csv', 'gaze/**', '*.npy'];
    await Promise.all(
      globs.map((glob, i) => engine.ask('setReadingRule', { path, glob, decisions: { rate: 10 + i } })),
    );
    const { rules } = JSON.parse(rulesText()) as { rules: { files: string }[] };
    expect(rules.map(({ files }) => files).sort()).toEqual([...globs].sort());
  });

  it('keep what was saved by hand while the recording was read', async () => {
    const path = workspace.write('a.csv', recording(0.2));
    let scans = 0;
    const rules = new ReadingRules({
      folders: [{ name: 'test', path: workspace.folder }],
      files: { candidatesOf: () => Promise.resolve([path]) },
      reading: {
        describe: () => {
          workspace.write('.kindred/reading.json', '{ "rules": [\n  { "files": "b.csv", "rate": 3 } // mine\n] }');
          return Promise.resolve({ decided: {} });
        },
      },
      indexing: { scan: () => scans++ },
    });
    await rules.set({ path, glob: 'a.csv', decisions: { rate: 5 } }, new AbortController().signal);
    expect(rulesText()).toContain('{ "files": "b.csv", "rate": 3 }, // mine\n  { "files": "a.csv", "rate": 5 }');
    expect(scans).toBe(1);
  });

  it('hold no decision that the reader makes by itself', async () => {
    const path = workspace.write(
      'a.csv',
      `t [s],x\n${[0, 1, 2, 3, 4, 5].map((i) => `${i / 10},${i % 3}`).join('\n')}\n`,
    );
    const engine = await tested.open(workspace);
    const { decided } = await engine.ask('setReadingRule', { path, glob: 'a.csv', decisions: { rate: 10 } });
    expect(decided).toEqual({});
    expect(existsSync(workspace.path('.kindred/reading.json'))).toBe(false);
  });

  it('undo what a broader rule says', async () => {
    const path = workspace.write(
      'a.csv',
      `t [s],x\n${[0, 1, 2, 3, 4, 5].map((i) => `${i / 10},${i % 3}`).join('\n')}\n`,
    );
    workspace.write('.kindred/reading.json', '{ "rules": [{ "files": "*.csv", "rate": 99 }] }');
    const engine = await tested.open(workspace);
    const { decided } = await engine.ask('setReadingRule', { path, glob: '/a.csv', decisions: {} });
    expect(decided).toEqual({ rate: 10 });
    expect((await engine.ask('readingRules', { path })).decisions).toEqual({ rate: 10 });
  });

  it('that are broken are left as they are', async () => {
    const path = workspace.write('a.csv', recording(0.2));
    const broken = '{ "rules": [ // mine\n{ "files": "a", "rate": "fast" }] }';
    workspace.write('.kindred/reading.json', broken);
    const engine = await tested.open(workspace);
    for (const decisions of [{ rate: 5 }, null]) {
      await expect(engine.ask('setReadingRule', { path, glob: 'a.csv', decisions })).rejects.toThrow(
        /line 2.*left as it/,
      );
    }
    expect(rulesText()).toBe(broken);
  });

  it('are not written for a file outside of the workspace', async () => {
    const engine = await tested.open(workspace);
    const asked = { path: '/elsewhere/a.csv', glob: '*.csv', decisions: { rate: 5 } };
    await expect(engine.ask('setReadingRule', asked)).rejects.toThrow(/only for files of the open workspace/);
  });
});

describe('a format without a table', () => {
  it('tells of all channels, whichever are kept', async () => {
    const rows = Array.from({ length: 60 }, (_, i) => `{"x": ${Math.sin(i / 5)}, "y": ${Math.cos(i / 7)}}`);
    const path = workspace.write('a.jsonl', `${rows.join('\n')}\n`);
    const engine = await tested.open(workspace);
    const decided = await engine.ask('describeReading', { path, decisions: { channels: ['y'], names: ['left'] } });
    expect(decided).toMatchObject({ table: null, channels: ['x', 'y'] });
    expect(decided.sequences).toMatchObject([{ channels: [{ name: 'left' }] }]);
  });
});
