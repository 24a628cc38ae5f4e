import { chmodSync, mkdirSync, symlinkSync, truncateSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { npyFile } from '../../../src/dev/sample/writers/npy';
import { recording, TestEngine, TestWorkspace } from './workspace';

let workspace: TestWorkspace;
let tested: TestEngine;

beforeEach(() => {
  workspace = new TestWorkspace();
  tested = new TestEngine();
  workspace.write('good.csv', recording(0.1));
});

afterEach(async () => {
  await tested.engine.close();
  workspace.remove();
});

/** The reason for which a file is in the list of skipped files. */
async function reasonFor(name: string): Promise<string | undefined> {
  const engine = await tested.open(workspace);
  expect((await engine.ask('files', {})).map(({ file }) => file)).toContain('good.csv');
  const skipped = (await engine.ask('skipped', {})).filter(({ file }) => file === name);
  expect((await engine.ask('status', {})).skipped).toBe((await engine.ask('skipped', {})).length);
  expect(tested.log.filter(({ level }) => level === 'error')).toEqual([]);
  return skipped[0]?.reason;
}

const npyHeader = (shape: string, type = '<f4') => {
  const header = `{'descr': '${type}', 'fortran_order': False, 'shape': ${shape}, }`.padEnd(117) + '\n';
  return Buffer.concat([Buffer.from('\x93NUMPY\x01\x00\x76\x00', 'latin1'), Buffer.from(header, 'latin1')]);
};
const line = (value: (t: number) => string) => Array.from({ length: 40 }, (_, t) => value(t)).join('\n');

describe('a file that cannot be used is skipped, because', () => {
  it.each<[string, string, string | Buffer, RegExp]>([
    ['of a wrong magic', 'wrong.npy', 'this is text and no array', /NumPy/i],
    [
      'it is truncated',
      'short.npy',
      npyFile([new Float32Array(1000).map((_, t) => t % 7)]).subarray(0, 900),
      /truncated/,
    ],
    ['it promises 2^40 samples', 'huge.npy', npyHeader('(1099511627776,)'), /truncated|promises/],
    ['it is empty', 'empty.wav', '', /empty/],
    ['it has no samples', 'none.npy', npyHeader('(0,)'), /no samples|zero|empty/],
    ['its channels are constant', 'constant.csv', `a,b\n${line(() => '1,2')}\n`, /constant/],
    ['its channel is NaN', 'nan.csv', `a\n${line(() => 'NaN')}\n`, /values are missing/],
    ['it is a column of text', 'text.csv', `word\n${line((t) => `w${t}x`)}\n`, /text|numeric/],
    ['it holds objects', 'object.npy', Buffer.concat([npyHeader('(3,)', '|O'), Buffer.alloc(24)]), /object/i],
    ['it is too short', 'brief.csv', 'a\n1\n2\n1\n', /3 time steps/],
    ['its segments are missing', 'multi.hea', 'multi/3 2 360 1000\na 300\nb 300\nc 400\n', /segment “a”/],
    [
      'its signal file is missing',
      'lonely.hea',
      'lonely 1 360 1000\nlonely.dat 212 200 11 1024 0 0 0 MLII\n',
      /lonely\.dat/,
    ],
  ])('%s', async (_, name, content, reason) => {
    workspace.write(name, content);
    expect(await reasonFor(name)).toMatch(reason);
  });

  it('it has 2 GB', async () => {
    workspace.write('big.csv', 'a,b\n1,2\n');
    truncateSync(workspace.path('big.csv'), 2 ** 31);
    expect(await reasonFor('big.csv')).toMatch(
      /2,048 MB, and the limit is 1,024 MB \(setting kindred\.files\.maximumMegabytes\)/,
    );
  });

  it('it is a folder', async () => {
    mkdirSync(workspace.path('folder.csv'));
    workspace.write('folder.csv/inside.csv', recording(0.2));
    expect(await reasonFor('folder.csv')).toMatch(/folder/);
    expect((await tested.engine.ask('files', {})).map(({ file }) => file)).toContain('folder.csv/inside.csv');
  });

  it('it is a symbolic link out of the workspace, within it, in a loop or to nowhere', async () => {
    symlinkSync('/etc/hostname', workspace.path('out.csv'));
    symlinkSync('good.csv', workspace.path('in.csv'));
    symlinkSync('loop.csv', workspace.path('loop.csv'));
    symlinkSync('missing', workspace.path('nowhere.csv'));
    symlinkSync('.', workspace.path('self'));
    const engine = await tested.open(workspace);
    const reasons = Object.fromEntries((await engine.ask('skipped', {})).map(({ file, reason }) => [file, reason]));
    expect(reasons['out.csv']).toMatch(/leads out of the workspace/);
    expect(reasons['in.csv']).toMatch(/another file of the workspace/);
    expect(reasons['loop.csv']).toMatch(/loop/);
    expect(reasons['nowhere.csv']).toMatch(/leads nowhere/);
    expect(await engine.ask('files', {})).toHaveLength(1);
  });

  it('nobody may read it', async (context) => {
    if (process.getuid?.() === 0 || process.platform === 'win32') context.skip('root may read everything');
    chmodSync(workspace.write('secret.csv', recording(0.2)), 0);
    expect(await reasonFor('secret.csv')).toMatch(/permission/);
  });
});

describe('skipping', () => {
  it('names the sequences of an archive that are too short, and keeps the others', async () => {
    const long = line((t) => String(t % 5))
      .split('\n')
      .join(',');
    workspace.write(
      'series.ts',
      `@problemName x\n@univariate true\n@classLabel true a b\n@data\n${long}:a\n1,2,3:b\n${long}:b\n`,
    );
    const engine = await tested.open(workspace);
    const skipped = (await engine.ask('skipped', {})).map(({ file, number, reason }) => ({ file, number, reason }));
    expect(skipped).toEqual([{ file: 'series.ts', number: 1, reason: 'it has only 3 time steps, and 16 are needed' }]);
    const summaries = await engine.ask('sequences', { path: workspace.path('series.ts') });
    expect(summaries.map(({ ref, label }) => [ref.number, label])).toEqual([
      [0, 'a'],
      [2, 'b'],
    ]);
  });

  it('counts files of formats that are not read, and says what to do', async () => {
    workspace.write('sheet.xlsx', 'PK');
    workspace.write('voice.MP3', 'ID3');
    workspace.write('.hidden.xlsx', 'PK');
    workspace.write('ignored/rig.tdms', 'TDSm');
    workspace.write('.gitignore', 'ignored/\n');
    const engine = await tested.open(workspace);
    expect((await engine.ask('skipped', {})).map(({ file, reason }) => [file, reason])).toEqual([
      ['sheet.xlsx', 'spreadsheet workbooks are not read: save the sheet as CSV'],
      ['voice.MP3', 'files of compressed sound are not read: convert them to WAV or FLAC'],
    ]);
  });

  it('passes over TypeScript silently', async () => {
    workspace.write('index.ts', 'export const answer = 42;\n');
    const engine = await tested.open(workspace);
    expect(await engine.ask('skipped', {})).toEqual([]);
  });

  it('tries a file again when its companion comes', async () => {
    workspace.write('r.hea', 'r 1 100 64\nr.dat 16 100 16 0 0 0 0 ECG\n');
    await tested.open(workspace);
    await tested.engine.close();
    const samples = Int16Array.from({ length: 64 }, (_, t) => Math.round(100 * Math.sin(t)));
    workspace.write('r.dat', new Uint8Array(samples.buffer));
    tested = new TestEngine();
    const engine = await tested.open(workspace);
    expect((await engine.ask('files', {})).map(({ file }) => file)).toContain('r.hea');
    const ofSignal = await engine.ask('sequences', { path: workspace.path('r.dat') });
    expect(ofSignal[0]!.ref.path).toBe(workspace.path('r.hea'));
  });

  it('leaves out what settings, .gitignore and hidden folders rule out', async () => {
    for (const name of ['.venv/a.csv', 'build/a.csv', 'keep/a.csv', 'keep/b.csv', 'keep/deep/c.csv', 'raw/d.csv']) {
      workspace.write(name, recording(0.3));
    }
    workspace.write('.gitignore', 'build/\n*.csv\n!keep/**\n!raw/*.csv\n');
    workspace.write('keep/.gitignore', 'b.csv\n');
    const engine = await tested.open(workspace, { exclude: ['raw/**'] });
    expect((await engine.ask('files', {})).map(({ file }) => file)).toEqual(['keep/a.csv', 'keep/deep/c.csv']);
    await engine.ask('configure', { settings: { ...tested.settings, useGitignore: false, include: ['a.csv'] } });
    await engine.indexed();
    expect((await engine.ask('files', {})).map(({ file }) => file)).toEqual(['build/a.csv', 'keep/a.csv']);
  });
});
