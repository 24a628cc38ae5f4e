import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inside } from '../../../../webview/overview/map/lasso';
import { Places, type Direction } from '../../../../webview/overview/map/places';
import { fitted, panned, showing, toMap, toScreen, zoomed, type Point } from '../../../../webview/overview/map/view';

const place = fc.integer({ min: -1000, max: 1000 }).map((thousandths) => thousandths / 1000);
const points = fc.array(fc.record({ x: place, y: place }), { minLength: 1, maxLength: 60 });
/** Many points at few places. */
const crowded = fc.array(fc.record({ x: fc.integer({ min: -2, max: 2 }), y: fc.integer({ min: -2, max: 2 }) }), {
  minLength: 1,
  maxLength: 40,
});
const everywhere = fc.oneof(
  points,
  crowded.map((all) => all.map(({ x, y }) => ({ x: x / 2, y: y / 2 }))),
);
const size = { width: 640, height: 400 };

const axis = (all: readonly Point[], key: 'x' | 'y') => all.map((point) => point[key]);
const placesOf = (all: readonly Point[]) => new Places(axis(all, 'x'), axis(all, 'y'));
const squared = (a: Point, b: Point) => (a.x - b.x) ** 2 + (a.y - b.y) ** 2;

describe('the view of a map', () => {
  it('takes a place to the screen and back', () => {
    fc.assert(
      fc.property(points, place, place, (all, x, y) => {
        const view = fitted(axis(all, 'x'), axis(all, 'y'), size);
        const back = toMap(view, size, toScreen(view, size, { x, y }));
        expect(back.x).toBeCloseTo(x, 9);
        expect(back.y).toBeCloseTo(y, 9);
      }),
    );
  });

  it('shows all points when it is fitted', () => {
    fc.assert(
      fc.property(points, (all) => {
        const view = fitted(axis(all, 'x'), axis(all, 'y'), size);
        for (const point of all) {
          const { x, y } = toScreen(view, size, point);
          expect(x).toBeGreaterThanOrEqual(27);
          expect(x).toBeLessThanOrEqual(size.width - 27);
          expect(y).toBeGreaterThanOrEqual(27);
          expect(y).toBeLessThanOrEqual(size.height - 27);
        }
      }),
    );
  });

  it('keeps what lies under the pointer in its place while it zooms', () => {
    const whole = fitted([-1, 1], [-1, 1], size);
    fc.assert(
      fc.property(fc.double({ min: 0.3, max: 3, noNaN: true }), fc.nat(640), fc.nat(400), (factor, x, y) => {
        const before = toMap(whole, size, { x, y });
        const after = toMap(zoomed(whole, size, { x, y }, factor, whole), size, { x, y });
        expect(after.x).toBeCloseTo(before.x, 9);
        expect(after.y).toBeCloseTo(before.y, 9);
      }),
    );
  });

  it('does not zoom without an end', () => {
    const whole = fitted([-1, 1], [-1, 1], size);
    const middle = { x: 320, y: 200 };
    expect(zoomed(whole, size, middle, 1e9, whole).scale).toBe(whole.scale * 4000);
    expect(zoomed(whole, size, middle, 1e-9, whole).scale).toBe(whole.scale / 2);
  });

  it('moves with the pointer, and just so far that a place is in sight', () => {
    const view = fitted([-1, 1], [-1, 1], size);
    const moved = panned(view, { x: 30, y: -20 });
    const [before, after] = [view, moved].map((each) => toScreen(each, size, { x: 0.2, y: 0.1 }));
    expect((after?.x ?? 0) - (before?.x ?? 0)).toBeCloseTo(30, 9);
    expect((after?.y ?? 0) - (before?.y ?? 0)).toBeCloseTo(-20, 9);
    expect(showing(view, size, { x: 0, y: 0 })).toEqual(view);
    const seen = toScreen(showing(view, size, { x: 9, y: 0 }), size, { x: 9, y: 0 });
    expect(seen.x).toBeCloseTo(size.width - 28, 6);
  });

  it('is of the whole map where there is nothing to fit', () => {
    expect(fitted([], [], size)).toEqual({ x: 0, y: 0, scale: (size.height - 56) / 2 });
    expect(Number.isFinite(fitted([0.3], [0.3], { width: 1, height: 1 }).scale)).toBe(true);
  });
});

