import { describe, expect, test } from 'vitest';
import { readBytes } from './fixtures';
import { npyFile, npyHeader, zipFile } from './write';

type Numbers = readonly number[];

const floats = (values: Numbers, ...shape: number[]) =>
  npyFile(
    npyHeader('<f8', shape.length === 0 ? [values.length] : shape),
    Buffer.from(Float64Array.from(values).buffer),
  );
const integers = (values: Numbers) =>
  npyFile(npyHeader('<i4', [values.length]), Buffer.from(Int32Array.from(values).buffer));
const texts = (...values: string[]) =>
  npyFile(npyHeader('|S8', [values.length]), Buffer.concat(values.map((value) => Buffer.from(value.padEnd(8, '\0')))));
const dates = (first: bigint, step: bigint, count: number) =>
  npyFile(npyHeader('<M8[us]', [count]), Buffer.from(BigInt64Array.from({ length: count }, (_, i) => first + BigInt(i) * step).buffer)); // prettier-ignore

async function read(arrays: Readonly<Record<string, Buffer>>) {
  const entries = Object.entries(arrays).map(([name, data]) => ({ name: `${name}.npy`, data }));
  const sequences = await readBytes('/x.npz', zipFile(entries));
  return sequences.map(({ name, label, rate, channels, notes }) => ({
    name,
    label,
    rate,
    notes,
    channels: channels.map((channel) => [channel.name, ...channel.values]),
    units: channels.map(({ unit }) => unit),
  }));
}

const signal = [5, 3, 8, 1];
const unitNote = 'its clock names no unit: taken for seconds, as its stamps have fractions';

describe('the rate', () => {
  test.each([
    ['sampling_frequency', 250, 250],
    ['sample_rate_hz', 250, 250],
    ['freq', 250, 250],
    ['FrameRate', 30, 30],
    ['dt', 0.02, 50],
    ['sampling_interval_ms', 4, 250],
  ])('is in %s', async (name, value, rate) => {
    expect((await read({ x: floats(signal), [name]: floats([value], 1, 1) }))[0]).toMatchObject({ rate, notes: [] });
  });

  test('may be text', async () => {
    expect((await read({ x: floats(signal), fs: texts('62.5') }))[0]?.rate).toBe(62.5);
    expect((await read({ x: floats(signal), fs: texts('fast') }))[0]).toMatchObject({
      rate: null,
      notes: ['“fs” was left out, because “fast” is no sampling rate'],
    });
  });

  test('is that of the array if it has a clock of its own', async () => {
    expect((await read({ x: floats(signal), t: floats([0, 0.1, 0.2, 0.3]), fs: floats([99]) }))[0]?.rate).toBe(10);
    expect((await read({ x: floats(signal), t: integers([0, 1, 2, 3]), fs: floats([99]) }))[0]?.rate).toBe(99);
  });
});

