import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { densityOf, gridOf } from '../../../../webview/results/explain/featurePlots';
import { distanceAt, meaningOf, sameWithin } from '../../../../webview/results/explain/meaning';
import { stripScale } from '../../../../webview/results/explain/stripScale';
import { paintOf, strongestStretches, stripLabel } from '../../../../webview/results/explain/strips';
import { shadeOf } from '../../../../webview/shared/plots/strip';

const distances = Array.from({ length: 256 }, (_, i) => (i / 255) ** 2);
const calibration = {
  pairs: 5000,
  exact: false,
  distances,
  labels: { distances: [0.1, 0.2, 0.5, 0.9], pairs: [2, 10, 50, 100], same: [2, 9, 20, 25] },
};

const format = (distance: number) => distance.toFixed(2);

describe('the meaning of a distance', () => {
  it('is told by the distances of pairs', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), (share) => {
        // The distances of this sample are even: so many are below each.
        expect(distanceAt(calibration, share)).toBeCloseTo(share, 2);
      }),
    );
    expect(distanceAt({ ...calibration, distances: [] }, 0.1)).toBeNull();
  });

  it('is how often pairs this near share their label; of fewer than five pairs, of the five nearest', () => {
    expect(sameWithin(calibration, 0.3)).toEqual({ pairs: 10, same: 9, within: true });
    expect(sameWithin(calibration, 0.15)).toEqual({ pairs: 10, same: 9, within: false });
    expect(sameWithin(calibration, 7)).toEqual({ pairs: 100, same: 25, within: true });
    expect(sameWithin({ ...calibration, labels: null }, 0.3)).toBeNull();
  });

  it.each([
    ['all labels are the same', [2, 10, 50, 100]],
    ['no label occurs twice', [0, 0, 0, 0]],
  ])('is not told by labels where %s', (_, same) => {
    expect(sameWithin({ ...calibration, labels: { ...calibration.labels, same } }, 0.3)).toBeNull();
  });

  it('is said by labels where there are some, with what that means', () => {
    const [words, ...explained] = meaningOf(calibration, 0.25, format);
    expect(words).toBe('9 of 10 pairs this near share a label');
    expect(explained.join(' ')).toMatch(
      /Of all pairs 25 of 100 share a label\. 2 times closer than usual Usual is 0\.50/,
    );
    expect(meaningOf(calibration, 0, format)[0]).toBe('9 of the 10 nearest pairs share a label');
  });

  it('is said without labels by how much closer it is than usual', () => {
    const without = { ...calibration, labels: null };
    const said = (distance: number) => meaningOf(without, distance, format)[0];
    expect(said(0.161)).toBe('3.1 times closer than usual');
    expect(said(0.5)).toBe('As far apart as usual');
    expect(said(1)).toBe('2 times farther apart than usual');
    expect(said(0)).toBe('No difference was found');
    expect(said(1e-9)).toBe('Much closer than usual');
    expect(said(1e9)).toBe('Much farther apart than usual');
    expect(meaningOf(without, 0.2, format)[1]).toMatch(/^Usual is 0\.50: half of all pairs/);
    expect(meaningOf({ ...without, distances: [] }, 0.2, format)).toEqual([]);
  });
});

describe('a density', () => {
  it('is a density, about as wide as the sample', () => {
    const sample = fc.array(fc.double({ min: -50, max: 50, noNaN: true }), { minLength: 16, maxLength: 16 });
    fc.assert(
      fc.property(sample, (values) => {
        const sorted = [...values].sort((a, b) => a - b);
        const grid = Array.from({ length: 4001 }, (_, i) => -200 + i / 10);
        const heights = densityOf(sorted, grid, 0.5);
        const area = heights.reduce((sum, height) => sum + height / 10, 0);
        expect(area).toBeCloseTo(1, 2);
      }),
    );
  });

  it('has room at both ends, even for one value', () => {
    expect(gridOf([1, 2], [4], 3)).toEqual([1 - 0.36, 2.5, 4.36].map((value) => expect.closeTo(value, 9) as number));
    expect(gridOf([3], [3], 2)[0]).toBeLessThan(3);
  });
});

