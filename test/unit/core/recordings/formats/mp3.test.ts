import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { damaged, damages, endsWell } from '../damage';
import { fixturesOf, plain, read, readAs } from './read';
import { expectUnpacked } from './sound';

const folder = fixturesOf('mp3');
const files = readdirSync(folder).filter((file) => file.endsWith('.mp3'));
const stereo = readFileSync(join(folder, 'stereo-44100.mp3'));
/** Decoders round differently. */
const tolerance = 2 / 2 ** 15;

describe('MP3 files', () => {
  test.each(files)('hold what FFmpeg unpacks: %s', async (file) => {
    await expectUnpacked(join(folder, file), tolerance);
  });

  it('may begin with several tags and with what is no sound', async () => {
    const tag = Buffer.from([...Buffer.from('ID3'), 4, 0, 0, 0, 0, 1, 2, ...Array<number>(130).fill(0xff)]);
    const file = Buffer.concat([tag, stereo.subarray(0, 0), Buffer.alloc(300), withoutTag(stereo)]);
    expect(plain(await readAs('x.mp3', file))).toEqual(plain(await read(join(folder, 'stereo-44100.mp3'))));
  });
});

it('frames that cannot be unpacked are left out', async () => {
  const bytes = Buffer.from(readFileSync(join(folder, 'untagged.mp3')));
  // The frames after the first refer to what was before.
  const second = bytes.indexOf(bytes.subarray(0, 3), 1);
  const whole = (await readAs('x.mp3', bytes)) ?? [];
  const [cut] = (await readAs('x.mp3', bytes.subarray(second))) ?? [];
  const steps = whole[0]?.channels[0]?.values.length ?? 0;
  const left = cut?.channels[0]?.values.length ?? 0;
  const told = Number(/^(\d+) samples that are damaged left out$/.exec(cut?.notes[0] ?? '')?.[1] ?? 0);
  expect(left + told).toBe(steps - 576);
});

function withoutTag(bytes: Buffer): Buffer {
  return bytes.subarray(bytes.indexOf(Buffer.from([0xff, 0xfb])));
}

describe('an MP3 file is refused, because', () => {
  it('it is none', () => expect(readAs('x.mp3', 'RIFF....')).rejects.toThrow('it holds no frame of an MP3 file'));
  it('it is cut off', () =>
    expect(readAs('x.mp3', stereo.subarray(0, stereo.length - 2000))).rejects.toThrow(
      /^it is truncated: only \d+ of \d+ frames are there$/,
    ));
  it('it holds too much', () =>
    expect(readAs('x.mp3', stereo, { maximumSamples: 1000 })).rejects.toThrow(
      'it has more than the 1,000 samples allowed',
    ));
  it('its channels change', () => {
    const mono = withoutTag(readFileSync(join(folder, 'mono-48000.mp3')));
    const pair = Buffer.concat([...Array<Buffer>(60).fill(withoutTag(stereo)), ...Array<Buffer>(60).fill(mono)]);
    return expect(readAs('x.mp3', pair)).rejects.toThrow(
      'it is damaged: its sampling rate or its number of channels changes',
    );
  });
});

it('any damage ends well', async () => {
  const originals = files.map((file) => readFileSync(join(folder, file)));
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...originals), damages, async (bytes, damage) => {
      await endsWell(readAs('x.mp3', damaged(bytes, damage), { maximumSamples: 100_000 }), 100_000);
    }),
    { seed: 42, numRuns: 300 },
  );
}, 120_000);
