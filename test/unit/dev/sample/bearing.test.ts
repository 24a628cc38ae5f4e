import { describe, expect, it } from 'vitest';
import { randomOf } from '../../../../src/core/distributions/random';
import {
  bearing,
  cageRate,
  faultRate,
  type BearingFault,
  type BearingParameters,
} from '../../../../src/dev/sample/simulators/bearing';
import { amplitudeAt, momentOf, peakFrequency } from './spectrum';

const geometry = { balls: 9, ballDiameter: 7.94, pitchDiameter: 39.04, contactAngle: 0 };
const shaftRate = 30;
const rate = 12_000;

function simulate(fault: BearingFault, changes: Partial<BearingParameters> = {}): Float32Array {
  const parameters: BearingParameters = {
    fault,
    geometry,
    shaftRate,
    severity: 3,
    resonance: 3000,
    damping: 0.05,
    slip: 0.005,
    unbalance: 0.02,
    noise: 0.1,
    rate,
    duration: 2,
    ...changes,
  };
  return bearing(parameters, randomOf(1, `bearing ${fault}`))[0]!;
}

/** The signal's size, with what is faster than about 500 Hz averaged away, at 1 kHz. */
function envelope(values: Float32Array): number[] {
  return Array.from({ length: Math.floor(values.length / 12) }, (_, i) =>
    values.subarray(12 * i, 12 * i + 12).reduce((sum, value) => sum + Math.abs(value), 0),
  );
}

describe('bearing', () => {
  it('has the fault frequencies of the 6205 bearing', () => {
    expect(faultRate('outer', 1, geometry)).toBeCloseTo(3.5848, 3);
    expect(faultRate('inner', 1, geometry)).toBeCloseTo(5.4152, 3);
    expect(faultRate('ball', 1, geometry)).toBeCloseTo(2 * 2.357, 2);
    expect(cageRate(1, geometry)).toBeCloseTo(0.39828, 3);
    expect(faultRate('none', 1, geometry)).toBe(0);
  });

  it.each(['outer', 'inner', 'ball'] as const)('is struck at the fault frequency (%s)', (fault) => {
    const expected = faultRate(fault, shaftRate, geometry);
    const found = peakFrequency(envelope(simulate(fault)), 1000, [70, 220, 0.25]);
    expect(Math.abs(found / expected - 1)).toBeLessThan(0.02);
  });

  it('is modulated by the shaft for the inner ring, by the cage for a ball, and not at all for the outer ring', () => {
    const modulation = (fault: BearingFault, frequency: number): number => {
      const size = envelope(simulate(fault, { unbalance: 0 }));
      return amplitudeAt(size, 1000, frequency) / amplitudeAt(size, 1000, faultRate(fault, shaftRate, geometry));
    };
    expect(modulation('inner', shaftRate)).toBeGreaterThan(0.5);
    expect(modulation('ball', cageRate(shaftRate, geometry))).toBeGreaterThan(0.5);
    expect(modulation('outer', shaftRate)).toBeLessThan(0.1);
    expect(modulation('outer', cageRate(shaftRate, geometry))).toBeLessThan(0.1);
  });

  it('rings at the resonance', () => {
    const found = peakFrequency(simulate('outer', { duration: 0.5, slip: 0.05 }), rate, [1000, 5500, 10]);
    expect(Math.abs(found / 3000 - 1)).toBeLessThan(0.06);
  });

  it('is Gaussian when it is healthy and impulsive when it is not', () => {
    const kurtosis = (values: Float32Array): number => momentOf(values, 4) / momentOf(values, 2) ** 2;
    expect(Math.abs(kurtosis(simulate('none', { unbalance: 0 })) - 3)).toBeLessThan(0.2);
    expect(kurtosis(simulate('outer'))).toBeGreaterThan(6);
    expect(kurtosis(simulate('inner'))).toBeGreaterThan(kurtosis(simulate('outer')));
  });
});
