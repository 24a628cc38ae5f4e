import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { damaged, damages, endsWell } from '../damage';
import { fixturesOf, plain, read, readAs } from './read';

const folder = fixturesOf('audio');
const files = readdirSync(folder).filter((file) => file.endsWith('.flac'));
const stereo = readFileSync(join(folder, 'stereo-16.flac'));

describe('FLAC files', () => {
  test.each(files)('hold the very samples that were packed: %s', async (file) => {
    const packed = plain(await read(join(folder, file)));
    expect(packed).toEqual(plain(await read(join(folder, file.replace('.flac', '.wav')))));
    expect(packed?.[0]?.channels[0]?.values.length).toBeGreaterThan(500);
  });

  it('may lack a length', async () => {
    const bytes = Buffer.from(stereo);
    bytes.fill(0, 22, 26);
    bytes[21]! &= 0xf0;
    expect(plain(await readAs('x.flac', bytes))).toEqual(plain(await read(join(folder, 'stereo-16.wav'))));
  });

  it('may end in a tag', async () => {
    const tag = Buffer.concat([Buffer.from('TAG'), Buffer.alloc(125)]);
    expect(await readAs('x.flac', Buffer.concat([stereo, tag]))).toHaveLength(1);
  });
});

describe('a FLAC file is refused, because', () => {
  it('it is none', () => expect(readAs('x.flac', 'RIFF....')).rejects.toThrow('it does not begin like a FLAC file'));
  it('it is cut off', () => expect(readAs('x.flac', stereo.subarray(0, -700))).rejects.toThrow(/it is truncated/));
  it('it holds too much', () =>
    expect(readAs('x.flac', stereo, { maximumSamples: 100 })).rejects.toThrow(
      'it holds 4800 samples, more than the limit of 100',
    ));
  it('a frame is damaged', async () => {
    const bytes = Buffer.from(stereo);
    const start = bytes.indexOf(Buffer.from([0xff, 0xf8]));
    bytes[start] = 0;
    await expect(readAs('x.flac', bytes)).rejects.toThrow('it is damaged: one of its frames makes no sense');
  });
});

it('any damage ends well', async () => {
  const originals = files.map((file) => readFileSync(join(folder, file)));
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...originals), damages, async (bytes, damage) => {
      await endsWell(readAs('x.flac', damaged(bytes, damage), { maximumSamples: 100_000 }), 100_000);
    }),
    { seed: 42, numRuns: 500 },
  );
});
