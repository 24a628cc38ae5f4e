import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { byNumber } from '../../../../webview/overview/map/colouring';
import { DrawnPoints, shuffled } from '../../../../webview/overview/map/drawnPoints';
import { nextCount } from '../../../../webview/overview/map/thinning';

describe('the order in which points are drawn', () => {
  it('holds each once, is always the same, and begins with a fair sample', () => {
    const order = shuffled(10_000);
    expect([...order].sort((a, b) => a - b)).toEqual(Array.from({ length: 10_000 }, (_, i) => i));
    expect(shuffled(10_000)).toEqual(order);
    const first = order.subarray(0, 1000);
    const tenths = Array.from({ length: 10 }, (_, tenth) => first.filter((i) => Math.floor(i / 1000) === tenth).length);
    // Of a fair draw a tenth has 100, with a standard deviation of 9.
    for (const count of tenths) expect(Math.abs(count - 100)).toBeLessThan(45);
  });

  it('keeps place, colour and mark of a point together', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -9, max: 9 }), { maxLength: 60 }), (values) => {
        const points = new DrawnPoints();
        const at = values.map((value) => value / 10);
        points.place(at, at);
        const colouring = byNumber(values, values.length);
        const tints = colouring.entries.map((_, i) => [10 * i, 1, 2] as const);
        points.colour(colouring, tints, [9, 9, 9], (i) => values[i] !== 3);
        points.mark(new Set(values.flatMap((value, i) => (value === 5 ? [i] : []))));
        const { x, colours, marks } = points.drawn;
        for (const [i, place] of x.entries()) {
          const value = Math.round(place * 10);
          const entry = colouring.of[values.indexOf(value)]!;
          expect([...colours.subarray(4 * i, 4 * i + 4)]).toEqual([10 * entry, 1, 2, value === 3 ? 0 : 225]);
          expect(marks[i]).toBe(value === 5 ? 1 : 0);
        }
      }),
    );
  });
});

describe('the number of points that are drawn while they move', () => {
  it('falls until no frame is late, and rises again', () => {
    // A machine that draws 400 points in a millisecond, and shows a frame every 16.7 ms at most.
    const took = (count: number) => Math.ceil(Math.max(1, count / 400) / 16.7) * 16.7;
    let count = 100_000;
    for (let frame = 0; frame < 30; frame++) count = nextCount(count, took(count), 100_000);
    expect(took(count)).toBeLessThanOrEqual(2 * 16.7);
    expect(count).toBeGreaterThan(3000);
    for (let frame = 0; frame < 90; frame++) count = nextCount(count, 16.7, 100_000);
    expect(count).toBe(100_000);
  });

  it('is never above all points, and never below a few', () => {
    fc.assert(
      fc.property(fc.nat(200_000), fc.nat(2000), fc.nat(200_000), (drawn, milliseconds, all) => {
        const next = nextCount(Math.min(drawn, all), milliseconds, all);
        expect(next).toBeLessThanOrEqual(all);
        if (milliseconds > 24) expect(next).toBeGreaterThanOrEqual(Math.min(2000, all));
      }),
    );
  });
});
