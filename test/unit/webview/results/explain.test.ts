import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { densityOf, gridOf } from '../../../../webview/results/explain/featurePlots';
import { meaningOf, sameWithin, shareBeyond } from '../../../../webview/results/explain/meaning';
import { paintOf, strongestStretches, stripLabel } from '../../../../webview/results/explain/strips';
import { shadeOf } from '../../../../webview/shared/plots/strip';

const distances = Array.from({ length: 256 }, (_, i) => (i / 255) ** 2);
const calibration = {
  pairs: 5000,
  exact: false,
  distances,
  labels: { distances: [0.1, 0.2, 0.5, 0.9], pairs: [2, 10, 50, 100], same: [2, 9, 20, 25] },
};

describe('the meaning of a distance', () => {
  it('is the share of pairs that are farther apart', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), (distance) => {
        // The distances of this sample are even: so many are below each.
        expect(shareBeyond(calibration, distance)).toBeCloseTo(1 - distance, 2);
      }),
    );
    expect(shareBeyond(calibration, 2)).toBe(0);
    expect(shareBeyond({ ...calibration, distances: [0.5, 0.6] }, 0.1)).toBe(1);
    expect(shareBeyond({ ...calibration, distances: [] }, 0.1)).toBeNull();
  });

  it('is how often pairs this near share their label, where there are enough', () => {
    expect(sameWithin(calibration, 0.3)).toEqual({ pairs: 10, same: 9 });
    expect(sameWithin(calibration, 0.15)).toBeNull();
    expect(sameWithin(calibration, 0.05)).toBeNull();
    expect(sameWithin({ ...calibration, labels: null }, 0.3)).toBeNull();
  });

  it('is said in short', () => {
    expect(meaningOf(calibration, 0.25)).toEqual([
      'Nearer than 75 % of all pairs',
      '90 % of the pairs this near have the same label (9 of 10)',
    ]);
    expect(meaningOf(calibration, 0)).toEqual(['Nearer than 99.9 % of all pairs']);
    expect(meaningOf({ ...calibration, distances: [], labels: null }, 0.2)).toEqual([]);
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
    costs: [0.1, 0.1, 0.7, 0],
    channels: [{ index: 2, costs: [0.1, 0.1, 0.7, 0] }],
    sums: [0, 0, 0.9],
    comparedSteps: 300,
  };

  it('is bright where steps cost more than the mean, and leaves out what was not compared', () => {
    const paint = paintOf(
      strip,
      2,
      (step) => step / 10,
      (where) => JSON.stringify(where),
    )!;
    expect(paint.window).toEqual({ start: 0, end: 40 });
    expect(paint.intensity.slice(0, 3)).toEqual(
      [1 / 3, 1 / 3, 7 / 3].map((value) => expect.closeTo(value, 9) as number),
    );
    expect(paint.intensity[3]).toBeNull();
    expect(JSON.parse(paint.label)).toEqual([{ start: 20, end: 30 }]);
    expect(paintOf(strip, 0, (step) => step, String)).toBeNull();
    expect(shadeOf(0)).toBe(0);
    expect(shadeOf(99)).toBe(1);
  });

  it('of identical recordings is dark everywhere', () => {
    const none = { ...strip, sums: [0, 0, 0], channels: [{ index: 2, costs: [0, 0, 0, 0] }] };
    expect(paintOf(none, 2, (step) => step, String)!.intensity).toEqual([0, 0, 0, null]);
  });

  it('is told in words', () => {
    expect(strongestStretches([0, 0, 5, 0, 0, 0, 3, 0, 0, 0], { start: 0, end: 10 })).toEqual([
      { start: 2, end: 3 },
      { start: 6, end: 7 },
    ]);
    expect(stripLabel('a.csv', 'x', [{ start: 2, end: 3.5 }], true)).toBe('a.csv, x: differs most at 2–3.5 s');
    expect(stripLabel('a.csv', 'x', [], false)).toBe('a.csv, x: no part differs more than the others');
  });
});
