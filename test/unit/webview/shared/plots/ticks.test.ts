import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { timeAxis } from '../../../../../webview/shared/plots/ticks';

const labels = (start: number, end: number, timed: boolean, most = 7): string => {
  const { unit, ticks } = timeAxis(start, end, timed, most);
  return [unit, ...ticks.map((tick) => tick.label)].join(' ');
};

describe('timeAxis', () => {
  it.each([
    [0, 30, true, 's 0 5 10 15 20 25 30'],
    [0, 3, true, 's 0 0.5 1.0 1.5 2.0 2.5 3.0'],
    [0, 0.1, true, 'ms 0 20 40 60 80 100'],
    [0, 1e-4, true, 'µs 0 20 40 60 80 100'],
    [0, 125, true, 'min:s 0:00 0:30 1:00 1:30 2:00'],
    [0, 9000, true, 'h:min 0:00 0:30 1:00 1:30 2:00 2:30'],
    [0, 300_000, true, 'days 0 1 2 3'],
    [0, 150, false, 'steps 0 50 100 150'],
    [0, 60_000, false, 'steps 0 10,000 20,000 30,000 40,000 50,000 60,000'],
    [0, 3, false, 'steps 0 1 2 3'],
    [10.2, 10.8, true, 's 10.2 10.3 10.4 10.5 10.6 10.7 10.8'],
    [600.2, 600.8, true, 's 600.2 600.3 600.4 600.5 600.6 600.7 600.8'],
    [-1, 1, true, 's −1.0 −0.5 0 0.5 1.0'],
    [600, 660, true, 'min:s 10:00 10:10 10:20 10:30 10:40 10:50 11:00'],
  ])('labels %d to %d, timed: %s', (start, end, timed, expected) => {
    expect(labels(start, end, timed)).toBe(expected);
  });

  it('has no ticks for no time', () => {
    expect(timeAxis(1, 1, true, 7).ticks).toEqual([]);
  });

  it('is even, stays inside the stretch and keeps to the number of ticks', () => {
    const start = fc.double({ min: -1e5, max: 1e5, noNaN: true });
    const length = fc.double({ min: 1e-3, max: 1e7, noNaN: true });
    fc.assert(
      fc.property(start, length, fc.boolean(), fc.integer({ min: 2, max: 12 }), (from, long, timed, most) => {
        const values = timeAxis(from, from + long, timed, most).ticks.map((tick) => tick.value);
        expect(values.length).toBeLessThanOrEqual(most);
        const slack = 1e-6 * long + 1e-9;
        for (const value of values) {
          expect(value).toBeGreaterThanOrEqual(from - slack);
          expect(value).toBeLessThanOrEqual(from + long + slack);
        }
        const step = (values[1] ?? 0) - (values[0] ?? 0);
        values.forEach((value, index) => {
          expect(Math.abs(value - values[0]! - index * step)).toBeLessThan(1e-6 * long + 1e-9 * Math.abs(value));
        });
      }),
      { seed: 7, numRuns: 500 },
    );
  });
});
