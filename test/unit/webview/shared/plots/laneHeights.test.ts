import fc from 'fast-check';
import { expect, it } from 'vitest';
import { laneHeights } from '../../../../../webview/shared/plots/laneHeights';

it('shares a room among lanes: none is too low to read, and they fill no more than the room', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 300 }), fc.integer({ min: 90, max: 600 }), (count, room) => {
      const { lanes, height, compact, total } = laneHeights(count, true, room);
      expect(total).toBe(room);
      expect(lanes).toBeGreaterThan(0);
      expect(lanes).toBeLessThanOrEqual(count);
      expect(height).toBeGreaterThanOrEqual(24);
      expect(lanes * (height + (compact ? 7 : 30)) + 22).toBeLessThanOrEqual(room);
    }),
  );
});

it('gives lanes that have room for themselves what they need', () => {
  const heights = [1, 2, 6, 20, 60].map((count) => laneHeights(count, false, null));
  expect(heights.map(({ lanes }) => lanes)).toEqual([1, 2, 6, 20, 60]);
  expect(heights.map(({ height }) => height)).toEqual([110, 76, 48, 36, 26]);
  expect(laneHeights(1, true, null).height).toBeGreaterThan(110);
});
