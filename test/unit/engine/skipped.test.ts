import { chmodSync, mkdirSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { beforeEach, describe, expect, it } from 'vitest';
import { npyFile } from '../../../src/dev/sample/writers/npy';
import { recording, testBed } from './workspace';

const bed = testBed();
beforeEach(() => {
  bed.workspace.write('good.csv', recording(0.1));
});

/** The reason for which a file is in the list of skipped files. */
async function reasonFor(name: string): Promise<string | undefined> {
  const engine = await bed.tested.open(bed.workspace);
  expect((await engine.ask('files', {})).map(({ file }) => file)).toContain('good.csv');
  const skipped = (await engine.ask('skipped', {})).filter(({ file }) => file === name);
  expect((await engine.ask('status', {})).skipped).toBe((await engine.ask('skipped', {})).length);
  expect((await engine.ask('status', {})).skippedSequences).toBe(0);
  expect(bed.tested.log.filter(({ level }) => level === 'error')).toEqual([]);
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
    bed.workspace.write(name, content);
    expect(await reasonFor(name)).toMatch(reason);
  });

  it('it has 2 GB', async () => {
    bed.workspace.write('big.csv', 'a,b\n1,2\n');
    truncateSync(bed.workspace.path('big.csv'), 2 ** 31);
    expect(await reasonFor('big.csv')).toMatch(
      /2,048 MB, and the limit is 1,024 MB \(setting kindred\.files\.maximumMegabytes\)/,
    );
  });

  it('it is a folder', async () => {
    mkdirSync(bed.workspace.path('folder.csv'));
    bed.workspace.write('folder.csv/inside.csv', recording(0.2));
    expect(await reasonFor('folder.csv')).toMatch(/folder/);
    expect((await bed.tested.engine.ask('files', {})).map(({ file }) => file)).toContain('folder.csv/inside.csv');
  });

  it('it is a symbolic link out of the workspace, within it, in a loop or to nowhere', async () => {
    symlinkSync('/etc/hostname', bed.workspace.path('out.csv'));
    symlinkSync('good.csv', bed.workspace.path('in.csv'));
    symlinkSync('loop.csv', bed.workspace.path('loop.csv'));
    symlinkSync('missing', bed.workspace.path('nowhere.csv'));
    symlinkSync('.', bed.workspace.path('self'));
    const engine = await bed.tested.open(bed.workspace);
    const reasons = Object.fromEntries((await engine.ask('skipped', {})).map(({ file, reason }) => [file, reason]));
    expect(reasons['out.csv']).toMatch(/leads out of the workspace/);
    expect(reasons['in.csv']).toMatch(/another file of the workspace/);
    expect(reasons['loop.csv']).toMatch(/loop/);
    expect(reasons['nowhere.csv']).toMatch(/leads nowhere/);
    expect(await engine.ask('files', {})).toHaveLength(1);
  });

  it('its name is not written in UTF-8', async (context) => {
    if (process.platform !== 'linux') context.skip('names are UTF-8 here');
    const named = (...parts: (string | number[])[]) => Buffer.concat(parts.map((part) => Buffer.from(part as string)));
    const at = (name: Buffer) => named(`${bed.workspace.folder}/`, [...name]);
    writeFileSync(at(named('caf', [0xe9], '.csv')), recording(0.2));
    writeFileSync(at(named('caf', [0xe9], '.md')), 'text');
    mkdirSync(at(named('g', [0xfc], 'te')));
    bed.workspace.write('caf\ufffd.tsv', recording(0.3));
    expect(await reasonFor('caf\ufffd.csv')).toBe('its name is not written in UTF-8: rename it');
    const skipped = await bed.tested.engine.ask('skipped', {});
    expect(skipped.map(({ file }) => file).sort()).toEqual(['caf\ufffd.csv', 'g\ufffdte']);
    expect((await bed.tested.engine.ask('files', {})).map(({ file }) => file)).toContain('caf\ufffd.tsv');
  });

  it('nobody may read it', async (context) => {
    if (process.getuid?.() === 0 || process.platform === 'win32') context.skip('root may read everything');
    chmodSync(bed.workspace.write('secret.csv', recording(0.2)), 0);
    expect(await reasonFor('secret.csv')).toMatch(/permission/);
  });
});

