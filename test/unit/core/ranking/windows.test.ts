import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { overlap, windowsOf, withoutOverlaps } from '../../../../src/core/ranking/windows';

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
});
