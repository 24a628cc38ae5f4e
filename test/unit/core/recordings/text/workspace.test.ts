import { existsSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { defaultReadOptions, type Reader } from '../../../../../src/core/recordings/reader';
import { stepsOf, type Sequence } from '../../../../../src/core/recordings/sequence';
import { withSource } from '../../../../../src/core/recordings/source';
import { arffReader } from '../../../../../src/core/recordings/formats/arff/arff';
import { delimitedReader } from '../../../../../src/core/recordings/formats/delimited/delimited';
import { tsReader } from '../../../../../src/core/recordings/formats/ts/ts';
import { ucrReader } from '../../../../../src/core/recordings/formats/ucr/ucr';

const folder = new URL('../../../../../../shared/data/workspace/', import.meta.url).pathname;
const present = existsSync(folder);
if (!present) console.log('skipped: real recordings are not at ../shared/data/workspace');

const readers: readonly Reader[] = [delimitedReader, ucrReader, tsReader, arffReader];

async function readAll(subfolder: string): Promise<Map<string, [string, readonly Sequence[]]>> {
  const files = new Map<string, [string, readonly Sequence[]]>();
  for (const name of readdirSync(folder + subfolder)) {
    await withSource(`${folder}${subfolder}/${name}`, async (source) => {
      const claiming = readers.filter(
        (reader) => reader.extensions.includes(source.extension) && reader.claims(source),
      );
      expect(claiming.length).toBeLessThan(2);
      if (claiming[0]) files.set(name, [claiming[0].format, await claiming[0].read(source, defaultReadOptions)]);
    });
  }
  return files;
}

describe.skipIf(!present)('real recordings', () => {
  it('walking: no header, seconds at an irregular clock', async () => {
    const files = [...(await readAll('walking')).values()];
    expect(files).toHaveLength(79);
    for (const [format, [sequence]] of files) {
      expect([format, sequence!.channels.length]).toEqual(['delimited', 3]);
      expect(sequence!.rate).toBeGreaterThan(25);
      expect(sequence!.rate).toBeLessThan(40);
      expect(stepsOf(sequence!)).toBeLessThan(1000);
    }
  });

  it('gaze: a header, milliseconds, empty cells', async () => {
    const files = [...(await readAll('gaze')).values()];
    expect(files).toHaveLength(114);
    for (const [, [sequence]] of files) {
      expect(sequence!.channels.map((channel) => channel.name)).toEqual(['x', 'y']);
      expect(sequence!.rate).toBeGreaterThan(10);
      expect(sequence!.rate).toBeLessThan(60);
    }
  });

  it('plant: 52 columns between blanks in files called .dat', async () => {
    const files = [...(await readAll('plant')).values()];
    expect(files).toHaveLength(22);
    for (const [, [sequence]] of files) {
      expect([sequence!.channels.length, sequence!.rate]).toEqual([52, null]);
      expect(stepsOf(sequence!)).toBeGreaterThan(300);
    }
  });

  it('ecg: WFDB signals called .dat are left to others', async () => {
    expect((await readAll('ecg')).size).toBe(0);
  });

  it('archive: many sequences in a file, with their labels', async () => {
    const files = await readAll('archive');
    const summary = [...files].map(([name, [format, sequences]]) => {
      const labels = new Set(sequences.map((sequence) => sequence.label));
      return [name, format, sequences.length, sequences[0]!.channels.length, labels.size];
    });
    expect(summary).toEqual([
      ['BME_TEST.tsv', 'ucr', 150, 1, 3],
      ['BME_TRAIN.tsv', 'ucr', 30, 1, 3],
      ['BasicMotions_TRAIN.arff', 'arff', 40, 6, 4],
      ['BasicMotions_TRAIN.ts', 'ts', 40, 6, 4],
      ['DodgerLoopDay_TEST.tsv', 'ucr', 80, 1, 7],
      ['DodgerLoopDay_TRAIN.tsv', 'ucr', 78, 1, 7],
      ['JapaneseVowels_TRAIN.ts', 'ts', 270, 12, 9],
      ['SwedishLeaf_TEST.tsv', 'ucr', 625, 1, 15],
      ['SwedishLeaf_TRAIN.tsv', 'ucr', 500, 1, 15],
      ['ToeSegmentation1_TEST.tsv', 'ucr', 228, 1, 2],
      ['ToeSegmentation1_TRAIN.tsv', 'ucr', 40, 1, 2],
    ]);
    const values = (name: string) =>
      files.get(name)![1].map((sequence) => sequence.channels.map((channel) => channel.values));
    expect(values('BasicMotions_TRAIN.arff')).toEqual(values('BasicMotions_TRAIN.ts'));
  });
});
