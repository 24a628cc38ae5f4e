import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { damaged, damages, endsWell } from '../damage';
import { expectKinds, testTables } from './listTables';
import { fixturesOf, read, readAs } from './read';

const folder = fixturesOf('parquet');
const rows = [...Array(200).keys()];

describe('Parquet files', () => {
  test.each(['uncompressed', 'snappy', 'gzip', 'zstd', 'brotli', 'lz4_raw'])(
    'hold what DuckDB wrote: %s',
    async (codec) => {
      const [sequence] = (await read(join(folder, `${codec}.parquet`)))!;
      expect([sequence?.rate, sequence?.label]).toEqual([50, 'walk']);
      expect(sequence?.notes).toEqual([
        'text left out: "remark"',
        'its label was taken from "activity"',
        'columns that count left out: "n"',
      ]);
      expect(sequence?.channels.map(({ name, values }) => [name, Array.from(values)])).toEqual([
        ['x', rows.map((i) => Math.fround(Math.sin(i / 5)))],
        ['y', rows.map((i) => i % 7)],
        ['big', rows.map((i) => i * 5)],
        ['gate', rows.map((i) => Number(i % 3 === 0))],
        ['gaps', rows.map((i) => (i % 10 === 4 ? NaN : i / 4))],
        ['list[0]', rows],
        ['list[1]', rows],
      ]);
    },
  );

  it('of the second version of pages', async () => {
    const [sequence] = (await read(join(folder, 'v2.parquet')))!;
    expect(sequence?.channels.map(({ name }) => name)).toEqual(['x']);
    expect(sequence?.notes).toEqual(['columns that count left out: "n"']);
  });
});

describe('Parquet files of PyArrow', () => {
  testTables('parquet', 'parquet');

  it('have numbers and texts of all kinds', async () => {
    await expectKinds(join(folder, 'pyarrow.parquet'));
  });
});

describe('a Parquet file is refused, because', () => {
  const bytes = readFileSync(join(folder, 'snappy.parquet'));

  it('it is none', () => expect(readAs('x.parquet', 'a,b\n')).rejects.toThrow('it does not begin like a Parquet file'));
  it('it is encrypted', () => expect(readAs('x.parquet', 'PARE....')).rejects.toThrow('it is encrypted'));
  it('it is cut off', () =>
    expect(readAs('x.parquet', bytes.subarray(0, 2000))).rejects.toThrow('the Parquet library cannot read all of it'));
  it('it holds only text', () =>
    expect(read(join(folder, 'words.parquet'))).rejects.toThrow('it has no numeric column'));
  it('it holds too much', () =>
    expect(readAs('x.parquet', bytes, { maximumSamples: 500 })).rejects.toThrow(/samples, more than the limit of 500/));
});

it('any damage ends well', async () => {
  const originals = readdirSync(folder)
    .filter((file) => file.endsWith('.parquet'))
    .map((file) => readFileSync(join(folder, file)));
  const limits = { maximumSamples: 100_000, maximumBytes: 1_000_000 };
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...originals), damages, async (bytes, damage) => {
      await endsWell(readAs('x.parquet', damaged(bytes, damage), limits), limits.maximumSamples);
    }),
    { seed: 42, numRuns: 300 },
  );
}, 120_000);
