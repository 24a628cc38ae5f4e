import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { NumberType } from '../../../../../src/core/recordings/formats/pcm/codecs';
import { readBytes, readFile, scratchFolder } from './fixtures';
import { arbitraries, encode } from './numbers';
import { wavFile } from './write';

const runs = { seed: 20240229, numRuns: 150 };

test('sounds come back as they were written', async () => {
  const bits = fc.constantFrom<[NumberType, number, number]>(
    ['u1', 8, 1],
    ['i2', 16, 1],
    ['i3', 24, 1],
    ['i4', 32, 1],
    ['f4', 32, 3],
    ['f8', 64, 3],
  );
  const sounds = bits.chain(([type, bits, tag]) =>
    fc.record({
      type: fc.constant(type),
      bits: fc.constant(bits),
      tag: fc.constant(tag),
      frames: fc.integer({ min: 1, max: 5 }).chain((channels) =>
        fc.array(fc.array(arbitraries[type], { minLength: channels, maxLength: channels }), {
          minLength: 1,
          maxLength: 20,
        }),
      ),
    }),
  );
  await fc.assert(
    fc.asyncProperty(sounds, async ({ type, bits, tag, frames }) => {
      const channels = frames[0]!.length;
      const [sequence] = await readBytes('/x.wav', wavFile(encode(type, frames.flat(), true), { bits, tag, channels }));
      const scaled = (value: number) => {
        if (tag === 3) return Math.fround(value);
        return Math.fround((type === 'u1' ? value - 128 : value) / 2 ** (bits - 1));
      };
      expect(sequence?.channels.map(({ values }) => [...values])).toEqual(
        frames[0]!.map((_, c) => frames.map((frame) => scaled(frame[c]!))),
      );
    }),
    runs,
  );
});

describe('WFDB records', () => {
  const folder = scratchFolder();
  const formats = { 16: 16, 24: 24, 32: 32, 80: 8, 212: 12 } as const;
  type Format = keyof typeof formats;

  /** Format 212 sample by sample: the low byte first, its high bits in the middle byte that both share. */
  function encode212(samples: readonly number[]): Buffer {
    const bytes: number[] = [];
    for (const [i, sample] of samples.entries()) {
      const low = (sample & 0xfff) % 256;
      const high = Math.floor((sample & 0xfff) / 256);
      if (i % 2 === 0) bytes.push(low, high);
      else bytes.push((bytes.pop() ?? 0) + 16 * high, low);
    }
    return Buffer.from(bytes);
  }

  function encodeAs(format: Format, samples: readonly number[]): Buffer {
    if (format === 212) return encode212(samples);
    if (format === 80) return Buffer.from(samples.map((sample) => sample + 128));
    return encode(`i${formats[format] / 8}` as NumberType, samples, true);
  }

  const recordings = fc.constantFrom<Format>(16, 24, 32, 80, 212).chain((format) =>
    fc.record({
      format: fc.constant(format),
      gain: fc.integer({ min: 1, max: 4000 }),
      baseline: fc.integer({ min: -5000, max: 5000 }),
      frames: fc.integer({ min: 1, max: 4 }).chain((signals) => {
        const top = 2 ** (formats[format] - 1);
        const frame = fc.array(fc.integer({ min: -top, max: top - 1 }), { minLength: signals, maxLength: signals });
        return fc.array(frame, { minLength: 1, maxLength: 15 });
      }),
    }),
  );

  test('come back as they were written, with what is missing as NaN', async () => {
    let record = 0;
    await fc.assert(
      fc.asyncProperty(recordings, fc.boolean(), async ({ format, gain, baseline, frames }, lengthGiven) => {
        const name = `p${record++}`;
        const signals = frames[0]!.map((_, i) => frames.map((frame) => frame[i]!));
        const sums = signals.map((samples) => samples.reduce((sum, sample) => sum + sample, 0) % 2 ** 16);
        const lines = sums.map((sum) => `${name}.dat ${format} ${gain}(${baseline})/mV 0 0 0 ${sum} 0`);
        folder.write(`${name}.dat`, encodeAs(format, frames.flat()));
        const header = [`${name} ${sums.length} 100 ${lengthGiven ? frames.length : 0}`, ...lines].join('\n');
        const [sequence] = await readFile(folder.write(`${name}.hea`, header));
        const physical = (sample: number) =>
          sample === -(2 ** (formats[format] - 1)) ? NaN : Math.fround((sample - baseline) / gain);
        expect(sequence?.channels.map(({ values }) => [...values])).toEqual(
          signals.map((samples) => samples.map(physical)),
        );
        expect(sequence?.notes).toEqual([]);
      }),
      { ...runs, numRuns: 60 },
    );
  });
});