describe('a lasso', () => {
  it('catches what lies in a polygon, as angles around each point have it', () => {
    fc.assert(
      fc.property(points, fc.array(fc.record({ x: place, y: place }), { minLength: 3, maxLength: 8 }), (all, line) => {
        const caught = new Set(inside(line, axis(all, 'x'), axis(all, 'y'), () => true));
        for (const [i, point] of all.entries()) {
          if (isNearLine(point, line)) continue;
          expect(caught.has(i)).toBe(isWoundOddly(point, line));
        }
      }),
      { numRuns: 300 },
    );
  });

  it('catches nothing of what is not shown, nor without an area', () => {
    const line = [
      { x: -1, y: -1 },
      { x: 1, y: -1 },
      { x: 0, y: 1 },
    ];
    expect(inside(line, [0, 0], [0, 0.1], (i) => i === 1)).toEqual([1]);
    expect(inside(line.slice(0, 2), [0], [0], () => true)).toEqual([]);
  });
});

/** Counts how often a line goes around a point by the angles that its sides take. */
function isWoundOddly(at: Point, line: readonly Point[]): boolean {
  let crossings = 0;
  line.forEach((a, i) => {
    const b = line[(i + 1) % line.length]!;
    // A ray upwards instead of to the side.
    if (a.x > at.x === b.x > at.x) return;
    if (a.y + ((at.x - a.x) / (b.x - a.x)) * (b.y - a.y) > at.y) crossings += 1;
  });
  return crossings % 2 === 1;
}

function isNearLine(at: Point, line: readonly Point[]): boolean {
  return line.some((a, i) => {
    const b = line[(i + 1) % line.length]!;
    const length = squared(a, b);
    const share = length === 0 ? 0 : ((at.x - a.x) * (b.x - a.x) + (at.y - a.y) * (b.y - a.y)) / length;
    const along = Math.min(1, Math.max(0, share));
    return squared(at, { x: a.x + along * (b.x - a.x), y: a.y + along * (b.y - a.y) }) < 1e-12;
  });
}

describe('places', () => {
  it('tell the point that is nearest to a place, of those that count and lie in reach', () => {
    fc.assert(
      fc.property(everywhere, place, place, fc.double({ min: 0.01, max: 2, noNaN: true }), (all, x, y, reach) => {
        const counts = (i: number) => i % 3 !== 1;
        const near = all
          .map((point, i) => ({ i, distance: squared(point, { x, y }) }))
          .filter(({ i, distance }) => counts(i) && distance <= reach * reach)
          .sort((a, b) => a.distance - b.distance || a.i - b.i);
        expect(placesOf(all).nearest({ x, y }, reach, counts)).toBe(near[0]?.i ?? null);
      }),
      { numRuns: 300 },
    );
  });

  const ahead: Readonly<Record<Direction, (by: Point) => boolean>> = {
    left: ({ x, y }) => x < 0 && Math.abs(y) <= -x,
    right: ({ x, y }) => x > 0 && Math.abs(y) <= x,
    up: ({ x, y }) => y > 0 && Math.abs(x) < y,
    down: ({ x, y }) => y < 0 && Math.abs(x) < -y,
  };
  const direction = fc.constantFrom<Direction>('left', 'right', 'up', 'down');

  it('step to the nearest point in a direction', () => {
    fc.assert(
      fc.property(points, direction, fc.nat(), (all, to, start) => {
        const from = start % all.length;
        const at = all[from]!;
        const twins = all.some((point, i) => i !== from && squared(point, at) === 0);
        fc.pre(!twins);
        const candidates = all
          .map((point, i) => ({ i, by: { x: point.x - at.x, y: point.y - at.y }, distance: squared(point, at) }))
          .filter(({ i, by }) => i !== from && ahead[to](by))
          .sort((a, b) => a.distance - b.distance || a.i - b.i);
        expect(placesOf(all).step(from, to, () => true)).toBe(candidates[0]?.i ?? null);
      }),
      { numRuns: 300 },
    );
  });

  it('step through points at one place one after the other, there and back', () => {
    const places = placesOf(Array.from({ length: 5 }, () => ({ x: 0.5, y: 0.5 })));
    const all = () => true;
    const there = [0, 1, 2, 3, 4].map((i) => places.step(i, 'right', all));
    expect(there).toEqual([1, 2, 3, 4, null]);
    expect([0, 1, 2, 3, 4].map((i) => places.step(i, 'left', all))).toEqual([null, 0, 1, 2, 3]);
  });

  it('lead from any point to any other', () => {
    fc.assert(
      fc.property(everywhere, (all) => {
        const places = placesOf(all);
        const reached = new Set([0]);
        const left = [0];
        for (let from = left.pop(); from !== undefined; from = left.pop()) {
          for (const to of ['left', 'right', 'up', 'down'] as const) {
            const next = places.step(from, to, () => true);
            if (next === null || reached.has(next)) continue;
            reached.add(next);
            left.push(next);
          }
        }
        expect(reached.size).toBe(all.length);
      }),
    );
  });

  it('are none where there are no points', () => {
    expect(new Places([], []).nearest({ x: 0, y: 0 }, 8, () => true)).toBeNull();
  });
});
