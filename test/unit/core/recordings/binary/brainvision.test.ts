import { readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { brainvisionReader } from '../../../../../src/core/recordings/formats/brainvision/brainvision';
import { withSource } from '../../../../../src/core/recordings/source';
import { memorySource, readFile, reasonFor, scratchFolder, signals } from './fixtures';

const folder = scratchFolder();
const text = readFileSync(join(signals, 'multiplexed.vhdr'), 'utf8');
const samples = readFileSync(join(signals, 'multiplexed.eeg'));
folder.write('multiplexed.eeg', samples);
folder.write('multiplexed.vmrk', readFileSync(join(signals, 'multiplexed.vmrk')));

/** The header with some of its text replaced, read from a folder with its samples. */
const read = (search = '', replacement = '', name = 'x.vhdr', options = {}) =>
  readFile(
    folder.write(
      name,
      text.replace(search, () => replacement),
    ),
    options,
  );
const reasonOf = (search: string, replacement: string, options = {}) =>
  reasonFor(read(search, replacement, 'x.vhdr', options));
const notesOf = async (search: string, replacement: string) => (await read(search, replacement))[0]?.notes;

describe('headers that are refused', () => {
  test.each([
    ['Brain Vision', 'Mind Vision', 'it does not begin like a BrainVision header'],
    ['=BINARY', '=ASCII', 'its DataFormat is “ASCII”; only BINARY can be read'],
    ['=MULTIPLEXED', '=SIDEWAYS', 'its DataOrientation is “SIDEWAYS”; only MULTIPLEXED and VECTORIZED can be read'],
    ['DataFormat', 'DataType=FREQUENCYDOMAIN\nDataFormat', /^its DataType is “FREQUENCYDOMAIN”/],
    ['INT_16', 'INT_12', 'its samples are stored as “INT_12”, which is not known'],
    ['NumberOfChannels=3', 'NumberOfChannels=none', '“none” is no number of channels'],
    ['NumberOfChannels=3', 'NumberOfChannels=0', '“0” is no number of channels'],
    ['NumberOfChannels=3', 'NumberOfChannels=99999', 'it promises 99999 channels, more than the limit of 4096'],
    ['Fp1,,0.1', 'Fp1,,often', '“often” is no resolution (channel 1)'],
    ['Fp1,,0.1', 'Fp1,,0', '“0” is no resolution (channel 1)'],
    [
      'DataFile=multiplexed.eeg',
      'DataFile=../x.eeg',
      'its data file “../x.eeg” is not named as a file in the same folder',
    ],
    ['DataFile=multiplexed.eeg', 'DataFile=', 'its data file “” is not named as a file in the same folder'],
    ['DataFile=multiplexed.eeg', 'DataFile=gone.eeg', 'its data file “gone.eeg” cannot be used: it is missing'],
    [
      'MarkerFile=multiplexed.vmrk',
      'MarkerFile=/etc/passwd',
      /^its marker file “\/etc\/passwd” is not named as a file/,
    ],
  ])('%s for %s', async (search, replacement, reason) => {
    expect(await reasonOf(search, replacement)).toMatch(reason);
  });

  test('samples that are empty, a link or cut', async () => {
    folder.write('empty.eeg', '');
    symlinkSync('/etc/hostname', join(folder.path, 'link.eeg'));
    expect(await reasonOf('DataFile=multiplexed', 'DataFile=empty')).toMatch(/“empty.eeg” cannot be used: it is empty/);
    expect(await reasonOf('DataFile=multiplexed', 'DataFile=link')).toMatch(/“link.eeg” .* it is a symbolic link/);
    const cut = text.replace('MULTIPLEXED', 'VECTORIZED').replace('DataPoints=30', 'DataPoints=31');
    expect(await reasonFor(readFile(folder.write('cut.vhdr', cut)))).toMatch(
      /it is truncated: its header promises 31 samples of each channel, but it has 30/,
    );
  });

  test('limits of the options', async () => {
    expect(await reasonOf('', '', { maximumSamples: 89 })).toMatch(/90 samples, more than the limit of 89/);
    expect(await reasonFor(readFile(folder.write('long.vhdr', text + ' '.repeat(2 ** 24))))).toMatch(
      /header is longer/,
    );
  });
});

describe('notes', () => {
  test('on markers', async () => {
    expect(await notesOf('', '')).toEqual(['it has 2 markers: “S  1”, “S  2”']);
    expect(await notesOf('MarkerFile=multiplexed', 'MarkerFile=gone')).toEqual([
      'its marker file “gone.vmrk” cannot be used: it is missing',
    ]);
    expect(await notesOf('MarkerFile=multiplexed.vmrk', '')).toEqual([]);
  });

  test('on the length', async () => {
    expect((await notesOf('DataPoints=30', 'DataPoints=40'))?.[0]).toBe(
      'it is truncated: its header promises 40 samples of each channel, and the 30 that are there were read',
    );
    expect((await notesOf('DataPoints=30', 'DataPoints=20'))?.[0]).toBe('60 bytes after its samples were left out');
  });

  test('on a rate that is not given', async () => {
    const [sequence] = await read('SamplingInterval=2000', '');
    expect(sequence?.rate).toBeNull();
    expect(sequence?.notes).toContain('its header gives no sampling interval, so its rate is not known');
  });

  test('on samples that were renamed with their header', async () => {
    folder.write('renamed.eeg', samples);
    const [sequence] = await read('DataFile=multiplexed', 'DataFile=before', 'renamed.vhdr');
    expect(sequence?.notes[0]).toBe('its data file “before.eeg” is missing, so “renamed.eeg” was read');
    expect(sequence?.channels[0]?.values).toHaveLength(30);
  });
});

test('older headers, in the encoding of Windows', async () => {
  const older = text.replace('Codepage=UTF-8\r\n', '').replace(' Header File Version 1.0', ' Header File Version 1.0');
  const [sequence] = await readFile(folder.write('older.vhdr', Buffer.from(older, 'latin1')));
  expect(sequence?.channels.map(({ unit }) => unit)).toEqual(['µV', 'mV', '°C']);
});

test('$b stands for the name of the header', async () => {
  folder.write('own.eeg', samples);
  expect(await read('DataFile=multiplexed.eeg', 'DataFile=$b.eeg', 'own.vhdr')).toHaveLength(1);
});

test('the files that it consists of, and the headers that are passed over', async () => {
  const path = folder.write('x.vhdr', text);
  const companions = await withSource(path, async (source) => (await brainvisionReader.companions?.(source)) ?? []);
  expect(companions).toEqual(['multiplexed.eeg', 'multiplexed.vmrk'].map((name) => join(folder.path, name)));
  expect(brainvisionReader.claims(memorySource('/x.vhdr', Buffer.from('hardware description')))).toBe(false);
  const broken = folder.write('broken.vhdr', text.replace('INT_16', 'INT_12'));
  expect(await withSource(broken, async (source) => brainvisionReader.companions?.(source))).toEqual([]);
});