describe('a strip', () => {
  const strip = {
    steps: 400,
    span: { start: 0, end: 400 },
    compared: [100, 100, 100, 0],
    counted: 1,
    most: null,
    costs: [0.1, 0.1, 0.7, 0],
    channels: [{ index: 2, costs: [0.1, 0.1, 0.7, 0] }],
    sums: [0, 0, 0.9],
    comparedSteps: 300,
  };

  const plain = { none: 0.4, full: 2.5 };

  it('says what the distance would be if all were as in a column, and leaves out what was not compared', () => {
    const paint = paintOf(
      strip,
      2,
      plain,
      (step) => step / 10,
      (where) => JSON.stringify(where),
    )!;
    expect(paint.window).toEqual({ start: 0, end: 40 });
    expect(paint.distances.slice(0, 3)).toEqual([0.3, 0.3, 2.1].map((value) => expect.closeTo(value, 9) as number));
    expect(paint.distances[3]).toBeNull();
    expect(JSON.parse(paint.label)).toEqual([{ start: 20, end: 30 }]);
    expect(paintOf(strip, 0, plain, (step) => step, String)).toBeNull();
    expect(shadeOf(0.4, plain)).toBe(0);
    expect(shadeOf(99, plain)).toBe(1);
  });

  it('of identical recordings has no colour', () => {
    const none = { ...strip, sums: [0, 0, 0], channels: [{ index: 2, costs: [0, 0, 0, 0] }] };
    expect(paintOf(none, 2, plain, (step) => step, String)!.distances).toEqual([0, 0, 0, null]);
  });

  it('of a near pair is never darker than the same strip of a far one', () => {
    const distance = fc.double({ min: 0.01, max: 1, noNaN: true });
    fc.assert(
      fc.property(distance, distance, (one, other) => {
        const shades = [one, other].map((size) => {
          const costs = strip.costs.map((cost) => cost * size);
          const sized = { ...strip, costs, channels: [{ index: 2, costs }], sums: [0, 0, 0.9 * size] };
          const { distances, scale } = paintOf(sized, 2, stripScale(calibration, 0.9 * size), (step) => step, String)!;
          return distances.map((value) => (value === null ? 0 : shadeOf(value, scale)));
        });
        const [a = [], b = []] = one <= other ? shades : [...shades].reverse();
        a.forEach((shade, c) => {
          expect(shade).toBeLessThanOrEqual(b[c]!);
        });
      }),
    );
  });

  it('has the scale of all pairs, or its own where they tell nothing', () => {
    expect(stripScale(calibration, 0.3)).toMatchObject({ shared: true });
    expect(stripScale(calibration, 0.3).none).toBeCloseTo(0.1, 2);
    expect(stripScale(calibration, 0.3).full).toBeCloseTo(0.9, 2);
    const own = { none: 0.4 * 0.3, full: 2.5 * 0.3, shared: false };
    expect(stripScale(null, 0.3)).toEqual(own);
    expect(stripScale({ ...calibration, distances: [] }, 0.3)).toEqual(own);
    expect(stripScale({ ...calibration, distances: [0.3, 0.3] }, 0.3)).toEqual(own);
    expect(stripScale(null, 0).full).toBeGreaterThan(0);
  });

  it('is told in words', () => {
    expect(strongestStretches([0, 0, 5, 0, 0, 0, 3, 0, 0, 0], 1, { start: 0, end: 10 })).toEqual([
      { start: 2, end: 3 },
      { start: 6, end: 7 },
    ]);
    expect(strongestStretches([0, 0, 0.5, 0], 1, { start: 0, end: 4 })).toEqual([]);
    expect(stripLabel('a.csv', 'x', [{ start: 2, end: 3.5 }], true)).toBe('a.csv, x: differs most at 2–3.5 s');
    expect(stripLabel('a.csv', 'x', [], false)).toBe('a.csv, x: no part differs more than the others');
  });
});
