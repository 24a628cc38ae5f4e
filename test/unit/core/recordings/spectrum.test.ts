import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { randomOf } from '../../../../src/core/distributions/random';
import { powerSpectrum, powerWithin, tempoRatio } from '../../../../src/core/recordings/spectrum';

fc.configureGlobal({ seed: 20220101, numRuns: 40 });

const sine = (frequency: number, length = 2000) =>
  Float32Array.from({ length }, (_, i) => Math.sin(2 * Math.PI * frequency * i));

describe('a power spectrum', () => {
  it('has the power of a sine at its frequency', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.02, max: 0.45, noNaN: true }), (frequency) => {
        const spectrum = powerSpectrum(sine(frequency));
        const near = powerWithin(spectrum, frequency - 0.01, frequency + 0.01);
        expect(near / powerWithin(spectrum, 0, 0.51)).toBeGreaterThan(0.95);
      }),
    );
  });

  it('is the naive transform of a window', () => {
    const values = sine(0.11, 64).map((value, i) => value + (i % 5));
    const mean = values.reduce((sum, value) => sum + value, 0) / 64;
    const { power, size } = powerSpectrum(values);
    expect(size).toBe(64);
    for (const bin of [0, 1, 7, 32]) {
      let [real, imaginary] = [0, 0];
      values.forEach((value, i) => {
        const tapered = (value - mean) * (0.5 - 0.5 * Math.cos((2 * Math.PI * (i + 0.5)) / 64));
        real += tapered * Math.cos((2 * Math.PI * bin * i) / 64);
        imaginary += tapered * Math.sin((2 * Math.PI * bin * i) / 64);
      });
      expect(power[bin]).toBeCloseTo((real ** 2 + imaginary ** 2) / 64, 4);
    }
  });
});

describe('the ratio of tempos', () => {
  it('is that of two series of which one is the other played faster', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.5, max: 2, noNaN: true }), (ratio) => {
        const random = randomOf(1, 'tempo');
        const played = (tempo: number) =>
          Float32Array.from({ length: 2000 }, (_, i) => {
            const phase = 2 * Math.PI * 0.03 * tempo * i;
            return Math.sin(phase) + 0.5 * Math.sin(2 * phase + 1) + 0.05 * random.normal();
          });
        const found = tempoRatio(powerSpectrum(played(1)), powerSpectrum(played(ratio)));
        expect(Math.abs(Math.log2(found / ratio))).toBeLessThan(0.15);
      }),
    );
  });

  it('is 1 for noise, silence and series of one tempo', () => {
    const noise = (seed: string) => {
      const random = randomOf(1, seed);
      return powerSpectrum(Float32Array.from({ length: 1000 }, () => random.normal()));
    };
    expect(tempoRatio(noise('a'), noise('b'))).toBe(1);
    expect(tempoRatio(powerSpectrum(new Float32Array(100)), noise('b'))).toBe(1);
    expect(tempoRatio(powerSpectrum(sine(0.1)), powerSpectrum(sine(0.1).reverse()))).toBe(1);
  });
});
