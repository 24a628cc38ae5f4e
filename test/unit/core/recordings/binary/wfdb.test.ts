import { mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { wfdbHeaderOf } from '../../../../../src/core/recordings/formats/wfdb/sibling';
import { fixtures, readFile, reasonFor, scratchFolder, signals } from './fixtures';

const folder = scratchFolder();
let records = 0;

/** Writes a header and, unless it is null, the signal file `NAME.dat`, whose name stands in the header as `@`. */
function record(header: string, data: Buffer | null = Buffer.alloc(120, 1)): string {
  const name = `r${records++}`;
  if (data !== null) folder.write(`${name}.dat`, data);
  return folder.write(`${name}.hea`, header.replaceAll('@', `${name}.dat`));
}

const reasonOf = (header: string, data?: Buffer | null, options = {}) =>
  reasonFor(readFile(record(header, data), options));

describe('headers that are refused', () => {
  test.each([
    ['r/3 2 360 1000\na 500\nb 500\n', 'it is truncated: it promises 3 segments, but describes 2'],
    ['r/1 2 360 1000\nnone 500\n', 'its segment “none” cannot be used: it is missing'],
    ['r/1 2 360 1000\n../x 500\n', 'its segment “../x” is not named as a file in the same folder'],
    ['r/1 2 360 1000\na many\n', 'its description of segment 1 is damaged'],
    ['r/99999 2 360 1000\na 5\n', 'it promises 99999 segments, more than the limit of 65536'],
    ['r/2 2 360 1000\n~ 5\n~ 7\n', 'it holds no samples'],
    ['# only a comment\n', 'its header is empty'],
    ['just some words\n', 'its first line does not describe a record'],
    ['r\n', 'its first line does not describe a record'],
    ['r 0 360\n', 'it describes no signals'],
    ['r 2 360 30\n@ 16\n', /truncated: it promises 2 signals, but describes 1/],
    ['r 99999999999 360 30\n@ 16\n', /signals, more than the limit of 4096/],
    ['r 1 fast 30\n@ 16\n', '“fast” is no sampling frequency'],
    ['r 1 -5 30\n@ 16\n', '“-5” is no sampling frequency'],
    ['r 1 1e999 30\n@ 16\n', '“1e999” is no sampling frequency'],
    ['r 1 360 -3\n@ 16\n', '“-3” is no number of samples'],
    ['r 1 360 30\n@ sixteen\n', 'its description of signal 1 is damaged'],
    ['r 1 360 30\n@ 16 gain\n', 'its description of signal 1 is damaged'],
    ['r 1 360 30\n@ 16 200(zero)\n', 'its description of signal 1 is damaged'],
    ['r 1 360 30\n@ 16 200 16 none\n', 'its description of signal 1 is damaged'],
    ['r 1 360 30\n@ 16x0\n', 'one of its signals has no samples'],
    ['r 2 360 30\n@ 16\n@ 212\n', /are said to be in different formats/],
    ['r 1 360 99999999999999999999\n@ 16\n', /“r\d+.dat” is truncated: it has 60 samples of each signal, not 1000/],
    ['r 1 360 1099511627776\n@ 16\n', /truncated: it has 60 samples of each signal, not 1099511627776/],
    ['r 1 360 61\n@ 16\n', /truncated: it has 60 samples of each signal, not 61/],
    ['r 1 360\n@ 16+120\n', 'it holds no samples'],
    ['r 1 360\n@ 16x99999\n', 'it holds no samples'],
  ])('%j', async (header, reason) => {
    expect(await reasonOf(header)).toMatch(reason);
  });

  test.each([1, 17, 312, 520])('format %i', async (format) => {
    expect(await reasonOf(`r 1 360 30\n@ ${format}\n`)).toMatch(
      new RegExp(`^its signals are stored in format ${format}\\b`),
    );
  });

  test('an empty header', async () => {
    expect(await reasonOf('')).toBe('it is empty');
  });

  test('a header of megabytes', async () => {
    expect(await reasonOf(`r 1\n${'#'.repeat(2 ** 20)}\n@ 16`)).toMatch(/longer than 1048576 bytes/);
  });

  test('limits of the options', async () => {
    expect(await reasonOf('r 2 360\n@ 16\n@ 16', undefined, { maximumSamples: 59 })).toMatch(/60 samples, more than/);
    expect(await reasonOf('r 2 360 1\n@ 16\n@ 16:999', undefined, { maximumSamples: 59 })).toMatch(
      /60 samples, more than/,
    );
    expect(await reasonOf('r 1 360\n@ 16', undefined, { maximumBytes: 119 })).toMatch(/120 bytes, more than the limit/);
  });
});

describe('signal files', () => {
  test.each([
    '../x.dat',
    '/etc/passwd',
    '..',
    '.',
    '-',
    '~/x',
    'a/b.dat',
    'a\\b.dat',
    'C:x.dat',
    'x.dat:stream',
    `${'x'.repeat(300)}.dat`,
  ])('named %.40s are not opened', async (name) => {
    expect(await reasonOf(`r 1 360 30\n${name} 16\n`)).toMatch(/is not named as a file in the same folder$/);
  });

  test('that are missing are named', async () => {
    expect(await reasonOf('r 1 360 30\n@ 16', null)).toMatch(
      /^its signal file “r\d+.dat” cannot be used: it is missing$/,
    );
  });

  test('that are folders, links or empty are refused', async () => {
    mkdirSync(join(folder.path, 'folder.dat'));
    symlinkSync('/etc/hostname', join(folder.path, 'link.dat'));
    expect(await reasonOf('r 1 360 30\nfolder.dat 16')).toMatch(/“folder.dat” cannot be used: it is a folder/);
    expect(await reasonOf('r 1 360 30\nlink.dat 16')).toMatch(/“link.dat” cannot be used: it is a symbolic link/);
    expect(await reasonOf('r 1 360 30\n@ 16', Buffer.alloc(0))).toMatch(/cannot be used: it is empty/);
  });

  test('that appear in two places', async () => {
    folder.write('other.dat', Buffer.alloc(120));
    expect(await reasonOf('r 3 360\n@ 16\nother.dat 16\n@ 16')).toMatch(/are not listed together/);
  });
});

describe('notes', () => {
  const notesOf = async (header: string) => (await readFile(record(header)))[0]?.notes;

  test('a wrong sum', async () => {
    expect(await notesOf('r 1 360 60\n@ 16 200 16 0 257 15420 0 lead')).toEqual([]);
    expect(await notesOf('r 1 360 60\n@ 16 200 16 0 257 15421 0 lead')).toEqual([
      'the sum of the samples is not what the header says, so the file may be damaged: “lead”',
    ]);
  });

  test('what is assumed', async () => {
    expect(await notesOf('r 1\n@ 16')).toEqual(['not calibrated, so 200 steps per unit are assumed: “signal 1”']);
  });

  test('what is changed', async () => {
    expect(await notesOf('r 3 100\n@ 16x2:3 10\n@ 16 10\n~ 0 1/mV 16 0 0 0 0 empty')).toEqual([
      'moved in time, as the header says: “signal 1”',
      'brought up to the rate of the fastest by interpolation: “signal 2”',
      'without samples, and left out: “empty”',
    ]);
  });

  test('what comments say', async () => {
    const header = 'r 1 100\n@ 16 10\n#Age: 50\n# no colon\n#Sex: Male\n#Dx: 426783006';
    const [sequence] = await readFile(record(header));
    expect(sequence?.label).toBe('426783006');
    expect(sequence?.notes).toEqual(['its header says “Age: 50”, “Sex: Male”']);
    const several = await readFile(record(header.replace('Dx: 4', 'Dx: 1,4')));
    expect(several[0]?.label).toBeNull();
    expect(several[0]?.notes).toEqual(['its header says “Age: 50”, “Sex: Male”, “Dx: 1,426783006”']);
  });
});

test('samples that a skew leaves without a value are missing', async () => {
  const [sequence] = await readFile(record('r 2 100 30\n@ 16:25 1\n@ 16 1'));
  const values = sequence?.channels[0]?.values;
  expect(values).toEqual(Float32Array.from({ length: 30 }, (_, i) => (i < 5 ? 257 : NaN)));
  expect(sequence?.channels[1]?.values).toEqual(new Float32Array(30).fill(257));
});

test('the rate goes before counter frequency, base time and date', async () => {
  const [sequence] = await readFile(record('r 1 62.5/1(0) 30 12:00:00 29/02/2024\n@ 16 10/mV 16 0 0 0 0 a long  name'));
  expect(sequence?.rate).toBe(62.5);
  expect(sequence?.channels[0]?.name).toBe('a long name');
});

test.each([
  'r\t2\t 100\t30  \n\n@\t16\t10/mV\t16 0 0 0 0\ta\n  \n @ 16 10/mV 16 0 0 0 0  b  \n',
  '\ufeffr 2 100 30\r@ 16 10/mV 16 0 0 0 0 a\r@ 16 10/mV 16 0 0 0 0 b\r',
  '#first\r\n  # second\r\nr 2 100 30\r\n@ 16 10/mV 16 0 0 0 0 a\r\n#third\r\n@ 16 10/mV 16 0 0 0 0 b',
])('tabs, blanks, comments and line ends wherever they are: %j', async (header) => {
  const [sequence] = await readFile(record(header));
  expect(sequence?.channels.map(({ name }) => name)).toEqual(['a', 'b']);
  expect(sequence).toMatchObject({ rate: 100, notes: [] });
});

test('signals without samples alone are a layout', async () => {
  expect(await reasonOf('r 2 125 0\n~ 0 1/mV 16 0 0 0 0 ABP\nx.dat 0 1/mV')).toBe(
    'it is a layout: it names signals, but holds no samples',
  );
});

describe('FLAC streams', () => {
  const flac = readFileSync(join(signals, 'flac16.dat'));
  const lengthOf = (samples: number) => {
    const copy = Buffer.from(flac);
    copy.writeUInt32BE(samples, 22);
    return copy;
  };

  test.each([
    ['r 3 360\n@ 516\n@ 516\n@ 516', Buffer.from('OggS'.repeat(20)), /does not begin like a FLAC file/],
    ['r 3 360\n@ 516\n@ 516\n@ 516', lengthOf(0), /does not say how long it is/],
    [
      'r 3 360\n@ 516\n@ 516\n@ 516',
      lengthOf(2 ** 32 - 1),
      /promises 4294967295 samples, more than \d+ bytes can hold/,
    ],
    ['r 3 360\n@ 516\n@ 516\n@ 516', lengthOf(121), /is truncated: only 120 of 121 samples are there/],
    ['r 3 360\n@ 516\n@ 516\n@ 516', flac.subarray(0, -20), /is truncated/],
    ['r 2 360\n@ 516\n@ 516', flac, /has 3 channels, not 2/],
    ['r 3 360\n@ 508\n@ 508\n@ 508', flac, /has samples of 16 bits, not 8/],
    ['r 1 360\n@ 516+9', flac, /is said not to begin the file/],
    ['r 2 360\n@ 516x2\n@ 516', flac, /different rates, which FLAC has no room for/],
  ])('%j (example %#) are refused', async (header, data, reason) => {
    expect(await reasonOf(header, data)).toMatch(reason);
  });

  test('of several samples in a frame', async () => {
    const [sequence] = await readFile(record('r 3 100\n@ 516x4\n@ 516x4\n@ 516x4', flac));
    const [single] = await readFile(record('r 3 100\n@ 516\n@ 516\n@ 516', flac));
    expect(sequence?.rate).toBe(400);
    expect(sequence?.channels.map(({ values }) => values)).toEqual(single?.channels.map(({ values }) => values));
  });
});

describe('the header of a signal file', () => {
  const siblings = scratchFolder();
  siblings.write('own.hea', 'own 1 360\nown.dat 16');
  siblings.write('pair.hea', 'pair 2 360\nfirst.dat 16\nsecond.dat 16');
  siblings.write('broken.hea', 'nonsense');
  siblings.write('plain.hea', 'plain 1 360\nelsewhere.dat 16');

  test.each([
    ['own.dat', 'own.hea'],
    ['second.dat', 'pair.hea'],
    ['plain.dat', null],
    ['broken.dat', null],
  ])('%s', async (file, header) => {
    const found = await wfdbHeaderOf(join(siblings.path, file));
    expect(found).toBe(header === null ? null : join(siblings.path, header));
  });

  test('in a folder that is gone', async () => {
    expect(await reasonFor(wfdbHeaderOf(join(siblings.path, 'gone', 'x.dat')))).toMatch(/vanished/);
  });

  test('among the fixtures', async () => {
    expect(await wfdbHeaderOf(join(fixtures, 'two-b.dat'))).toBe(join(fixtures, 'two.hea'));
  });
});