describe('times', () => {
  test('are not in an array called data', async () => {
    const sequences = await read({ data: floats([1, 2, 3, 4, 5, 6, 7, 8], 4, 2), time: floats([0, 0.5, 1, 1.5]) });
    expect(sequences).toMatchObject([{ rate: 2, channels: [[null, 1, 3, 5, 7], [null, 2, 4, 6, 8]] }]); // prettier-ignore
  });

  test.each(['t', 'time', 'timestamps', 'ts', 'time_axis'])(
    'called %s are the clock of what is as long',
    async (name) => {
      expect(await read({ x: floats(signal), [name]: floats([0, 0.5, 1, 1.5]) })).toEqual([
        { name: 'x', label: null, rate: 2, notes: [unitNote], channels: [[null, ...signal]], units: [null] },
      ]);
    },
  );

  test('make one recording of the arrays that share them', async () => {
    const arrays = { t_ms: floats([0, 20, 40, 60]), x: floats(signal), acc: floats([1, 2, 3, 4, 5, 6, 7, 8], 4, 2) };
    expect(await read(arrays)).toEqual([
      {
        name: null,
        label: null,
        rate: 50,
        notes: [],
        channels: [['x', ...signal], ['acc 1', 1, 3, 5, 7], ['acc 2', 2, 4, 6, 8]], // prettier-ignore
        units: [null, null, null],
      },
    ]);
  });

  test('may be dates, and have gaps', async () => {
    expect((await read({ x: floats(signal), when: dates(1_700_000_000_000_000n, 5000n, 4) }))[0]?.rate).toBe(200);
    const [sequence] = await read({ x: floats([1, 2, 3, 6]), time: floats([0, 1, 2, 5]) });
    expect(sequence?.channels).toEqual([[null, 1, 2, 3, 4, 5, 6]]);
    expect(sequence?.notes[0]).toMatch(/clock is irregular/);
  });

  test('may be those of each sequence', async () => {
    const many = floats(Array.from({ length: 24 }, (_, i) => i), 2, 4, 3); // prettier-ignore
    const own = floats([0, 1, 2, 3, 0, 0.5, 1, 1.5], 2, 4);
    expect((await read({ X: many, time_s: own })).map(({ name, rate }) => [name, rate])).toEqual([['X[0]', 1], ['X[1]', 2]]); // prettier-ignore
    expect((await read({ X: many, time_s: floats([0, 2, 4, 6]) })).map(({ rate }) => rate)).toEqual([0.5, 0.5]);
  });

  test('that do not run are left out', async () => {
    expect((await read({ x: floats(signal), t: floats([0, 0, 0, 0]) }))[0]).toMatchObject({
      rate: null,
      notes: ['“t” was left out, because its values do not run like a clock'],
    });
  });

  test('of another length are a sequence like any other', async () => {
    expect((await read({ x: floats(signal), t: floats([0, 1, 2]) })).map(({ name }) => name)).toEqual(['x', 't']);
  });
});

describe('text', () => {
  const table = floats([1, 2, 3, 4, 5, 6, 7, 8], 4, 2);

  test.each(['channels', 'ch_names', 'columns', 'lead_names', 'labels', 'channel_labels'])(
    'called %s names the channels',
    async (name) => {
      expect((await read({ data: table, [name]: texts('a', 'b'), units: texts('mV', 'g') }))[0]).toMatchObject({
        channels: [['a', 1, 3, 5, 7], ['b', 2, 4, 6, 8]], // prettier-ignore
        units: ['mV', 'g'],
        notes: [],
      });
    },
  );

  test('of another length is left out', async () => {
    expect((await read({ data: table, channels: texts('a', 'b', 'c') }))[0]?.notes).toEqual([
      '“channels” was left out, because it holds text',
    ]);
  });

  test('called labels labels first what it can', async () => {
    const many = floats(Array.from({ length: 24 }, (_, i) => i), 2, 4, 3); // prettier-ignore
    expect((await read({ X: many, labels: texts('a', 'b') })).map(({ label }) => label)).toEqual(['a', 'b']);
  });
});

describe('numbers beside sequences', () => {
  const many = floats(Array.from({ length: 24 }, (_, i) => i), 2, 4, 3); // prettier-ignore

  test('one for each are no sequence', async () => {
    const sequences = await read({ X: many, y: integers([7, 8]), subject: integers([1, 2]) });
    expect(sequences.map(({ name, label }) => [name, label])).toEqual([['X[0]', '7'], ['X[1]', '8']]); // prettier-ignore
    expect(sequences[0]?.notes).toEqual(['“subject” was left out, because it has one value for each sequence']);
  });

  test('a label for every time step is none for the sequence, and no channel', async () => {
    const [sequence, ...others] = await read({ data: floats([1, 2, 3, 4, 5, 6], 3, 2), labels: integers([0, 1, 1]) });
    expect(others).toEqual([]);
    expect(sequence).toMatchObject({
      label: null,
      channels: [{ length: 4 }, { length: 4 }],
      notes: ['“labels” was left out, because it has a label for every time step'],
    });
  });

  test('records are sequences too', async () => {
    const header = `{'descr': [('t', '<f8'), ('x', '<f8')], 'fortran_order': False, 'shape': (3,), }`;
    const data = npyFile(header, Buffer.from(Float64Array.of(0, 5, 0.25, 6, 0.5, 7).buffer));
    expect(await read({ data })).toMatchObject([
      { name: 'data', rate: 4, channels: [['x', 5, 6, 7]], notes: [unitNote] },
    ]);
  });
});
