import fc from 'fast-check';
import { expect, it } from 'vitest';
import { drawTowards } from '../../../../../src/core/training/optimizer/anchor';

it('moves weights a part of the way to where they started, and never beyond', () => {
  const vector = fc.array(fc.float({ min: -4, max: 4, noNaN: true }), { minLength: 3, maxLength: 3 });
  fc.assert(
    fc.property(vector, vector, fc.double({ min: 0, max: 3, noNaN: true }), (from, to, share) => {
      const weights = Float32Array.from(from);
      drawTowards(weights, Float32Array.from(to), share);
      weights.forEach((value, i) => {
        expect(value).toBeCloseTo(from[i]! + Math.min(share, 1) * (to[i]! - from[i]!), 5);
      });
    }),
  );
});
