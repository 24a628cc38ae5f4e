import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { supportedExtensions } from '../../../../../src/core/recordings/registry';
import { damaged, damages, endsWell } from '../damage';
import { fixturesOf, plain, read, readAs } from './read';

const text = fixturesOf('text');
const binary = fixturesOf('binary');
const table = 'a,b\n' + Array.from({ length: 20_000 }, (_, t) => `${t % 17},${(t * 7) % 23}\n`).join('');

describe('a packed file', () => {
  it('holds what gzip was given', async () => {
    const packed = await read(join(fixturesOf('gzip'), 'comma.csv.gz'));
    expect(plain(packed)).toEqual(plain(await read(join(text, 'comma.csv'))));
    expect(packed?.[0]?.channels.length).toBeGreaterThan(1);
  });

  const packable = [
    ...readdirSync(text).map((name) => join(text, name)),
    ...readdirSync(binary).map((name) => join(binary, name)),
  ].filter((path) => supportedExtensions.has(`${/\.\w+$/.exec(path)?.[0]}.gz`));

  it.each(packable)('reads as what was packed: %s', async (path) => {
    const outcome = (reading: Promise<unknown>) => reading.catch((error: unknown) => String(error));
    const name = path.split('/').at(-1)!;
    const packed = await outcome(readAs(`${name}.gz`, gzipSync(readFileSync(path))).then(plain));
    expect(packed).toEqual(await outcome(read(path).then(plain)));
  });

  it('may be larger than its head, and be packed in several parts', async () => {
    const bytes = Buffer.from(table);
    const parts = Buffer.concat([gzipSync(bytes.subarray(0, 90_001)), gzipSync(bytes.subarray(90_001))]);
    expect(plain(await readAs('x.csv.gz', parts))).toEqual(plain(await readAs('x.csv', table)));
  });

  it('is passed over when nobody reads what is inside', async () => {
    expect(await readAs('x.tar.gz', gzipSync('x'))).toBeNull();
    expect(await readAs('x.gz', gzipSync(table))).toBeNull();
    expect(await readAs('x.ts.gz', gzipSync('export const a = 1;\n'))).toBeNull();
    expect(await readAs('x.json.gz', gzipSync('{"name": "x"}'))).toBeNull();
  });
});

describe('a packed file is refused, because', () => {
  it('it is not packed', () => expect(readAs('x.csv.gz', table)).rejects.toThrow('it does not begin like a gzip file'));

  it('it is cut off', () =>
    expect(readAs('x.csv.gz', gzipSync(table).subarray(0, -100))).rejects.toThrow(
      'it is truncated: it cannot be unpacked to its end',
    ));

  it('it is damaged', async () => {
    const bytes = gzipSync(table);
    bytes[bytes.length - 6]! ^= 1;
    await expect(readAs('x.csv.gz', bytes)).rejects.toThrow('it is damaged: it cannot be unpacked to its end');
  });

  it('it unpacks to too much', () =>
    expect(readAs('x.csv.gz', gzipSync(Buffer.alloc(2 ** 26, '1,2\n')), { maximumBytes: 2 ** 21 })).rejects.toThrow(
      'it unpacks to more than the limit of 2 MB (setting kindred.files.maximumMegabytes)',
    ));

  it('an array inside it is cut off', () =>
    expect(readAs('x.npy.gz', gzipSync(readFileSync(join(binary, 'many.npy')).subarray(0, -8)))).rejects.toThrow(
      /truncated/,
    ));
});

it('stops when it is asked to', async () => {
  const reason = new Error('enough');
  const reading = readAs('x.csv.gz', gzipSync(table), { signal: AbortSignal.abort(reason) });
  await expect(reading).rejects.toBe(reason);
});

it('any damage ends well', async () => {
  const originals = ['comma.csv', 'made.ts'].map((name) => [name, gzipSync(readFileSync(join(text, name)))] as const);
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...originals), damages, async ([name, bytes], damage) => {
      const limits = { maximumSamples: 100_000, maximumBytes: 1_000_000 };
      await endsWell(readAs(`${name}.gz`, damaged(bytes, damage), limits), limits.maximumSamples);
    }),
    { seed: 42, numRuns: 300 },
  );
});
