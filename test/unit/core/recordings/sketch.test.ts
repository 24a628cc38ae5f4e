import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sketchHeights, sketchOf } from '../../../../src/core/recordings/sketch';

describe('a sketch', () => {
  it('follows the course of a series', () => {
    const rising = Float32Array.from({ length: 1000 }, (_, t) => t);
    expect(sketchOf(rising, 8)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    expect(sketchOf(rising.toReversed(), 4)).toEqual([7, 5, 2, 0]);
  });

  it('has a level series in the middle, and each value of a short one', () => {
    expect(sketchOf(new Float32Array(100).fill(3), 3)).toEqual([4, 4, 4]);
    expect(sketchOf(Float32Array.of(1, 2), 24)).toEqual([0, 7]);
    expect(sketchOf(new Float32Array(0), 24)).toEqual([]);
  });

  it('has whole heights within bounds, and reaches both', () => {
    const series = fc.float32Array({ minLength: 2, maxLength: 600, noNaN: true, noDefaultInfinity: true });
    fc.assert(
      fc.property(series, fc.integer({ min: 1, max: 40 }), (values, columns) => {
        const sketch = sketchOf(values, columns);
        expect(sketch).toHaveLength(Math.min(columns, values.length));
        for (const height of sketch) expect(height).toBe(Math.min(Math.max(Math.floor(height), 0), sketchHeights - 1));
        if (new Set(sketch).size > 1) expect([Math.min(...sketch), Math.max(...sketch)]).toEqual([0, 7]);
      }),
    );
  });
});
