import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { randomOf } from '../../../../src/core/distributions/random';
import { bestLag, resampledTo } from '../../../../src/core/recordings/align';

fc.configureGlobal({ seed: 20220101, numRuns: 50 });

/** A random walk, which resembles itself at one place only. */
function walk(seed: number, length: number): Float32Array {
  const random = randomOf(seed, 'walk');
  let at = 0;
  return Float32Array.from({ length }, () => (at = 0.9 * at + random.normal()));
}

describe('the best lag', () => {
  it('is where a piece was cut out, whatever its scale and offset', () => {
    fc.assert(
      fc.property(
        fc.nat(1000),
        fc.integer({ min: 0, max: 600 }),
        fc.double({ min: 0.1, max: 9, noNaN: true }),
        (seed, at, gain) => {
          const whole = walk(seed, 1000);
          const piece = whole.slice(at, at + 400).map((value) => 5 + gain * value);
          const found = bestLag([{ a: whole, b: piece }]);
          expect(found.lag).toBe(at);
          expect(found.correlation).toBeGreaterThan(0.9);
          expect(bestLag([{ a: piece, b: whole }]).lag + at).toBe(0);
        },
      ),
    );
  });

  it('is found to the sample in series that are reduced first', () => {
    const whole = walk(3, 100_000);
    const smooth = whole.map((_, i) => Math.sin(i / 900) + 0.3 * Math.sin(i / 170) + whole[i]! / 20);
    expect(bestLag([{ a: smooth, b: smooth.slice(31_337, 81_337) }]).lag).toBe(31_337);
  });

  it('takes all channels into account', () => {
    const [a, noise] = [walk(1, 500), walk(2, 500)];
    const found = bestLag([
      { a, b: a.slice(100, 400) },
      { a: noise, b: walk(9, 300) },
    ]);
    expect(found.lag).toBe(100);
  });

  it('is 0 where nothing correlates, and leaves at least half of the shorter series in the overlap', () => {
    const flat = new Float32Array(100).fill(3);
    expect(bestLag([{ a: flat, b: walk(1, 50) }])).toEqual({ lag: 0, correlation: 0 });
    const { lag } = bestLag([{ a: walk(1, 100), b: walk(2, 40) }]);
    expect(lag).toBeGreaterThanOrEqual(-20);
    expect(lag).toBeLessThanOrEqual(80);
  });
});

describe('resampledTo', () => {
  it('keeps a straight line straight', () => {
    const line = Float32Array.from({ length: 11 }, (_, i) => i);
    expect([...resampledTo(line, 2)].slice(0, 5)).toEqual([0, 0.5, 1, 1.5, 2]);
    expect(resampledTo(line, 0.5)).toHaveLength(6);
    expect(resampledTo(line, 1)).toBe(line);
  });
});