describe('skipping', () => {
  it('names the sequences of an archive that are too short, and keeps the others', async () => {
    const long = line((t) => String(t % 5))
      .split('\n')
      .join(',');
    bed.workspace.write(
      'series.ts',
      `@problemName x\n@univariate true\n@classLabel true a b\n@data\n${long}:a\n1,2,3:b\n${long}:b\n`,
    );
    const engine = await bed.tested.open(bed.workspace);
    const skipped = (await engine.ask('skipped', {})).map(({ file, number, reason }) => ({ file, number, reason }));
    expect(skipped).toEqual([{ file: 'series.ts', number: 1, reason: 'it has only 3 time steps, and 16 are needed' }]);
    const summaries = await engine.ask('sequences', { path: bed.workspace.path('series.ts') });
    expect(summaries.map(({ ref, label }) => [ref.number, label])).toEqual([
      [0, 'a'],
      [2, 'b'],
    ]);
  });

  it('counts files of formats that are not read, and says what to do', async () => {
    bed.workspace.write('sheet.xlsx', 'PK');
    bed.workspace.write('voice.OPUS', 'OggS');
    bed.workspace.write('.hidden.xlsx', 'PK');
    bed.workspace.write('ignored/rig.tdms', 'TDSm');
    bed.workspace.write('.gitignore', 'ignored/\n');
    const engine = await bed.tested.open(bed.workspace);
    expect((await engine.ask('skipped', {})).map(({ file, reason }) => [file, reason])).toEqual([
      ['sheet.xlsx', 'spreadsheet workbooks are not read: save the sheet as CSV'],
      ['voice.OPUS', 'files of compressed sound are not read: convert them to WAV or FLAC'],
    ]);
  });

  it('passes over TypeScript silently', async () => {
    bed.workspace.write('index.ts', 'export const answer = 42;\n');
    const engine = await bed.tested.open(bed.workspace);
    expect(await engine.ask('skipped', {})).toEqual([]);
  });

  it('tries a file again when its companion comes', async () => {
    bed.workspace.write('r.hea', 'r 1 100 64\nr.dat 16 100 16 0 0 0 0 ECG\n');
    await bed.tested.open(bed.workspace);
    await bed.tested.engine.close();
    const samples = Int16Array.from({ length: 64 }, (_, t) => Math.round(100 * Math.sin(t)));
    bed.workspace.write('r.dat', new Uint8Array(samples.buffer));
    const engine = await bed.newEngine().open(bed.workspace);
    expect((await engine.ask('files', {})).map(({ file }) => file)).toContain('r.hea');
    const ofSignal = await engine.ask('sequences', { path: bed.workspace.path('r.dat') });
    expect(ofSignal[0]!.ref.path).toBe(bed.workspace.path('r.hea'));
  });

  it('leaves out what settings, .gitignore and hidden folders rule out', async () => {
    for (const name of ['.venv/a.csv', 'build/a.csv', 'keep/a.csv', 'keep/b.csv', 'keep/deep/c.csv', 'raw/d.csv']) {
      bed.workspace.write(name, recording(0.3));
    }
    bed.workspace.write('.gitignore', 'build/\n*.csv\n!keep/**\n!raw/*.csv\n');
    bed.workspace.write('keep/.gitignore', 'b.csv\n');
    const engine = await bed.tested.open(bed.workspace, { exclude: ['raw/**'] });
    expect((await engine.ask('files', {})).map(({ file }) => file)).toEqual(['keep/a.csv', 'keep/deep/c.csv']);
    await engine.ask('configure', { settings: { ...bed.tested.settings, useGitignore: false, include: ['a.csv'] } });
    await engine.indexed();
    expect((await engine.ask('files', {})).map(({ file }) => file)).toEqual(['build/a.csv', 'keep/a.csv']);
  });
});

it('sequences that cannot be used are counted apart from files', async () => {
  const long = `${Array.from({ length: 40 }, (_, t) => Math.sin(t / 3).toFixed(3)).join(',')}:1`;
  const head = '@timeStamps false\n@univariate true\n@equalLength false\n@classLabel true 1 2\n@data\n';
  bed.workspace.write('Some.ts', `${head}${[long, '2,3,4:1', long, '5,6,7:2'].join('\n')}\n`);
  bed.workspace.write('empty.csv', '');
  const engine = await bed.tested.open(bed.workspace);
  const skipped = await engine.ask('skipped', {});
  expect(skipped.filter(({ number }) => number !== null).map(({ file, number }) => [file, number])).toEqual([
    ['Some.ts', 1],
    ['Some.ts', 3],
  ]);
  expect(await engine.ask('status', {})).toMatchObject({ skipped: 1, skippedSequences: 2 });
});
