import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { reduceToColumns } from '../../../../../src/core/recordings/reduce';
import { curveOf, valueAt, type SeriesData } from '../../../../../webview/shared/plots/envelope';

const ref = { path: '/a.csv', number: 0 };

function seriesOf(values: Float32Array, columns: number, start = 0, end = values.length): SeriesData {
  const { minimum, maximum } = reduceToColumns(values, columns, start, end);
  const channel = { index: 0, name: null, unit: null, minimum: [...minimum], maximum: [...maximum] };
  return { ref, steps: values.length, rate: null, span: { start, end }, channels: [channel] };
}

const samples = fc
  .array(fc.float({ noNaN: true, min: -100, max: 100 }), { minLength: 2, maxLength: 300 })
  .map((values) => Float32Array.from(values));
const same = (step: number) => step;

describe('the curve of a channel', () => {
  it('runs forwards through every extreme, whether parts of it are finer or not', () => {
    fc.assert(
      fc.property(samples, fc.integer({ min: 1, max: 40 }), fc.nat(100), fc.nat(100), (values, columns, a, b) => {
        const start = Math.floor((Math.min(a, b) / 101) * values.length);
        const end = Math.max(start + 1, Math.floor((Math.max(a, b) / 101) * values.length));
        for (const fine of [null, seriesOf(values, columns, start, end)]) {
          const { x, y } = curveOf(0, seriesOf(values, columns), fine, same);
          expect(x).toHaveLength(y.length);
          for (let i = 1; i < x.length; i++) expect(x[i]).toBeGreaterThan(x[i - 1]!);
          if (fine !== null) continue;
          expect(Math.min(...y)).toBe(Math.min(...values));
          expect(Math.max(...y)).toBe(Math.max(...values));
        }
      }),
    );
  });

  it('is the samples themselves where there is a column for each', () => {
    fc.assert(
      fc.property(samples, (values) => {
        const { x, y } = curveOf(0, seriesOf(values, values.length), null, (step) => 10 + step / 2);
        expect(y).toEqual([...values]);
        expect(x).toEqual(Array.from(values, (_, i) => 10 + i / 2));
      }),
    );
  });

  it('is empty for a channel that there is not', () => {
    expect(curveOf(3, seriesOf(Float32Array.of(1, 2), 2), null, same)).toEqual({ x: [], y: [] });
    expect(curveOf(0, null, null, same)).toEqual({ x: [], y: [] });
  });
});

describe('the value under the cursor', () => {
  it('is that of the nearest point', () => {
    const curve = { x: [0, 1, 4], y: [5, 6, 7] };
    expect([0, 0.4, 0.6, 2, 3.9].map((at) => valueAt(curve, at))).toEqual([5, 5, 6, 6, 7]);
    expect(valueAt(curve, -0.1)).toBeNull();
    expect(valueAt({ x: [], y: [] }, 0)).toBeNull();
  });
});
