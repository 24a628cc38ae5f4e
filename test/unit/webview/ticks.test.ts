import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { timeAxis } from '../../../webview/ticks';

const labels = (steps: number, rate: number | null, most = 7): string =>
  [timeAxis(steps, rate, most).unit, ...timeAxis(steps, rate, most).ticks.map((tick) => tick.label)].join(' ');

describe('timeAxis', () => {
  it.each([
    [10_800, 360, 's 0 5 10 15 20 25 30'],
    [48_000, 16_000, 's 0 0.5 1.0 1.5 2.0 2.5 3.0'],
    [1600, 16_000, 'ms 0 20 40 60 80 100'],
    [10, 1e5, 'µs 0 20 40 60 80 100'],
    [6250, 50, 'min:s 0:00 0:30 1:00 1:30 2:00'],
    [9000, 1, 'h:min 0:00 0:30 1:00 1:30 2:00 2:30'],
    [5000, 1 / 60, 'days 0 1 2 3'],
    [150, null, 'steps 0 50 100 150'],
    [60_000, null, 'steps 0 10,000 20,000 30,000 40,000 50,000 60,000'],
    [3, null, 'steps 0 1 2 3'],
  ])('labels %d steps at %s Hz', (steps, rate, expected) => {
    expect(labels(steps, rate)).toBe(expected);
  });

  it('has no ticks for a single step', () => {
    expect(timeAxis(1, 100, 7).ticks).toEqual([]);
  });

  it('is even, begins at 0, stays inside the plot and keeps to the number of ticks', () => {
    const rates = fc.option(fc.double({ min: 1e-6, max: 1e7, noNaN: true }));
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 1e9 }), rates, fc.integer({ min: 2, max: 12 }), (steps, rate, most) => {
        const positions = timeAxis(steps, rate, most).ticks.map((tick) => tick.position);
        expect(positions.length).toBeLessThanOrEqual(most);
        expect(positions[0]).toBe(0);
        expect(Math.max(...positions)).toBeLessThanOrEqual(1);
        const step = positions[1] ?? 1;
        positions.forEach((position, index) => {
          expect(position).toBeCloseTo(index * step, 6);
        });
      }),
      { seed: 7, numRuns: 500 },
    );
  });
});
