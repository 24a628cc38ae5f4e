import { describe, expect, it } from 'vitest';
import { randomOf } from '../../../../src/core/distributions/random';
import { gait, type GaitAxis, type GaitParameters } from '../../../../src/dev/sample/simulators/gait';
import { amplitudeAt, meanOf, peakFrequency } from './spectrum';

const axis = (gravity: number, amplitudes: number[]): GaitAxis => ({
  gravity,
  amplitudes,
  phases: amplitudes.map(() => 0.5),
});

function parameters(changes: Partial<GaitParameters> = {}): GaitParameters {
  return {
    strideRate: 0.9,
    variability: 0.02,
    axes: [axis(0, [1, 0.1, 0.4]), axis(9.81, [0.1, 2, 0.1, 0.8]), axis(0, [0.1, 1.2])],
    tilt: [0, 0],
    noise: 0.1,
    rate: 100,
    clockJitter: 0.08,
    duration: 40,
    ...changes,
  };
}

describe('gait', () => {
  it.each([0.75, 0.9, 1.1])('steps twice per stride vertically, sways once (%f strides/s)', (strideRate) => {
    const [, side, up, forward] = gait(parameters({ strideRate }), randomOf(1, `gait ${strideRate}`));
    const band = [0.4, 4, 0.01] as const;
    expect(Math.abs(peakFrequency(side, 100, band) / strideRate - 1)).toBeLessThan(0.04);
    expect(Math.abs(peakFrequency(up, 100, band) / (2 * strideRate) - 1)).toBeLessThan(0.04);
    expect(Math.abs(peakFrequency(forward, 100, band) / (2 * strideRate) - 1)).toBeLessThan(0.04);
  });

  it('has the amplitudes of its harmonics when nothing varies', () => {
    const still = parameters({ variability: 0, noise: 0, clockJitter: 0, duration: 100 });
    const [, , up] = gait(still, randomOf(2, 'harmonics'));
    expect(amplitudeAt(up, 100, 1.8)).toBeCloseTo(2, 2);
    expect(amplitudeAt(up, 100, 3.6)).toBeCloseTo(0.8, 2);
    expect(meanOf(up)).toBeCloseTo(9.81, 2);
  });

  it('keeps a clock that errs but never runs backwards', () => {
    const [times] = gait(parameters({ clockJitter: 0.5 }), randomOf(3, 'clock'));
    const intervals = Array.from(times.subarray(1), (time, i) => time - times[i]!);
    expect(Math.min(...intervals)).toBeGreaterThan(0);
    expect(Math.max(...intervals) - Math.min(...intervals)).toBeGreaterThan(0.005);
    expect(meanOf(intervals)).toBeCloseTo(0.01, 4);
  });

  it('spreads gravity over the axes of a tilted sensor', () => {
    const [, side, up, forward] = gait(parameters({ tilt: [0.3, -0.2], duration: 100 }), randomOf(4, 'tilt'));
    expect(meanOf(side)).toBeCloseTo(-9.81 * Math.sin(0.3), 1);
    expect(meanOf(forward)).toBeCloseTo(-9.81 * Math.cos(0.3) * Math.sin(0.2), 1);
    expect(Math.hypot(meanOf(side), meanOf(up), meanOf(forward))).toBeCloseTo(9.81, 1);
  });
});
