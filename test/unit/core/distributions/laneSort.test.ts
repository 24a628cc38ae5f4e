import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LaneSorter, lanes } from '../../../../src/core/distributions/laneSort';

const float = fc.oneof(fc.float({ noNaN: true }), fc.integer({ min: -3, max: 3 }));

describe('sorting four arrays at once', () => {
  const sorter = new LaneSorter();

  it('gives what the built-in sort gives, for any length and part', () => {
    const arrays = fc.integer({ min: 0, max: 300 }).chain((length) =>
      fc.array(
        fc.array(float, { minLength: length, maxLength: length }).map((values) => Float32Array.from(values)),
        { minLength: 1, maxLength: lanes },
      ),
    );
    fc.assert(
      fc.property(arrays, fc.nat(), fc.nat(), (all, a, b) => {
        const length = all[0]!.length;
        const start = a % (length + 1);
        const end = start + (b % (length - start + 1));
        sorter.sort(all, start, end);
        all.forEach((array, lane) => {
          const found = Float32Array.from({ length: end - start }, (_, i) => sorter.values[lanes * i + lane]!);
          expect(found).toEqual(array.slice(start, end).sort());
        });
      }),
      { seed: 1, numRuns: 500 },
    );
  });

  it('takes its longest arrays, and no longer ones', () => {
    const values = Float32Array.from({ length: 4096 }, (_, i) => (i * 2741) % 4093);
    expect(sorter.takes(values.length)).toBe(true);
    expect(sorter.takes(values.length + 1)).toBe(false);
    sorter.sort([values, values, values, values], 0, values.length);
    const sorted = values.slice().sort();
    sorted.forEach((value, i) => {
      expect(sorter.values[lanes * i + 3]).toBe(value);
    });
  });
});
