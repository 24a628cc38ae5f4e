import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Architecture, Level } from '../../../../src/core/encoder/architecture';
import { featureStrides, haloOf, levelStrides, minimumStepsOf } from '../../../../src/core/encoder/geometry';
import { silence } from '../../../../src/core/encoder/inferenceGraph';
import { initialWeights } from '../../../../src/core/encoder/initialWeights';
import { loadEncoder, type EncoderSession } from '../../../../src/core/encoder/session';
import { encoderFile } from '../../../../src/core/training/trainer/encoderFile';

fc.configureGlobal({ seed: 20220101, numRuns: 40 });

const inputs = 3;
const bank = { powers: true, channels: 8, kernel: 16, stride: 4, blocks: 0, features: 8, subsample: 2 } as const;

function architectureOf(...levels: readonly Level[]): Architecture {
  return { inputs, levels: levels.map((level) => ({ ...level, startsPyramid: true })) };
}

/** An encoder whose features are the log powers themselves. */
function plain(): { session: Promise<EncoderSession>; filters: Float32Array } {
  const architecture = architectureOf(bank);
  const weights = new Map(initialWeights(architecture, 5));
  const identity = Float32Array.from({ length: 64 }, (_, i) => (i % 9 === 0 ? 1 : 0));
  weights.set('level0.head.weight', identity);
  const file = encoderFile(architecture, 8, weights, { name: 'filter bank', training: 'none' });
  return { session: loadEncoder(file), filters: weights.get('level0.down.weight')! };
}

/** The logarithm of the mean square of every two values of a filter's output, whose first is centred on step 0. */
function naiveLogPowers(signal: Float32Array, filter: Float32Array, steps: number): number[] {
  const { kernel, stride, subsample } = bank;
  const before = Math.floor((kernel - stride + 1) / 2);
  const output = Array.from({ length: Math.floor(steps / stride) }, (_, j) => {
    let sum = 0;
    for (let i = 0; i < inputs; i++) {
      for (let k = 0; k < kernel; k++) {
        const t = j * stride - before + k;
        if (t >= 0 && t < steps) sum += filter[i * kernel + k]! * signal[i * steps + t]!;
      }
    }
    return sum;
  });
  return Array.from({ length: Math.floor(output.length / subsample) }, (_, n) => {
    const own = output.slice(n * subsample, (n + 1) * subsample);
    return Math.log(own.reduce((sum, x) => sum + x * x, 0) / subsample + silence);
  });
}

describe('a filter bank', () => {
  it('gives the log powers that a naive convolution has, of whole windows only', async () => {
    const { session, filters } = plain();
    const loaded = await session;
    const wave = fc.tuple(fc.integer({ min: 8, max: 90 }), fc.double({ min: 0.05, max: 3, noNaN: true }));
    await fc.assert(
      fc.asyncProperty(wave, async ([steps, frequency]) => {
        const signal = Float32Array.from({ length: inputs * steps }, (_, t) => Math.sin(frequency * t + t * t));
        const [map] = await loaded.run(signal, 1, steps);
        expect(map!.steps).toBe(Math.floor(Math.floor(steps / 4) / 2));
        for (let f = 0; f < bank.features; f++) {
          const size = inputs * bank.kernel;
          const expected = naiveLogPowers(signal, filters.slice(f * size, (f + 1) * size), steps);
          expected.forEach((value, t) => {
            expect(map!.values[f * map!.steps + t]).toBeCloseTo(value, 4);
          });
        }
      }),
    );
  });

  it('listens at the start to evenly spaced frequencies of the first difference', async () => {
    const { session } = plain();
    const steps = 400;
    const bands = bank.channels / 2;
    for (let band = 0; band < bands; band++) {
      const frequency = (0.5 * (band + 0.75)) / bands;
      const signal = new Float32Array(inputs * steps);
      for (let t = 0; t < steps; t++) signal[steps + t] = Math.sin(2 * Math.PI * frequency * t);
      const [map] = await (await session).run(signal, 1, steps);
      const loudness = Array.from({ length: bands }, (_, f) => {
        const line = (filter: number) => map!.values.subarray(filter * map!.steps, (filter + 1) * map!.steps);
        return [...line(f), ...line(f + bands)].reduce((sum, x) => sum + x, 0);
      });
      expect(loudness.indexOf(Math.max(...loudness))).toBe(band);
    }
  });
});

describe('the geometry of an architecture', () => {
  it('counts the means of powers as a part of the stride', () => {
    const architecture = architectureOf(bank, { ...bank, stride: 8, kernel: 64, subsample: 2 });
    expect(levelStrides(architecture)).toEqual([8, 16]);
    expect(featureStrides(architecture)).toEqual([8, 16]);
    expect(minimumStepsOf(architecture)).toBe(16);
    expect(haloOf(architecture)).toBe(80);
  });
});
