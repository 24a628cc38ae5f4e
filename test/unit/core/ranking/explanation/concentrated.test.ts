import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mostConcentrated, stretchToSee } from '../../../../../src/core/ranking/explanation/concentrated';

fc.configureGlobal({ seed: 20220101, numRuns: 200 });

const costs = fc.array(fc.nat({ max: 20 }), { minLength: 1, maxLength: 30 });

describe('the stretch that carries most beside its length', () => {
  it('is the best of all stretches, and its shares are those of its cells', () => {
    fc.assert(
      fc.property(costs, (values) => {
        const total = values.reduce((sum, value) => sum + value, 0);
        const found = mostConcentrated(Float64Array.from(values));
        if (total === 0) {
          expect(found).toBeNull();
          return;
        }
        let best = 0;
        for (let start = 0; start < values.length; start++) {
          for (let end = start + 1; end <= values.length; end++) {
            const carried = values.slice(start, end).reduce((sum, value) => sum + value, 0);
            best = Math.max(best, carried / total - (end - start) / values.length);
          }
        }
        const { start, end, share, length } = found!;
        expect(share - length).toBeCloseTo(best, 9);
        expect(share).toBeCloseTo(values.slice(start, end).reduce((sum, value) => sum + value, 0) / total, 9);
        expect(length).toBeCloseTo((end - start) / values.length, 9);
      }),
    );
  });
});

describe('the stretch to look at', () => {
  it('is the concentrated one, or the dearest eighth where costs are spread evenly', () => {
    const peak = Float64Array.from({ length: 80 }, (_, i) => (i >= 30 && i < 40 ? 5 : 1));
    expect(stretchToSee(peak)).toEqual({ start: 30, end: 40 });
    const even = Float64Array.from({ length: 80 }, (_, i) => (i === 50 ? 1.1 : 1));
    const { start, end } = stretchToSee(even)!;
    expect(end - start).toBe(10);
    expect(start <= 50 && end > 50).toBe(true);
    expect(stretchToSee(new Float64Array(5))).toBeNull();
  });

  it('lies within the costs', () => {
    fc.assert(
      fc.property(costs, (values) => {
        const found = stretchToSee(Float64Array.from(values));
        if (found === null) return;
        expect(found.start).toBeGreaterThanOrEqual(0);
        expect(found.end).toBeGreaterThan(found.start);
        expect(found.end).toBeLessThanOrEqual(values.length);
      }),
    );
  });
});
