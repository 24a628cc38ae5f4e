import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { equalErrorRate } from '../../../../../src/core/training/evaluation/equalErrorRate';
import type { Protocol } from '../../../../../src/core/training/evaluation/protocol';
import {
  drawCounts,
  interval,
  meanReplicates,
  replicates,
} from '../../../../../src/core/training/evaluation/bootstrap';
import { errorReplicates } from '../../../../../src/core/training/reproduction/errorReplicates';
import {
  difference,
  intervalOf,
  meanEstimate,
  overall,
  overSeeds,
} from '../../../../../src/core/training/reproduction/estimate';
import { randomOf } from '../../../../../src/core/distributions/random';

fc.configureGlobal({ seed: 20, numRuns: 100 });

describe('draws', () => {
  it('are as many as there are things, the same for a name and others for another', () => {
    const draws = drawCounts('pack', 7);
    expect(draws).toHaveLength(replicates);
    for (const counts of draws) expect(counts.reduce((sum, n) => sum + n, 0)).toBe(7);
    expect(drawCounts('pack', 7)).toEqual(draws);
    expect(drawCounts('other', 7)).not.toEqual(draws);
  });
});

describe('the bootstrap of a mean', () => {
  it('is the mean of the drawn values', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: -5, max: 5, noNaN: true }), { minLength: 1, maxLength: 12 }), (values) => {
        const draws = drawCounts('pack', values.length);
        const means = meanReplicates('pack', values);
        for (const r of [0, 1, replicates - 1]) {
          const drawn = values.flatMap((value, i) => new Array<number>(draws[r]![i]!).fill(value));
          const mean = drawn.reduce((sum, value) => sum + value, 0) / drawn.length;
          expect(means[r]).toBeCloseTo(mean, 10);
        }
      }),
      { numRuns: 20 },
    );
  });

  it('spreads like the standard error of the mean', () => {
    const random = randomOf(3, 'normal');
    const values = Array.from({ length: 400 }, () => random.normal());
    const { value, low, high } = intervalOf(meanEstimate('many', values));
    const width = (high - low) / (2 * 1.96);
    expect(width).toBeGreaterThan(0.8 / Math.sqrt(400));
    expect(width).toBeLessThan(1.2 / Math.sqrt(400));
    expect(low).toBeLessThan(value);
    expect(high).toBeGreaterThan(value);
  });

  it('has no spread where all values are one', () => {
    expect(intervalOf(meanEstimate('pack', [0.25, 0.25, 0.25]))).toEqual({ value: 0.25, low: 0.25, high: 0.25 });
  });
});

describe('interval', () => {
  it('lies between the order statistics at 2.5 and 97.5 of 100', () => {
    expect(
      interval(
        7,
        Float64Array.from({ length: 1001 }, (_, i) => 1000 - i),
      ),
    ).toEqual({
      value: 7,
      low: 25,
      high: 975,
    });
    expect(interval(0, [3, 1]).low).toBeCloseTo(1.05, 12);
  });
});

describe('estimates', () => {
  const noisy = (seed: number, shift: number) => {
    const random = randomOf(seed, 'values');
    return Array.from({ length: 50 }, () => shift + random.normal());
  };

  it('of one method that is above another by the same on every query differ by exactly that', () => {
    const base = noisy(1, 0);
    const better = base.map((value) => value + 0.125);
    const delta = intervalOf(difference(meanEstimate('pack', better), meanEstimate('pack', base)));
    expect(delta.value).toBeCloseTo(0.125, 10);
    expect(delta.low).toBeCloseTo(0.125, 10);
    expect(delta.high).toBeCloseTo(0.125, 10);
  });

  it('over packs are means of the same replicates', () => {
    const [a, b] = [meanEstimate('a', noisy(1, 0)), meanEstimate('b', noisy(2, 1))];
    const both = overall([a, b]);
    expect(both.value).toBeCloseTo((a.value + b.value) / 2, 12);
    expect(both.replicates[17]).toBeCloseTo((a.replicates[17]! + b.replicates[17]!) / 2, 12);
  });

  it('over one seed are those of the seed, and seeds that differ widen them', () => {
    const one = meanEstimate('pack', noisy(1, 0));
    expect([...Array.from(overSeeds([one]).replicates)]).toEqual([...Array.from(one.replicates)]);
    const far = meanEstimate('pack', noisy(1, 3));
    const spread = intervalOf(overSeeds([one, far]));
    expect(spread.value).toBeCloseTo(one.value + 1.5, 10);
    // Both seeds may be the one or the other.
    expect(spread.high - spread.low).toBeGreaterThan(2.5);
  });
});

describe('the bootstrap of the equal error rate', () => {
  /** Items of three labels on a line; every one queries all others. */
  function setting(count: number, spread: number) {
    const random = randomOf(5, count);
    const labels = Int32Array.from({ length: count }, (_, n) => n % 3);
    const places = Array.from(labels, (label) => label + spread * random.normal());
    const numbers = Int32Array.from({ length: count }, (_, n) => n);
    const protocol: Protocol = {
      queries: numbers,
      gallery: numbers,
      labels,
      symmetric: true,
      allows: (query, item) => query !== item,
    };
    return { protocol, distance: (a: number, b: number) => Math.abs(places[a]! - places[b]!) };
  }

  /** All pairs of drawn queries, as often as they are drawn. */
  function drawnPairs(protocol: Protocol, distance: (a: number, b: number) => number, counts: ArrayLike<number>) {
    const same: number[] = [];
    const different: number[] = [];
    for (const query of protocol.queries) {
      for (const item of protocol.gallery) {
        if (!protocol.allows(query, item)) continue;
        const list = protocol.labels[query] === protocol.labels[item] ? same : different;
        for (let i = 0; i < counts[query]!; i++) list.push(distance(query, item));
      }
    }
    return { same: Float64Array.from(same).sort(), different: Float64Array.from(different).sort() };
  }

  it.each([0.2, 0.5, 1])('is close to that of all drawn pairs at a spread of %s', (spread) => {
    const { protocol, distance } = setting(45, spread);
    const once = drawnPairs(protocol, distance, new Array<number>(45).fill(1));
    const errors = errorReplicates('line', protocol, [...protocol.queries], once.same, distance);
    const draws = drawCounts('line', 45);
    for (const r of [0, 1, 2, replicates - 1]) {
      const { same, different } = drawnPairs(protocol, distance, draws[r]!);
      expect(Math.abs(errors[r]! - equalErrorRate(same, different))).toBeLessThan(0.01);
    }
  });

  it('is zero where labels lie apart', () => {
    const { protocol, distance } = setting(30, 0.01);
    const { same } = drawnPairs(protocol, distance, new Array<number>(30).fill(1));
    expect([...errorReplicates('apart', protocol, [...protocol.queries], same, distance)].every((e) => e === 0)).toBe(
      true,
    );
  });
});
