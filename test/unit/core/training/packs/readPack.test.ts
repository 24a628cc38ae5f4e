import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { PackError } from '../../../../../src/core/training/packs/pack';
import { readPack } from '../../../../../src/core/training/packs/readPack';
import { smallPack, temporaryFolder, writePack, type PackFiles } from './writePack';

async function readChanged(change: (files: PackFiles) => void, name = 'small') {
  const files = smallPack();
  change(files);
  return readPack(await writePack(join(await temporaryFolder(), name), files));
}

describe('readPack', () => {
  it('gives every sequence its samples, label and columns', async () => {
    const pack = await readChanged(() => undefined);
    expect(pack).toMatchObject({ name: 'small', domain: 'test', channels: 2, excludeBy: 'part' });
    expect(pack.columnValues['label']).toEqual(['anna', 'ben']);
    expect(pack.sequences.map(({ label, columns }) => [label, columns['part']])).toEqual([
      [0, 0],
      [0, 1],
      [0, 2],
      [1, 0],
      [1, 1],
      [1, 2],
    ]);
    // Stored values 4, 5, ... from time step 2 on; the biases of sequence 1 are 2 and 3.
    expect(pack.sequences[1]!.channels).toEqual([
      Float32Array.of(4 / 2 + 2, 6 / 2 + 2, 8 / 2 + 2),
      Float32Array.of(2 * 5 + 3, 2 * 7 + 3, 2 * 9 + 3),
    ]);
  });

  it('takes the excluding column from the description, and else by the known names', async () => {
    const excludeBy = async (change: (files: PackFiles) => void) => (await readChanged(change)).excludeBy;
    expect(await excludeBy(({ json }) => (json['exclude'] = 'label'))).toBe('label');
    expect(await excludeBy(({ json }) => (json['exclude'] = null))).toBeNull();
    const without = (files: PackFiles, name: string) => {
      files.arrays[name] = files.arrays['part']!;
      delete files.arrays['part'];
      files.json['columns'] = { label: 2, [name]: 3 };
      files.json['column_values'] = {};
    };
    expect(
      await excludeBy((files) => {
        without(files, 'word');
      }),
    ).toBe('word');
    expect(
      await excludeBy((files) => {
        without(files, 'drawer');
      }),
    ).toBeNull();
    expect(
      await excludeBy((files) => {
        without(files, 'session');
      }),
    ).toBeNull();
  });

  it('takes numbers as names of values', async () => {
    const pack = await readChanged(({ json }) => (json['column_values'] = { label: [7, 'ben'] }));
    expect(pack.columnValues).toEqual({ label: ['7', 'ben'] });
  });

  it('calls a set of the UCR archive by its folder', async () => {
    expect((await readChanged(({ json }) => (json['domain'] = 'ucr'), 'Car')).name).toBe('ucr/Car');
  });
});

const column = (values: Int32Array) => ({ shape: [values.length], values });

const damages: [what: string, change: (files: PackFiles) => void, message: RegExp][] = [
  ['a column that is missing', ({ arrays }) => delete arrays['part'], /no array “part”/],
  ['no values', ({ arrays }) => delete arrays['values'], /no array “values”/],
  ['no scale', ({ arrays }) => delete arrays['scale'], /no array “scale”/],
  ['no column label', ({ json }) => (json['columns'] = { part: 3 }), /no column “label”/],
  ['no columns', ({ json }) => delete json['columns'], /columns/],
  ['a column called like an array', ({ json }) => (json['columns'] = { label: 2, bias: 3 }), /“bias”/],
  ['an excluding column it lacks', ({ json }) => (json['exclude'] = 'word'), /“exclude” names the column “word”/],
  ['a column of another length', ({ arrays }) => (arrays['part'] = column(Int32Array.of(0, 1))), /2 values for 6/],
  ['offsets that end elsewhere', ({ arrays }) => (arrays['offsets']!.values[6] = 17), /offsets run from 0 to 17/],
  ['offsets that begin elsewhere', ({ arrays }) => (arrays['offsets']!.values[0] = 1), /offsets run from 1/],
  ['a sequence without samples', ({ arrays }) => (arrays['offsets']!.values[3] = 5), /sequence 2 holds no samples/],
  ['no sequences', ({ arrays }) => (arrays['offsets'] = column(Int32Array.of(0))), /no sequences/],
  [
    'a scale of another shape',
    ({ arrays }) => (arrays['scale'] = { shape: [6, 1], values: new Float32Array(6) }),
    /“scale” is \[6, 1\] and not \[6, 2\]/,
  ],
  ['a scale of one axis', ({ arrays }) => (arrays['scale'] = { shape: [12], values: new Float32Array(12) }), /1 axes/],
  ['other channels', ({ json }) => (json['channels'] = ['x']), /2 channels, and its description names 1/],
  ['a code that stands for nothing', ({ arrays }) => (arrays['label']!.values[3] = 2), /“label” holds 2/],
  ['NaN as a scale', ({ arrays }) => (arrays['scale']!.values[5] = NaN), /sequence 2 holds a sample that is no number/],
  ['infinite samples', ({ arrays }) => (arrays['bias']!.values[0] = Infinity), /sequence 0 holds a sample/],
  [
    'NaN as a value',
    ({ arrays }) => (arrays['values'] = { shape: [18, 2], values: new Float32Array(36).fill(NaN, 35) }),
    /sequence 5 holds a sample/,
  ],
  ['one label only', ({ arrays }) => arrays['label']!.values.fill(1), /all its sequences have the same label/],
  [
    'a label for each sequence',
    ({ arrays, json }) => {
      arrays['label'] = column(Int32Array.of(0, 1, 2, 3, 4, 5));
      json['column_values'] = {};
    },
    /every label has a single sequence/,
  ],
];

describe('readPack refuses', () => {
  it.each(damages)('%s', async (_, change, message) => {
    const error: unknown = await readChanged(change).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(PackError);
    expect((error as PackError).message).toMatch(message);
    expect((error as PackError).message).toContain('small');
  });

  it('files that are damaged or not there', async () => {
    const path = join(await temporaryFolder(), 'small');
    const npz = await writePack(path, smallPack());
    await writeFile(npz, 'not a zip file');
    await expect(readPack(npz)).rejects.toThrow(/zip/);
    await writeFile(`${path}.json`, '{"columns": ');
    await expect(readPack(npz)).rejects.toThrow(/is not JSON/);
    await expect(readPack(join(path, 'other.npz'))).rejects.toThrow(PackError);
  });
});
