import { describe, expect, it } from 'vitest';
import { randomOf } from '../../../../src/core/distributions/random';
import { controlChart, type ControlChartPattern } from '../../../../src/dev/sample/simulators/controlChart';
import {
  cylinderBellFunnel,
  type CylinderBellFunnelShape,
} from '../../../../src/dev/sample/simulators/cylinderBellFunnel';
import { amplitudeAt, meanOf } from './spectrum';

/** The mean over 400 series, step by step. */
function average(simulate: (number: number) => Float32Array[]): Float64Array {
  const sum = new Float64Array(simulate(0)[0]!.length);
  for (let i = 0; i < 400; i++) simulate(i)[0]!.forEach((value, t) => (sum[t]! += value / 400));
  return sum;
}

const shape = (name: CylinderBellFunnelShape): Float64Array =>
  average((i) => cylinderBellFunnel({ shape: name, steps: 128 }, randomOf(i, name)));
const chart = (pattern: ControlChartPattern): Float64Array =>
  average((i) => controlChart({ pattern, steps: 60 }, randomOf(i, pattern)));

describe('cylinder, bell and funnel', () => {
  it('is at 0 before the event and at 6 within the cylinder', () => {
    const cylinder = shape('cylinder');
    expect(meanOf(cylinder.subarray(0, 15))).toBeCloseTo(0, 1);
    expect(meanOf(cylinder.subarray(32, 48))).toBeCloseTo(6, 0);
  });

  it('rises in the bell and falls in the funnel', () => {
    const [bell, funnel] = [shape('bell'), shape('funnel')];
    expect(meanOf(bell.subarray(50, 60))).toBeGreaterThan(meanOf(bell.subarray(32, 42)) + 0.7);
    expect(meanOf(funnel.subarray(50, 60))).toBeLessThan(meanOf(funnel.subarray(32, 42)) - 0.7);
  });
});

describe('control chart', () => {
  it('keeps to its level in order, and drifts off it otherwise', () => {
    const change = (pattern: ControlChartPattern): number => {
      const mean = chart(pattern);
      return meanOf(mean.subarray(50)) - meanOf(mean.subarray(0, 10));
    };
    expect(meanOf(chart('normal'))).toBeCloseTo(30, 0);
    expect(Math.abs(change('normal'))).toBeLessThan(0.5);
    expect(change('increasing')).toBeCloseTo(0.35 * 50, 0);
    expect(change('decreasing')).toBeCloseTo(-0.35 * 50, 0);
    expect(Math.abs(change('shift-up') - 13.75)).toBeLessThan(0.8);
    expect(Math.abs(change('shift-down') + 13.75)).toBeLessThan(0.8);
  });

  it('swings with a period of 10 to 15 steps in the cyclic pattern', () => {
    const [values] = controlChart({ pattern: 'cyclic', steps: 600 }, randomOf(1, 'cyclic'));
    const inBand = Array.from({ length: 60 }, (_, i) => amplitudeAt(values, 1, 1 / 15 + i / 1800));
    expect(Math.max(...inBand)).toBeGreaterThan(9.5);
    expect(Math.max(...inBand)).toBeLessThan(15.5);
  });
});
