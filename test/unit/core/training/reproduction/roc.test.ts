import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { equalErrorRate } from '../../../../../src/core/training/evaluation/equalErrorRate';
import { rocCurve, rocPoints } from '../../../../../src/core/training/reproduction/roc';

fc.configureGlobal({ seed: 20, numRuns: 200 });

const sorted = (values: readonly number[]) => Float64Array.from(values).sort();
const distances = fc.array(fc.integer({ min: 0, max: 30 }), { minLength: 1, maxLength: 60 });

describe('rocCurve', () => {
  it('agrees with cases worked out by hand', () => {
    expect(rocCurve(sorted([1, 2]), sorted([3, 4])).every((tar) => tar === 1)).toBe(true);
    const reversed = rocCurve(sorted([3]), sorted([1, 2]));
    expect(reversed.slice(0, -1).every((tar) => tar === 0)).toBe(true);
    expect(reversed.at(-1)).toBe(1);
    // All pairs at one distance: the diagonal.
    rocCurve(sorted([1, 1]), sorted([1])).forEach((tar, i) => {
      expect(tar).toBeCloseTo(i / 100, 12);
    });
    // Half of either kind up to distance 2, the other half after it.
    const half = rocCurve(sorted([1, 3]), sorted([2, 4]));
    expect(half[25]).toBe(0.5);
    expect(half[50]).toBe(1);
  });

  it('rises from 0 to 1, and passes through the equal error rate', () => {
    fc.assert(
      fc.property(distances, distances, (a, b) => {
        const [same, different] = [sorted(a), sorted(b)];
        const curve = rocCurve(same, different);
        expect(curve).toHaveLength(rocPoints);
        expect(curve.at(-1)).toBe(1);
        for (let i = 1; i < curve.length; i++) expect(curve[i]).toBeGreaterThanOrEqual(curve[i - 1]! - 1e-12);
        const error = equalErrorRate(same, different);
        expect(curve[Math.ceil(100 * error - 1e-9)]).toBeGreaterThanOrEqual(1 - error - 1e-9);
        const before = Math.ceil(100 * error - 1e-9) - 1;
        if (before >= 0) expect(curve[before]).toBeLessThanOrEqual(1 - error + 1e-9);
      }),
    );
  });
});
