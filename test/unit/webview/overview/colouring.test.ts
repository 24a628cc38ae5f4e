import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { byNumber, byText, mostColours, rampColour, unknown } from '../../../../webview/overview/map/colouring';
import { middleOf, placed, type Wish } from '../../../../webview/overview/map/labelPlaces';
import { rgbOf } from '../../../../webview/overview/map/mapTheme';

const texts = Array.from({ length: 14 }, (_, i) => `text ${i}`);

describe('colours by text', () => {
  it('are given to the most frequent; every point has its own text, none, or is one of the others', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -1, max: texts.length - 1 }), { maxLength: 200 }), (of) => {
        const { entries, of: places, hasOthers } = byText({ texts, of });
        const counts = texts.map((_, text) => of.filter((each) => each === text).length);
        const own = entries.filter(({ colour }) => colour !== null);
        expect(own.length).toBe(Math.min(mostColours, counts.filter((count) => count > 0).length));
        const least = Math.min(Infinity, ...own.map(({ points }) => points));
        entries.forEach((entry, place) => {
          expect(places.filter((each) => each === place).length).toBe(entry.points);
          expect(entry.points).toBeGreaterThan(0);
        });
        of.forEach((text, i) => {
          const entry = entries[places[i]!]!;
          if (text < 0) expect(entry.value).toBeNull();
          else if (entry.colour !== null) expect(entry.value).toBe(texts[text]);
          else {
            expect(hasOthers && entry === entries.at(-1)).toBe(true);
            expect(counts[text]).toBeLessThanOrEqual(least);
          }
        });
      }),
      { numRuns: 300 },
    );
  });
});

describe('colours by number', () => {
  it('rise with the number, in classes that tell their bounds', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 9, noNaN: true }), { minLength: 1, maxLength: 90 }), (values) => {
        const { entries, of } = byNumber(values, values.length);
        values.forEach((value, i) => {
          const [least, most] = entries[of[i]!]!.value as readonly [number, number];
          expect(value).toBeGreaterThanOrEqual(least);
          expect(value).toBeLessThanOrEqual(most);
          values.forEach((other, j) => {
            if (value < other) expect(of[i]).toBeLessThanOrEqual(of[j]!);
            if (value === other) expect(of[i]).toBe(of[j]);
          });
        });
        expect(entries.reduce((sum, { points }) => sum + points, 0)).toBe(values.length);
      }),
    );
  });

  it('are of one class where all numbers are equal, and of none before they are known', () => {
    expect(byNumber([2, 2, 2], 3).entries).toEqual([{ value: [2, 2], points: 3, colour: 0.5 }]);
    expect([...byNumber([], 3).of]).toEqual([unknown, unknown, unknown]);
    expect(byNumber([], 0).entries).toEqual([]);
  });

  it('stand out more from the page the larger the number', () => {
    const lightness = (share: number, isDark: boolean) => {
      const word = Number.parseInt(rampColour(share, isDark).slice(1), 16);
      return 0.299 * (word >> 16) + 0.587 * ((word >> 8) & 255) + 0.114 * (word & 255);
    };
    expect(lightness(1, true)).toBeGreaterThan(lightness(0, true));
    expect(lightness(1, false)).toBeLessThan(lightness(0, false));
  });
});

describe('a computed colour', () => {
  it('is read whether it was mixed or not', () => {
    expect(rgbOf('rgb(1, 20, 255)')).toEqual([1, 20, 255]);
    expect(rgbOf('rgba(1, 20, 255, 0.5)')).toEqual([1, 20, 255]);
    expect(rgbOf('color(srgb 1 0.5 0)')).toEqual([255, 128, 0]);
  });
});

describe('names on a map', () => {
  const wish = fc.record({
    text: fc.constant('name'),
    at: fc.record({ x: fc.nat(400), y: fc.nat(300) }),
    width: fc.integer({ min: 5, max: 120 }),
  });

  it('lie over no other and on the screen, and the first one that can be written is', () => {
    const screen = { width: 400, height: 300 };
    const height = 16;
    const fits = ({ at, width }: Wish) =>
      at.x - width / 2 >= 0 && at.x + width / 2 <= 400 && at.y - 8 >= 0 && at.y + 8 <= 300;
    const meet = (a: Wish, b: Wish) =>
      Math.abs(a.at.x - b.at.x) * 2 < a.width + b.width && Math.abs(a.at.y - b.at.y) < height;
    fc.assert(
      fc.property(fc.array(wish, { maxLength: 30 }), (wishes) => {
        const written = placed(wishes, height, screen);
        for (const [i, a] of written.entries()) for (const b of written.slice(i + 1)) expect(meet(a, b)).toBe(false);
        for (const [i, each] of wishes.entries()) {
          const before = wishes.slice(0, i).filter((other) => written.includes(other));
          expect(written.includes(each)).toBe(fits(each) && !before.some((other) => meet(each, other)));
        }
      }),
    );
  });

  it('stand at one of the points, the one nearest to their mean', () => {
    expect(middleOf([0, 1, 2], [0, 0.4, 1], [0, 0, 0])).toEqual({ x: 0.4, y: 0 });
    expect(middleOf([], [], [])).toEqual({ x: 0, y: 0 });
  });
});
