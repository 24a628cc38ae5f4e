import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  dips,
  leaveOut,
  overlap,
  windowCount,
  windowsOf,
  withoutOverlaps,
} from '../../../../src/core/encoder/windowGrid';

fc.configureGlobal({ seed: 20220103, numRuns: 200 });

const length = fc.integer({ min: 1, max: 300 });

describe('the windows of a recording', () => {
  it('are of one length, start at most an eighth of it apart, and reach both ends', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 3000 }), length, (steps, long) => {
        const windows = windowsOf(steps, long);
        if (long > steps) {
          expect(windows).toEqual([]);
          return;
        }
        expect(windows.every(({ start, end }) => end - start === long)).toBe(true);
        expect([windows[0]?.start, windows.at(-1)?.end]).toEqual([0, steps]);
        const hops = windows.slice(1).map(({ start }, i) => start - windows[i]!.start);
        expect(hops.every((hop) => hop > 0 && hop <= Math.max(long / 8, 1))).toBe(true);
      }),
    );
  });

  it('that share more than a quarter with a nearer one are left out, and no others', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 500 }), { maxLength: 40 }), length, (starts, long) => {
        const windows = starts.map((start) => ({ span: { start, end: start + long } }));
        const kept = withoutOverlaps(windows);
        const shared = (a: number, b: number) => Math.max(0, long - Math.abs(a - b)) / long;
        windows.forEach((window, i) => {
          const nearer = kept.filter((other) => windows.indexOf(other) < i);
          const hides = nearer.some(({ span }) => shared(span.start, window.span.start) > 0.25);
          expect(kept.includes(window)).toBe(!hides);
        });
      }),
    );
  });

  it('share too much when more than a quarter of the shorter one is common', () => {
    expect(overlap({ start: 0, end: 100 }, { start: 75, end: 175 })).toBe(false);
    expect(overlap({ start: 0, end: 100 }, { start: 74, end: 174 })).toBe(true);
    expect(overlap({ start: 0, end: 1000 }, { start: 500, end: 520 })).toBe(true);
  });

  it('of a part of it are those of the whole that lie in the part', () => {
    const some = fc.tuple(fc.integer({ min: 1, max: 3000 }), length, fc.nat(3000), fc.nat(3000));
    fc.assert(
      fc.property(some, ([steps, long, a, b]) => {
        const part = { start: Math.min(a, b, steps), end: Math.min(Math.max(a, b), steps) };
        const all = windowsOf(steps, long);
        expect(windowCount(steps, long)).toBe(all.length);
        const inside = all.filter(({ start, end }) => start >= part.start && end <= part.end);
        expect(windowsOf(steps, long, part)).toEqual(inside);
      }),
    );
  });

  it('are far from a stretch that they overlap', () => {
    const costs = Float64Array.of(1, 2, 3, 4);
    const windows = [0, 50, 100, 150].map((start) => ({ start, end: start + 100 }));
    leaveOut(null, windows, costs);
    expect([...costs]).toEqual([1, 2, 3, 4]);
    leaveOut({ start: 0, end: 100 }, windows, costs);
    expect([...costs]).toEqual([Infinity, Infinity, 3, 4]);
  });

  it('are found where they are nearer than those beside them, or hardly farther where that is not exact', () => {
    const distances = Float64Array.of(3, 2, 2, 5, 4.9, 4.95, 1);
    expect(dips(distances)).toEqual([1, 4, 6]);
    expect(dips(distances, 0.02)).toEqual([1, 2, 4, 6]);
    expect(dips(new Float64Array(0))).toEqual([]);
  });
});
