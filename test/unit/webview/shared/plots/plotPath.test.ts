import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bandPath, lanesOf, meanPath, rangeOf } from '../../../../../webview/shared/plots/plotPath';

const points = (path: string): number[][] =>
  path === ''
    ? []
    : path
        .replace(/^M|Z$/g, '')
        .split('L')
        .map((point) => point.split(' ').map(Number));

describe('meanPath', () => {
  const lane = { top: 0, height: 10 };

  it('runs through the means where the band of the same columns is drawn', () => {
    expect(meanPath({ minimum: [0, 0, 0], maximum: [10, 10, 10], mean: [0, 5, 10] }, lane)).toBe('M0 10L1.5 5L3 0');
  });

  it('needs two columns', () => {
    expect(meanPath({ minimum: [0], maximum: [1], mean: [0.5] }, lane)).toBe('');
    expect(meanPath({ minimum: [], maximum: [], mean: [] }, lane)).toBe('');
  });
});

describe('bandPath', () => {
  it('runs along the maxima and back along the minima, filling the lane', () => {
    const path = bandPath([0, -1, 0], [1, 0, 3], { top: 10, height: 40 });
    expect(path).toBe('M0 30L1.5 40L3 10L3 40L1.5 50L0 40Z');
  });

  it('draws a constant channel in the middle of its lane', () => {
    expect(bandPath([5, 5], [5, 5], { top: 0, height: 20 })).toBe('M0 10L2 10L2 10L0 10Z');
  });

  it('draws a single column over its whole width', () => {
    expect(bandPath([0], [1], { top: 0, height: 10 })).toBe('M0 0L1 0L1 10L0 10Z');
  });

  it('leaves out columns that are not finite, and is empty without any other', () => {
    expect(points(bandPath([0, Infinity, 1], [1, 2, 2], { top: 0, height: 10 }))).toHaveLength(4);
    expect(bandPath([Number.NaN], [Number.NaN], { top: 0, height: 10 })).toBe('');
    expect(bandPath([], [], { top: 0, height: 10 })).toBe('');
  });

  it('stays inside its lane and touches both edges', () => {
    const value = fc.double({ min: -1e9, max: 1e9, noNaN: true });
    const columns = fc.array(fc.tuple(value, fc.double({ min: 0, max: 1e9, noNaN: true })), {
      minLength: 1,
      maxLength: 60,
    });
    fc.assert(
      fc.property(columns, (pairs) => {
        const minimum = pairs.map(([low]) => low);
        const maximum = pairs.map(([low, size]) => low + size);
        const [low, high] = rangeOf(minimum, maximum);
        fc.pre(high > low);
        const drawn = points(bandPath(minimum, maximum, { top: 7, height: 30 }));
        const heights = drawn.map(([, y]) => y!);
        expect([Math.min(...heights), Math.max(...heights)]).toEqual([7, 37]);
        expect(drawn.every(([x]) => x! >= 0 && x! <= pairs.length)).toBe(true);
        expect(drawn.length).toBe(2 * Math.max(2, pairs.length));
      }),
      { seed: 8, numRuns: 200 },
    );
  });
});

describe('rangeOf', () => {
  it('ignores what is not finite', () => {
    expect(rangeOf([-Infinity, 2, Number.NaN], [3, Infinity, 4])).toEqual([2, 4]);
    expect(rangeOf([], [])).toEqual([0, 0]);
  });
});

describe('lanesOf', () => {
  it('stacks lanes without letting them touch', () => {
    expect(lanesOf(3, 20, 4)).toEqual([
      { top: 2, height: 16 },
      { top: 22, height: 16 },
      { top: 42, height: 16 },
    ]);
  });
});
