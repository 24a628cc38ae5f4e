import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { randomOf } from '../../../../../src/core/distributions/random';
import { mass } from '../../../../../src/core/training/evaluation/mass';
import { isRight, standardised, streamOf } from '../../../../../src/core/training/evaluation/streams';

fc.configureGlobal({ seed: 20220105, numRuns: 60 });

describe('the distance profile', () => {
  it('is the one that stumpy publishes for its example', () => {
    const profile = mass(Float32Array.of(-11.1, 23.4, 79.5, 1001.0), Float32Array.of(584, -11, 23, 79, 1001, 0, -19));
    [3.18792463, 1.11297393e-3, 3.23874018, 3.34470195].forEach((expected, i) => {
      expect(profile[i]).toBeCloseTo(expected, 4);
    });
    expect(profile).toHaveLength(4);
  });

  it('is the Euclidean distance of standardised stretches', () => {
    const values = fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 12, maxLength: 80 });
    fc.assert(
      fc.property(values, fc.integer({ min: 3, max: 12 }), (all, m) => {
        const series = Float32Array.from(all);
        const query = Float32Array.from({ length: m }, (_, i) => Math.sin(2 * i) + 0.1 * i);
        mass(query, series).forEach((distance, i) => {
          const own = series.slice(i, i + m);
          if (own.every((value) => value === own[0])) return;
          const [a, b] = [standardised(query), standardised(own)];
          const naive = Math.sqrt(a.reduce((sum, value, j) => sum + (value - b[j]!) ** 2, 0));
          expect(distance).toBeCloseTo(naive, 2);
        });
      }),
    );
  });
});

describe('a stream', () => {
  const instance = (label: number, steps: number) => ({
    label,
    values: Float32Array.from({ length: steps }, (_, t) => 100 * label + (1 + label) * Math.sin(t / 3)),
  });

  it('holds every instance, standardised, with a twentieth faded into the one before', () => {
    const instances = [instance(1, 100), instance(2, 100), instance(1, 60)];
    const stream = streamOf(instances, randomOf(1, 'stream'));
    expect(stream.instances).toEqual([
      { start: 0, end: 100, label: 1 },
      { start: 95, end: 195, label: 2 },
      { start: 192, end: 252, label: 1 },
    ]);
    expect(stream.values).toHaveLength(252);
    const inner = standardised(instances[1]!.values).slice(10, 90);
    inner.forEach((value, i) => {
      expect(Math.abs(stream.values[105 + i]! - value)).toBeLessThan(0.6);
    });
  });

  it('has a window right that shares half with an instance of the label', () => {
    const stream = { values: new Float32Array(0), instances: [{ start: 100, end: 200, label: 1 }] };
    expect(isRight({ start: 50, end: 150 }, 1, stream)).toBe(true);
    expect(isRight({ start: 49, end: 149 }, 1, stream)).toBe(false);
    expect(isRight({ start: 100, end: 200 }, 2, stream)).toBe(false);
    expect(isRight({ start: 100, end: 140 }, 1, stream)).toBe(false);
  });
});
