import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { poolChannels } from '../../../../src/core/distributions/pool';
import { quantileFunction } from '../../../../src/core/distributions/quantiles';
import { radixSort } from '../../../../src/core/distributions/radixSort';
import { distance1, distanceP } from '../../../../src/core/distributions/wasserstein';

fc.configureGlobal({ seed: 20220101, numRuns: 200 });

const value = fc.float({ noNaN: true, min: -1e6, max: 1e6 });
const sample = (minLength: number, maxLength: number) =>
  fc.array(value, { minLength, maxLength }).map((values) => Float32Array.from(values));
const functions = (count: number) => fc.array(sample(64, 64), { minLength: count, maxLength: count });

/** W_1 as the area between two empirical distribution functions, in float64. */
function naiveWasserstein1(a: Float32Array, b: Float32Array): number {
  const points = [...a, ...b].sort((x, y) => x - y);
  const share = (values: Float32Array, x: number) => values.filter((v) => v <= x).length / values.length;
  let area = 0;
  for (let i = 0; i + 1 < points.length; i++) {
    area += Math.abs(share(a, points[i]!) - share(b, points[i]!)) * (points[i + 1]! - points[i]!);
  }
  return area;
}

/** Hazen's quantiles from their definition: interpolate the points ((k - 0.5) / n, x_(k)). */
function naiveQuantile(values: Float32Array, level: number): number {
  const sorted = [...values].sort((x, y) => x - y);
  const points = sorted.map((x, k) => ({ level: (k + 0.5) / sorted.length, x }));
  const next = points.findIndex((point) => point.level >= level);
  if (next === -1) return points.at(-1)!.x;
  if (next === 0) return points[0]!.x;
  const [a, b] = [points[next - 1]!, points[next]!];
  return a.x + ((level - a.level) / (b.level - a.level)) * (b.x - a.x);
}

const tolerance = (...arrays: Float32Array[]) =>
  1e-6 * (1 + Math.max(...arrays.map((a) => Math.max(...a.map(Math.abs)))));

describe('radix sort', () => {
  it('sorts like the built-in sort, over every sign and magnitude', () => {
    const any = fc.array(fc.float({ noNaN: true }), { minLength: 0, maxLength: 1500 });
    fc.assert(
      fc.property(any, (values) => {
        const sorted = Float32Array.from(values);
        radixSort(sorted, new Float32Array(sorted.length));
        expect(sorted).toEqual(Float32Array.from(values).sort());
      }),
    );
  });

  it('leaves what lies behind the given length alone', () => {
    const values = Float32Array.from({ length: 1000 }, (_, i) => -i);
    radixSort(values, new Float32Array(1000), 600);
    expect(values[599]).toBe(-0);
    expect(values[600]).toBe(-600);
  });
});

describe('quantile function', () => {
  it("equals Hazen's definition", () => {
    fc.assert(
      fc.property(sample(1, 100), fc.integer({ min: 1, max: 32 }), (values, levels) => {
        const quantiles = quantileFunction(values, levels);
        for (let i = 0; i < levels; i++) {
          expect(Math.abs(quantiles[i]! - naiveQuantile(values, (i + 0.5) / levels))).toBeLessThan(tolerance(values));
        }
      }),
    );
  });

  it('does not depend on the order of time steps', () => {
    const shuffled = sample(1, 600).chain((values) =>
      fc.tuple(fc.constant(values), fc.shuffledSubarray([...values], { minLength: values.length })),
    );
    fc.assert(
      fc.property(shuffled, ([values, other]) => {
        expect(quantileFunction(Float32Array.from(other), 16)).toEqual(quantileFunction(values, 16));
      }),
    );
  });

  it('ascends', () => {
    fc.assert(
      fc.property(sample(1, 300), (values) => {
        const quantiles = quantileFunction(values, 16);
        for (let i = 1; i < 16; i++) expect(quantiles[i]).toBeGreaterThanOrEqual(quantiles[i - 1]!);
      }),
    );
  });
});

describe('D_1', () => {
  it('is a metric', () => {
    fc.assert(
      fc.property(functions(3), ([a, b, c]) => {
        expect(distance1(a!, a!)).toBe(0);
        expect(distance1(a!, b!)).toBe(distance1(b!, a!));
        expect(distance1(a!, c!)).toBeLessThanOrEqual(distance1(a!, b!) + distance1(b!, c!) + tolerance(a!, b!, c!));
        if (distance1(a!, b!) === 0) expect(a).toEqual(b);
      }),
    );
  });

  it('is 1 when a distribution is shifted by 1', () => {
    const small = fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 16, maxLength: 400 });
    fc.assert(
      fc.property(small, (values) => {
        const a = quantileFunction(Float32Array.from(values), 16);
        const b = quantileFunction(
          Float32Array.from(values, (x) => x + 1),
          16,
        );
        expect(distance1(a, b)).toBeCloseTo(1, 4);
      }),
    );
  });

  it('equals the exact W_1 of two samples of as many values as levels', () => {
    fc.assert(
      fc.property(sample(16, 16), sample(16, 16), (a, b) => {
        const quantiles = distance1(quantileFunction(a, 16), quantileFunction(b, 16));
        expect(Math.abs(quantiles - naiveWasserstein1(a, b))).toBeLessThan(tolerance(a, b));
      }),
    );
  });

  it('is D_p with p = 1, and D_p grows with p', () => {
    fc.assert(
      fc.property(functions(2), ([a, b]) => {
        expect(distanceP(a!, b!, 1)).toBe(distance1(a!, b!));
        expect(distanceP(a!, b!, 2)).toBeGreaterThanOrEqual(distance1(a!, b!) * (1 - 1e-9));
      }),
    );
  });

  it('reads the second embedding at an offset', () => {
    expect(distance1(Float32Array.of(1, 2), Float32Array.of(9, 9, 2, 4), 2)).toBe(1.5);
  });
});

describe('pooling over channels', () => {
  const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });
  /** The rounded quantiles of some bytes. */
  const rounded = (levels: number, ...parts: readonly Uint8Array[]) =>
    Uint8Array.from(
      new Uint8ClampedArray(quantileFunction(Float32Array.from(parts.flatMap((part) => [...part])), levels)),
    );

  it('keeps a single channel and identical channels as they are', () => {
    fc.assert(
      fc.property(bytes(32), (values) => {
        const one = Uint8Array.from([...values.slice(0, 16).sort(), ...values.slice(16).sort()]);
        expect(poolChannels(one, 1, [16])).toEqual(one);
        expect(distance1(poolChannels(Uint8Array.from([...one, ...one]), 2, [16]), one)).toBe(0);
      }),
    );
  });

  it('gives the quantiles of the mixture, whatever the order of the channels', () => {
    fc.assert(
      fc.property(bytes(16), bytes(16), (x, y) => {
        const pooled = poolChannels(Uint8Array.from([...x, ...y]), 2, [16]);
        expect(pooled).toEqual(rounded(16, x, y));
        expect(poolChannels(Uint8Array.from([...y, ...x]), 2, [16])).toEqual(pooled);
      }),
    );
  });

  it('pools every quantile function by itself where their levels differ', () => {
    fc.assert(
      fc.property(bytes(8), bytes(8), bytes(2), bytes(2), (x, y, u, v) => {
        const pooled = poolChannels(Uint8Array.from([...x, ...u, ...y, ...v]), 2, [8, 2]);
        expect(pooled).toEqual(Uint8Array.from([...rounded(8, x, y), ...rounded(2, u, v)]));
      }),
    );
  });
});
