import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { climb, refine, remembered } from '../../../../src/core/ranking/moving';

fc.configureGlobal({ seed: 20220106, numRuns: 200 });

describe('a window that moves', () => {
  it('ends on the grid where no neighbour is nearer, and never farther than it began', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 1, maxLength: 30 }),
        fc.nat(29),
        (costs, at) => {
          const from = at % costs.length;
          const starts = costs.map((_, i) => 5 * i);
          const { start, cost } = climb(starts, 5 * from, (where) => costs[where / 5]!);
          const i = start / 5;
          expect(cost).toBe(costs[i]);
          expect(cost).toBeLessThanOrEqual(costs[from]!);
          for (const beside of [i - 1, i + 1]) expect(costs[beside] ?? Infinity).toBeGreaterThanOrEqual(cost);
        },
      ),
    );
  });

  it('finds the single time step where the distance falls towards one, and stays where it may be', () => {
    fc.assert(
      fc.property(fc.integer({ min: 100, max: 900 }), fc.integer({ min: -30, max: 30 }), (from, off) => {
        const within = { start: from - 20, end: from + 40 };
        const best = Math.max(within.start, Math.min(within.end, from + off));
        const { start } = refine(from, 32, within, (where) => Math.abs(where - best));
        expect(start).toBe(best);
      }),
    );
  });

  it('asks for each cost once', () => {
    let asked = 0;
    const cost = remembered((start) => {
      asked++;
      return start;
    });
    expect([cost(3), cost(3), cost(4), asked]).toEqual([3, 3, 4, 2]);
  });
});
