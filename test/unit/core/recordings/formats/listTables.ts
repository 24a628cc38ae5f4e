import { join } from 'node:path';
import { expect, it } from 'vitest';
import { fixturesOf, read } from './read';

const rows = [...Array(200).keys()];

/** Tests of tables with lists, which PyArrow wrote to `FOLDER/NAME.EXTENSION`. */
export function testTables(folder: string, extension: string): void {
  const path = (name: string) => join(fixturesOf(folder), `${name}.${extension}`);

  it('have vectors for each time step, and times beyond milliseconds', async () => {
    const [sequence, ...more] = (await read(path('vectors'))) ?? [];
    expect([more, sequence?.notes]).toEqual([[], []]);
    expect(sequence?.rate).toBeCloseTo(4000, 1);
    const known = (value: (i: number) => number) => rows.map((i) => (i === 5 ? NaN : value(i)));
    expect(sequence?.channels.map(({ name, values }) => [name, Array.from(values)])).toEqual([
      ['acc[0]', known((i) => i)],
      ['acc[1]', known((i) => i * 2)],
      ['acc[2]', known((i) => 0 - i)],
      ['pos[0]', rows.map((i) => i / 2)],
      ['pos[1]', rows.map((i) => i / 4)],
    ]);
  });

  it('have a recording in each row', async () => {
    const sequences = (await read(path('series'))) ?? [];
    const kept = [0, 1, 2, 3, 5];
    expect(sequences.map(({ name, label }) => [name, label])).toEqual(
      kept.map((k) => [`s${k}`, k % 2 ? 'run' : 'walk']),
    );
    for (const [i, { channels, notes }] of sequences.entries()) {
      const k = kept[i] ?? NaN;
      const steps = [...Array(70 + k).keys()];
      expect(notes).toEqual(['a row without samples left out']);
      expect(channels.map(({ name, values }) => [name, Array.from(values)])).toEqual([
        ['x', steps.map((t) => Math.fround(Math.sin(((k + 1) * t) / 9)))],
        ['y', steps.map((t) => t * 2)],
      ]);
    }
  });

  it('have a matrix in each row', async () => {
    const sequences = (await read(path('matrices'))) ?? [];
    expect(sequences.map(({ label }) => label)).toEqual(['a', 'b']);
    expect(sequences[1]?.channels.map(({ name, values }) => [name, Array.from(values)])).toEqual(
      [0, 1, 2].map((c) => [`values[${c}]`, [...Array(40).keys()].map((t) => c * 100 + ((t * t) % 50) + 1)]),
    );
  });

  it('have records, which are left out', async () => {
    const [sequence] = (await read(path('records'))) ?? [];
    expect(sequence?.channels.map(({ name }) => name)).toEqual(['x']);
    expect(sequence?.notes).toEqual(['columns of records or of deeper lists left out: “where”']);
  });
}

/** What the table of all kinds of cells is to hold. */
export async function expectKinds(path: string): Promise<void> {
  const [sequence, ...more] = (await read(path)) ?? [];
  expect([more, sequence?.label]).toEqual([[], 'walk']);
  expect(sequence?.rate).toBeCloseTo(4000, 1);
  expect(sequence?.notes).toEqual([
    'empty columns left out: "nothing"',
    'text left out: "remark"',
    'its label was taken from "activity"',
  ]);
  expect(sequence?.channels.map(({ name, values }) => [name, Array.from(values)])).toEqual([
    ['x', rows.map((i) => Math.fround(Math.sin(i / 5)))],
    ['gaps', rows.map((i) => (i % 10 === 4 ? NaN : i / 4))],
    ['whole', rows.map((i) => (i === 7 ? NaN : i * 5))],
    ['byte', rows.map((i) => (i * 7) % 256)],
    ['gate', rows.map((i) => Number(i % 3 === 0))],
    ['price', rows.map((i) => Math.fround((i * 37 - 900) / 1000))],
  ]);
}
