import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { slabsOf } from '../../../../../src/core/recordings/formats/hdf5/dataset';
import { LibraryThread } from '../../../../../src/core/recordings/formats/thread/watched';
import { defaultReadOptions } from '../../../../../src/core/recordings/reader';
import { damaged, damages, endsWell } from '../damage';
import { fixturesOf, plain, read, readAs } from './read';
import { channelsOf, type Variable } from './variables';

const folder = fixturesOf('hdf5');
const hdf5 = (name: string) => read(join(folder, name));

const expected = JSON.parse(readFileSync(join(folder, 'expected.json'), 'utf8')) as Record<
  string,
  Record<string, Variable>
>;

describe('HDF5 files', () => {
  test.each(['types-earliest.h5', 'types-latest.h5'])('%s holds what h5py wrote', async (file) => {
    const sequences = (await hdf5(file))!;
    expect(sequences.map(({ name }) => name).sort()).toEqual(Object.keys(expected[file]!).sort());
    for (const { name, channels } of sequences) {
      expect(
        channels.map(({ values }) => Array.from(values)),
        name ?? '',
      ).toEqual(channelsOf(expected[file]![name!]!));
    }
  });

  it('tell of their data in attributes', async () => {
    const sequences = (await hdf5('told.h5'))!;
    const summary = sequences.map(({ name, label, rate, channels }) => [
      ...[name, label, rate],
      channels.map((channel) => [channel.name, channel.unit]),
    ]);
    const unnamed = [null, null];
    expect(summary).toEqual([
      ['clocked/data', null, 50, [unnamed, unnamed, unnamed]],
      ['packed', null, null, [unnamed, unnamed]],
      [
        'run/eeg',
        'rest',
        250,
        [
          ['Fz', 'uV'],
          ['Cz', 'uV'],
          ['Pz', 'uV'],
        ],
      ],
      [
        'table',
        null,
        10,
        [
          ['x', null],
          ['y', null],
        ],
      ],
    ]);
    expect(sequences[0]?.notes).toEqual([
      '“complex” was left out, because it holds records of several fields',
      '“lzf” was left out, because it is packed by LZF, which is not read: save it with gzip',
      '“packed-by-lzf” was left out, because it is packed by LZF, which is not read: save it with gzip',
      '“records” was left out, because it holds records of several fields',
      '“text” was left out, because it holds text',
    ]);
    expect(plain(sequences)?.[1]?.channels.map(({ values }) => values)).toEqual([
      [10.5, NaN, 12.5],
      [11, 12, 13],
    ]);
  });

  it('name classes by their groups', async () => {
    const sequences = await hdf5('classes.h5');
    expect(sequences?.map(({ name, label }) => [name, label])).toEqual([
      ...[0, 1, 2].map((i) => [`run/${i}`, 'run']),
      ...[0, 1, 2].map((i) => [`walk/${i}`, 'walk']),
    ]);
  });

  it('label every time step by whole numbers', async () => {
    const sequences = await hdf5('whole.h5');
    expect(sequences?.map(({ name, channels }) => [name, channels.length])).toEqual([
      ['floats/X', 3],
      ['floats/y', 1],
      ['whole/X', 3],
    ]);
    expect(sequences?.[0]?.notes).toContain('“whole/y” was left out, because it has a label for every time step');
  });

  it('give each row its label', async () => {
    const sequences = await hdf5('labelled.h5');
    expect(sequences?.map(({ name, label, rate }) => [name, label, rate])).toEqual([
      ['X[0]', 'a', 100],
      ['X[1]', 'b', 100],
      ['X[2]', 'a', 100],
      ['X[3]', 'b', 100],
    ]);
  });
});

describe('MAT-files of version 7.3', () => {
  it('written by MATLAB', async () => {
    const [sequence] = (await hdf5('matlab.mat'))!;
    const steps = [0, 1, 2, 3, 4, 5, 6, 7, 8].map((i) => Math.fround((i * Math.PI) / 4));
    expect([sequence?.name, Array.from(sequence?.channels[0]?.values ?? [])]).toEqual(['testdouble', steps]);
  });

  it('hold matrices, structures and cells', async () => {
    const sequences = await hdf5('cells.mat');
    expect(
      sequences?.map(({ name, rate, channels }) => [name, rate, channels.map(({ values }) => values.length)]),
    ).toEqual([
      ['X', 125, [60, 60, 60]],
      ['trials{1}', 125, [30, 30, 30]],
      ['trials{2}', 125, [30, 30, 30]],
      ['s.gaze', 125, [60, 60, 60]],
    ]);
    expect(sequences?.[0]?.notes).toEqual(['“name” was left out, because it holds text']);
  });
});

