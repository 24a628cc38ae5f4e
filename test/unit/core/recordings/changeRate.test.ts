import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { atRate, changeRate } from '../../../../src/core/recordings/changeRate';
import { comparedRate, commonRates } from '../../../../src/core/recordings/commonRates';

const tone = (hertz: number, rate: number, seconds: number) =>
  Float32Array.from({ length: Math.round(rate * seconds) }, (_, i) => Math.sin((2 * Math.PI * hertz * i) / rate));

/** The largest difference away from the ends. */
function difference(a: Float32Array, b: Float32Array, margin: number): number {
  let largest = 0;
  for (let i = margin; i < Math.min(a.length, b.length) - margin; i++)
    largest = Math.max(largest, Math.abs(a[i]! - b[i]!));
  return largest;
}

const rates = fc.constantFrom(25, 32, 50, 64, 100, 125, 128, 250, 256, 360, 500);

describe('changeRate', () => {
  it('keeps a tone that both rates can hold', () => {
    fc.assert(
      fc.property(rates, rates, fc.double({ min: 0.05, max: 0.35, noNaN: true }), (from, to, share) => {
        const hertz = share * Math.min(from, to);
        const changed = changeRate(tone(hertz, from, 8), from, to);
        expect(difference(changed, tone(hertz, to, 8), Math.ceil(1.5 * to))).toBeLessThan(2e-3);
      }),
      { seed: 1, numRuns: 60 },
    );
  });

  it('removes a tone that the lower rate cannot hold', () => {
    for (const [from, to] of [
      [250, 100],
      [128, 50],
      [1000, 128],
    ] as const) {
      const changed = changeRate(tone(0.7 * to, from, 8), from, to);
      expect(difference(changed, new Float32Array(changed.length), to)).toBeLessThan(2e-3);
    }
  });

  it('keeps a constant, also at the ends, and the duration', () => {
    fc.assert(
      fc.property(
        rates,
        rates,
        fc.integer({ min: 1, max: 400 }),
        fc.float({ noNaN: true, min: -1e3, max: 1e3 }),
        check,
      ),
      { seed: 2, numRuns: 100 },
    );
    function check(from: number, to: number, length: number, level: number) {
      const changed = changeRate(new Float32Array(length).fill(level), from, to);
      expect(changed).toHaveLength(Math.max(Math.round((length * to) / from), 1));
      for (const value of changed) expect(value).toBeCloseTo(level, 2);
    }
  });

  it('brings all channels of a sequence to the rate', () => {
    const values = tone(3, 128, 4);
    const sequence = {
      channels: [
        { name: 'a', unit: 'g', values },
        { name: 'b', unit: null, values: new Float32Array(512) },
      ],
      rate: 128,
      label: 'x',
      name: null,
      notes: [],
    };
    const changed = atRate(sequence, 50, 16);
    expect(changed).toMatchObject({ rate: 50, label: 'x' });
    expect(changed.channels.map(({ name, values }) => [name, values.length])).toEqual([
      ['a', 200],
      ['b', 200],
    ]);
    expect(atRate(sequence, null, 16)).toBe(sequence);
    expect(atRate(sequence, 1, 16)).toBe(sequence);
  });
});

describe('commonRates', () => {
  it('takes the most frequent rate, the lower of two equally frequent ones', () => {
    expect(commonRates([50, 100, 100, null, 128])).toEqual([100]);
    expect(commonRates([128, 100])).toEqual([100]);
    expect(commonRates([null])).toEqual([]);
  });

  it('leaves rates apart that are too far from one another', () => {
    const common = commonRates([16000, 16000, 8000, 360, 250]);
    expect(common).toEqual([16000, 250]);
    expect(comparedRate(8000, common)).toBe(16000);
    expect(comparedRate(360, common)).toBe(250);
    expect(comparedRate(16000, common)).toBeNull();
    expect(comparedRate(null, common)).toBeNull();
    expect(comparedRate(1, common)).toBeNull();
  });

  it('does not touch a rate that differs by a rounding error', () => {
    expect(comparedRate(99.98, [100])).toBeNull();
  });
});
