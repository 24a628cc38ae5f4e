import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isWhole, lengthOf, panned, plotCommand, within, zoomed } from '../../../../../webview/shared/plots/viewport';

const extent = { start: -2, end: 10 };
const inside = fc
  .tuple(fc.double({ min: -2, max: 10, noNaN: true }), fc.double({ min: -2, max: 10, noNaN: true }))
  .filter(([a, b]) => Math.abs(a - b) > 0.01)
  .map(([a, b]) => ({ start: Math.min(a, b), end: Math.max(a, b) }));

describe('a stretch of the time axis', () => {
  it('stays within the recordings, whatever is done to it', () => {
    const factor = fc.double({ min: 0.01, max: 100, noNaN: true });
    const share = fc.double({ min: -5, max: 5, noNaN: true });
    fc.assert(
      fc.property(inside, factor, share, fc.double({ min: -2, max: 10, noNaN: true }), (window, by, move, at) => {
        for (const next of [zoomed(window, by, at, extent, 0.1), panned(window, move, extent)]) {
          expect(next.start).toBeGreaterThanOrEqual(extent.start - 1e-9);
          expect(next.end).toBeLessThanOrEqual(extent.end + 1e-9);
          expect(lengthOf(next)).toBeGreaterThan(0.01 - 1e-9);
        }
      }),
    );
  });

  it('keeps the place under the pointer when it zooms', () => {
    fc.assert(
      fc.property(inside, fc.double({ min: 0, max: 1, noNaN: true }), (window, share) => {
        const at = window.start + share * lengthOf(window);
        const next = zoomed(window, 0.5, at, extent, 1e-6);
        expect((at - next.start) / lengthOf(next)).toBeCloseTo(share, 6);
      }),
    );
  });

  it('is the whole again when it is zoomed out of, and never shorter than it may be', () => {
    expect(zoomed({ start: 0, end: 1 }, 1000, 0.3, extent, 0.1)).toEqual(extent);
    expect(isWhole(extent, extent)).toBe(true);
    expect(isWhole({ start: 0, end: 1 }, extent)).toBe(false);
    expect(lengthOf(zoomed({ start: 0, end: 1 }, 0.001, 0.3, extent, 0.25))).toBeCloseTo(0.25, 9);
    expect(within({ start: 9, end: 12 }, extent)).toEqual({ start: 7, end: 10 });
    expect(panned({ start: 0, end: 2 }, 0.5, extent)).toEqual({ start: 1, end: 3 });
  });
});

describe('keys on a plot', () => {
  const key = (name: string, more = {}) =>
    plotCommand({ key: name, shiftKey: false, altKey: false, ctrlKey: false, metaKey: false, ...more });

  it('zoom, pan, move the cursor and show all', () => {
    expect(key('+')).toEqual({ kind: 'zoom', factor: 0.5 });
    expect(key('-')).toEqual({ kind: 'zoom', factor: 2 });
    expect(key('ArrowRight')).toMatchObject({ kind: 'pan', share: 0.25 });
    expect(key('ArrowLeft', { shiftKey: true })).toMatchObject({ kind: 'cursor' });
    expect(key('0')).toEqual({ kind: 'reset' });
  });

  it('are left to the editor with Alt and Ctrl', () => {
    expect(key('ArrowLeft', { altKey: true })).toBeNull();
    expect(key('+', { ctrlKey: true })).toBeNull();
    expect(key('x')).toBeNull();
  });
});