describe('an HDF5 file is refused, because', () => {
  it('it is none', () => expect(readAs('x.h5', 'a,b\n1,2\n')).rejects.toThrow('it does not begin like an HDF5 file'));

  it('it is of an older format', () =>
    expect(readAs('x.nc', Buffer.from('CDF\x01\0\0\0\0'))).rejects.toThrow(
      'it is a NetCDF-3 file, which is not read: convert it with "nccopy -k nc4"',
    ));

  it('it is cut off', () =>
    expect(readAs('x.h5', readFileSync(join(folder, 'classes.h5')).subarray(0, 3000))).rejects.toThrow(
      'it is no HDF5 file, or a damaged one',
    ));

  it('it holds too much', () =>
    expect(read(join(folder, 'told.h5'), { maximumSamples: 100 })).rejects.toThrow(/more than the limit of 100/));
});

describe('the thread of the library', () => {
  const job = (name: string) => {
    const path = join(folder, name);
    return { path, size: readFileSync(path).length, kind: 'hdf5' as const };
  };

  it('is ended when the library does not come to an end, and the next file is read', async () => {
    const thread = new LibraryThread('hdf5.cjs', 'HDF5', 1000);
    const endless = thread.read(job('endless.h5'), defaultReadOptions);
    const next = thread.read(job('classes.h5'), defaultReadOptions);
    await expect(endless).rejects.toThrow('it is damaged: the HDF5 library does not come to an end over it');
    expect(await next).toHaveLength(6);
  });

  it('is ended sooner when the library does not come to an end over little', async () => {
    const thread = new LibraryThread('hdf5.cjs', 'HDF5', 3_600_000, 500);
    const endless = thread.read(job('endless.h5'), defaultReadOptions);
    await expect(endless).rejects.toThrow('the HDF5 library does not come to an end over it');
  });

  it('reads files that are asked for at once one after the other', async () => {
    const thread = new LibraryThread('hdf5.cjs', 'HDF5');
    const names = ['classes.h5', 'labelled.h5', 'classes.h5', 'told.h5'];
    const read = await Promise.all(names.map((name) => thread.read(job(name), defaultReadOptions)));
    expect(read.map(({ length }) => length)).toEqual([6, 4, 6, 4]);
  });

  it('is ended when nobody wants the answer any more', async () => {
    const thread = new LibraryThread('hdf5.cjs', 'HDF5');
    const controller = new AbortController();
    const reading = thread.read(job('endless.h5'), { ...defaultReadOptions, signal: controller.signal });
    const next = thread.read(job('classes.h5'), defaultReadOptions);
    controller.abort(new Error('enough'));
    await expect(reading).rejects.toThrow('enough');
    expect(await next).toHaveLength(6);
  });
});

it('blocks of an array follow each other and miss nothing', () => {
  const shapes = fc.array(fc.integer({ min: 1, max: 7 }), { maxLength: 4 });
  fc.assert(
    fc.property(shapes, fc.integer({ min: 1, max: 60 }), fc.integer({ min: 1, max: 5 }), (shape, most, step) => {
      const places: number[] = [];
      for (const { offset, count } of slabsOf(shape, most, step)) {
        expect(count.reduce((product, length) => product * length, 1)).toBeLessThanOrEqual(most);
        const visit = (axis: number, place: number): void => {
          if (axis === shape.length) places.push(place);
          else for (let i = 0; i < count[axis]!; i++) visit(axis + 1, place * shape[axis]! + offset[axis]! + i);
        };
        visit(0, 0);
      }
      expect(places).toEqual([...Array(shape.reduce((product, length) => product * length, 1)).keys()]);
    }),
    { seed: 42 },
  );
});

it('any damage ends well', async () => {
  const originals = readdirSync(folder)
    .filter((file) => /^(types|told|labelled|cells)/.test(file))
    .map((file) => [file, readFileSync(join(folder, file))] as const);
  const limits = { maximumSamples: 100_000, maximumBytes: 1_000_000 };
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...originals), damages, async ([name, bytes], damage) => {
      await endsWell(readAs(name, damaged(bytes, damage), limits), limits.maximumSamples);
    }),
    { seed: 42, numRuns: 300 },
  );
}, 120_000);
