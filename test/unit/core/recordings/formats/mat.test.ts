import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import type { Sequence } from '../../../../../src/core/recordings/sequence';
import { damaged, damages, endsWell } from '../damage';
import { fixturesOf, plain, read, readAs } from './read';
import { channelsOf, type Variable } from './variables';

const folder = fixturesOf('mat');

const expected = JSON.parse(readFileSync(join(folder, 'expected.json'), 'utf8')) as Record<
  string,
  Record<string, Variable | null>
>;

const mat = (name: string) => read(join(folder, name));

function valuesOf(sequence: Sequence | undefined): number[][] | undefined {
  return sequence?.channels.map(({ values }) => Array.from(values));
}

describe('MAT-files', () => {
  test.each(Object.entries(expected))('hold what SciPy reads: %s', async (file, variables) => {
    const sequences = (await mat(file).catch(() => [])) ?? [];
    for (const [name, variable] of Object.entries(variables)) {
      const sequence = sequences.find((candidate) => candidate.name === name);
      if (variable === null || variable.shape.length !== 2 || sequence === undefined) continue;
      if (sequences.some((candidate) => candidate.name === `${name}[0]`)) continue;
      expect(valuesOf(sequence), name).toEqual(channelsOf(variable));
    }
  });

  test.each(['bearing.mat', 'bearing-plain.mat', 'bearing-v4.mat'])(
    '%s: vectors side by side are channels',
    async (file) => {
      const [sequence, ...others] = (await mat(file))!;
      expect(others).toEqual([]);
      expect(sequence?.channels.map(({ name }) => name)).toEqual(['X097_DE_time', 'X097_FE_time']);
      expect(sequence?.notes).toEqual(['“X097RPM” was left out, because it holds a single number']);
      expect(valuesOf(sequence)?.[0]).toEqual(channelsOf(expected[file]!['X097_DE_time']!)[0]);
    },
  );

  test.each(['clock.mat', 'clock-v4.mat'])('%s: a vector of times is the clock', async (file) => {
    const [sequence] = (await mat(file))!;
    expect([sequence?.rate, sequence?.channels.map(({ name }) => name)]).toEqual([200, ['acc_x', 'acc_y']]);
  });

  it('numbers of every type', async () => {
    const names = Object.keys(expected['types.mat']!);
    expect(names).toHaveLength(10);
    expect((await mat('types.mat'))?.map(({ name }) => name)).toEqual(names);
  });

  it('give each row its label and all the rate', async () => {
    const sequences = await mat('labelled.mat');
    expect(sequences?.map(({ name, label, rate }) => [name, label, rate])).toEqual([
      ['X[0]', 'rest', 50],
      ['X[1]', 'walk', 50],
      ['X[2]', 'rest', 50],
      ['X[3]', 'run', 50],
    ]);
  });

  it('hold many sequences in a cube', async () => {
    const sequences = await mat('many.mat');
    expect(sequences?.map(({ name, label, channels }) => [name, label, channels.length])).toEqual([
      ['data[0]', '1', 2],
      ['data[1]', '2', 2],
      ['data[2]', '1', 2],
    ]);
  });

  it('hold structures, whose fields have rates of their own', async () => {
    const sequences = await mat('structure.mat');
    expect(sequences?.map(({ name, rate, channels }) => [name, rate, channels.length])).toEqual([
      ['subject.eeg', 250, 3],
      ['subject.inner.gaze', 250, 3],
      ['other.gaze', 10, 3],
    ]);
    expect(sequences?.[0]?.notes).toEqual(['“subject.name” was left out, because it holds text']);
  });

  it('hold cells', async () => {
    const sequences = await mat('cells.mat');
    expect(sequences?.map(({ name, channels }) => [name, channels[0]?.values.length])).toEqual([
      ['trials{1}', 10],
      ['trials{2}', 20],
    ]);
  });

  it('keep numbered vectors apart', async () => {
    expect((await mat('numbered.mat'))?.map(({ name }) => name)).toEqual(['trial1', 'trial2', 'trial3']);
  });

  it('say what is left out', async () => {
    const [sequence] = (await mat('left-out.mat'))!;
    expect([sequence?.name, sequence?.notes]).toEqual([
      'good',
      [
        '“bad” was left out, because it holds complex numbers',
        '“sparse” was left out, because it is a sparse matrix',
        '“nothing” was left out, because it holds no samples',
      ],
    ]);
  });

  test.each(readdirSync(folder).filter((file) => file.endsWith('-plain.mat')))(
    '%s reads as when it is packed',
    async (file) => {
      expect(plain(await mat(file))).toEqual(plain(await mat(file.replace('-plain', ''))));
    },
  );

  it('of other machines have their bytes in another order', async () => {
    expect(plain(await mat('matlab/big_endian.mat'))).toEqual(plain(await mat('matlab/little_endian.mat')));
    expect(valuesOf((await mat('matlab/testmatrix_4.2c_SOL2.mat'))?.[0])).toEqual([
      [1, 2, 3, 4, 5],
      [2, 0, 0, 0, 0],
      [3, 0, 0, 0, 0],
    ]);
  });
});

