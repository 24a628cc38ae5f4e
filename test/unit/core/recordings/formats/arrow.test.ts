import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { damaged, damages, endsWell } from '../damage';
import { expectKinds, testTables } from './listTables';
import { fixturesOf, read, readAs } from './read';

const folder = fixturesOf('arrow');

describe('Arrow files', () => {
  test.each(['lz4.feather', 'zstd.feather', 'uncompressed.feather', 'file.arrow', 'stream.arrow'])(
    'hold what PyArrow wrote: %s',
    async (file) => {
      await expectKinds(join(folder, file));
    },
  );

  testTables('arrow', 'feather');

  it('are packed in blocks that refer to each other', async () => {
    const [sequence] = (await read(join(folder, 'blocks.feather'))) ?? [];
    expect(Array.from(sequence?.channels[0]?.values ?? [])).toEqual(
      Array.from({ length: 20_000 }, (_, i) => Math.fround(((i * i) % 1000) / 7)),
    );
  });

  test.each([
    ['stamps-s', 1],
    ['stamps-ms', 50],
    ['stamps-ns', 8000],
    ['clock', 50],
  ])('have times of every unit: %s', async (name, rate) => {
    const [sequence] = (await read(join(folder, `${name}.feather`))) ?? [];
    expect(sequence?.channels.map((channel) => channel.name)).toEqual(['x']);
    expect(sequence?.rate).toBeCloseTo(rate, 1);
  });

  it('have dates', async () => {
    const [sequence] = (await read(join(folder, 'days.feather'))) ?? [];
    expect(sequence?.rate).toBeCloseTo(1 / 86_400, 9);
  });
});

describe('an Arrow file is refused, because', () => {
  const bytes = readFileSync(join(folder, 'lz4.feather'));
  const stream = readFileSync(join(folder, 'stream.arrow'));

  it('it is none', () =>
    expect(readAs('x.arrow', 'a,b\n1,2\n')).rejects.toThrow('it does not begin like an Arrow file'));
  it('it is of the first version of Feather', () =>
    expect(readAs('x.feather', 'FEA1....')).rejects.toThrow(
      'it is a Feather file of the first version, which is not read',
    ));
  it('it is cut off', () =>
    expect(readAs('x.feather', bytes.subarray(0, 5000))).rejects.toThrow(
      'it is truncated: it does not end like an Arrow file',
    ));
  it('a message of its stream has a negative length', () => {
    const end = stream.length - 8;
    const backwards = Buffer.from(Int32Array.of(-1, -8).buffer);
    return expect(readAs('x.arrow', Buffer.concat([stream.subarray(0, end), backwards]))).rejects.toThrow(
      'it is damaged: its description promises more than it has',
    );
  });
  it('its description has a list of more entries than it has bytes', () => {
    const countOfFields = 44;
    expect(stream.readInt32LE(countOfFields)).toBe(10);
    const promising = Buffer.from(stream);
    promising.writeInt32LE(100_000_000, countOfFields);
    return expect(readAs('x.arrow', promising)).rejects.toThrow('its description promises more than it has');
  });
  it('its stream is cut off', () =>
    expect(readAs('x.arrow', stream.subarray(0, 5000))).rejects.toThrow('the Arrow library cannot read all of it'));
  it('it has no rows', () =>
    expect(readAs('x.arrow', stream.subarray(0, 8 + stream.readInt32LE(4)))).rejects.toThrow('it holds no rows'));
  it('what LZ4 packed makes no sense', async () => {
    const copy = Buffer.from(bytes);
    copy.fill(
      255,
      copy.indexOf(Buffer.from('04224d18', 'hex')) + 11,
      copy.indexOf(Buffer.from('04224d18', 'hex')) + 30,
    );
    await expect(readAs('x.feather', copy)).rejects.toThrow('it is damaged: a part that LZ4 packed makes no sense');
  });
  it('it unpacks to too much', () =>
    expect(readAs('x.feather', bytes, { maximumBytes: bytes.length })).rejects.toThrow(
      `it unpacks to more than the limit of ${bytes.length} bytes`,
    ));
  it('it holds only text', () =>
    expect(read(join(folder, 'words.feather'))).rejects.toThrow('it has no numeric column'));
  it('it holds too much', () =>
    expect(readAs('x.feather', bytes, { maximumSamples: 500 })).rejects.toThrow(/samples, more than the limit of 500/));
  it('its lists hold too much', () =>
    expect(read(join(folder, 'series.feather'), { maximumSamples: 300 })).rejects.toThrow(
      'it has more than the 300 samples allowed',
    ));
});

it('files that are read at the same time do not disturb each other', async () => {
  const names = ['lz4', 'zstd', 'uncompressed', 'lz4'];
  await Promise.all(names.map((name) => expectKinds(join(folder, `${name}.feather`))));
});

it('any damage ends well', async () => {
  const originals = readdirSync(folder)
    .filter((file) => /\.(arrow|feather)$/.test(file))
    .map((file) => readFileSync(join(folder, file)));
  const limits = { maximumSamples: 100_000, maximumBytes: 1_000_000 };
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...originals), damages, async (bytes, damage) => {
      await endsWell(readAs('x.arrow', damaged(bytes, damage), limits), limits.maximumSamples);
    }),
    { seed: 42, numRuns: 300 },
  );
}, 120_000);