describe('a MAT-file is refused, because', () => {
  it('it is none', () =>
    expect(readAs('x.mat', Buffer.alloc(300))).rejects.toThrow('it does not begin like a MATLAB file'));

  it('it is cut off', async () => {
    const bytes = readFileSync(join(folder, 'types-plain.mat'));
    await expect(readAs('x.mat', bytes.subarray(0, 500))).rejects.toThrow(
      'it is truncated: one of its variables is longer than the file',
    );
    await expect(readAs('x.mat', readFileSync(join(folder, 'bearing-v4.mat')).subarray(0, 200))).rejects.toThrow(
      'it is truncated: one of its variables is longer than the file',
    );
  });

  it('it cannot be unpacked', async () => {
    const bytes = readFileSync(join(folder, 'physionet.mat'));
    bytes.fill(7, 150, 400);
    await expect(readAs('x.mat', bytes)).rejects.toThrow('it is damaged: one of its variables cannot be unpacked');
  });

  it('it holds too much', async () => {
    await expect(read(join(folder, 'types.mat'), { maximumSamples: 100 })).rejects.toThrow(
      /samples, more than the limit of 100/,
    );
    await expect(read(join(folder, 'structure.mat'), { maximumBytes: 2000 })).rejects.toThrow(
      /it unpacks to \d+ bytes, more than the limit of 2000/,
    );
  });

  it('it holds complex numbers', () =>
    expect(mat('matlab/testcomplex_7.1_GLNX86.mat')).rejects.toThrow(
      'it holds no array that can be read; “testcomplex” was left out, because it holds complex numbers',
    ));

  it('it holds objects', () => expect(mat('matlab/testobject_7.1_GLNX86.mat')).rejects.toThrow(/MATLAB object/));
});

/** A variable of version 4: numbers of double precision (0) or of 16 bits (3), one column after the other. */
function variable(name: string, columns: readonly (readonly number[])[], type: 0 | 3): Buffer {
  const head = Buffer.alloc(20);
  const values = columns.flat();
  [10 * type, columns[0]?.length ?? 0, columns.length, 0, name.length + 1].forEach((n, i) =>
    head.writeInt32LE(n, 4 * i),
  );
  const numbers = type === 0 ? Float64Array.from(values) : Int16Array.from(values);
  return Buffer.concat([head, Buffer.from(`${name}\0`), Buffer.from(numbers.buffer)]);
}

it('whole numbers label every time step, others are a signal', async () => {
  const wave = (step: number) => Array.from({ length: 60 }, (_, i) => Math.sin(i / step));
  const labels = Array.from({ length: 60 }, (_, i) => Math.floor(i / 20));
  const file = (type: 0 | 3) => Buffer.concat([variable('X', [wave(3), wave(5)], 0), variable('y', [labels], type)]);
  const whole = await readAs('x.mat', file(3));
  expect(whole?.map(({ name }) => name)).toEqual(['X']);
  expect(whole?.[0]?.notes).toEqual(['“y” was left out, because it has a label for every time step']);
  expect((await readAs('x.mat', file(0)))?.map(({ name }) => name)).toEqual(['X', 'y']);
});

it('text is passed over', async () => {
  expect(await readAs('x.mat', '%YAML 1.1\nMaterial:\n')).toBeNull();
});

it('any damage ends well', async () => {
  const originals = [...readdirSync(folder), ...readdirSync(join(folder, 'matlab')).map((file) => `matlab/${file}`)]
    .filter((file) => file.endsWith('.mat'))
    .map((file) => readFileSync(join(folder, file)));
  const limits = { maximumSamples: 100_000, maximumBytes: 1_000_000 };
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...originals), damages, async (bytes, damage) => {
      await endsWell(readAs('x.mat', damaged(bytes, damage), limits), limits.maximumSamples);
    }),
    { seed: 42, numRuns: 2000 },
  );
});
