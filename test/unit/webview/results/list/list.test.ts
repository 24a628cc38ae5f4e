import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rowsBetween, scrollInto } from '../../../../../webview/results/list/drawnRows';
import { isMadeAgain, neighboursOf, Pages, pageSize } from '../../../../../webview/results/list/pages';
import {
  allSelected,
  countSelected,
  extended,
  isSelected,
  nothingSelected,
  selectedPositions,
  toggled,
} from '../../../../../webview/results/list/selection';
import { results } from '../../samples';

describe('a selection', () => {
  it('is a set of positions, whatever is toggled', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(20), { maxLength: 60 }), (positions) => {
        let selection = nothingSelected;
        const model = new Set<number>();
        for (const position of positions) {
          selection = toggled(selection, position);
          if (!model.delete(position)) model.add(position);
          expect(selection.anchor).toBe(position);
        }
        const expected = [...model].sort((a, b) => a - b);
        expect(selectedPositions(selection, 1000)).toEqual(expected);
        expect(countSelected(selection)).toBe(expected.length);
        for (let at = 0; at <= 20; at++) expect(isSelected(selection, at)).toBe(model.has(at));
        // Parts are in order and apart, so that equal selections are written alike.
        selection.parts.slice(1).forEach(([first], index) => {
          expect(first).toBeGreaterThan(selection.parts[index]![1] + 1);
        });
      }),
      { seed: 3 },
    );
  });

  it('reaches from where it began, in either direction', () => {
    const down = extended(nothingSelected, 4, 6);
    expect(down).toEqual({ parts: [[4, 6]], anchor: 4 });
    expect(extended(down, 6, 2).parts).toEqual([[2, 4]]);
  });

  it('of everything takes no room', () => {
    expect(allSelected(10_000).parts).toEqual([[0, 9999]]);
    expect(countSelected(allSelected(0))).toBe(0);
    expect(selectedPositions(allSelected(10_000), 3)).toEqual([0, 1, 2]);
  });
});

describe('pages', () => {
  const { items } = results();
  const match = (rank: number) => ({ ...items[0]!, rank }) as (typeof items)[number];
  const page = (from: number, count: number) => Array.from({ length: count }, (_, index) => match(from + index));

  it('know where a sequence stands that has come', () => {
    const named = (from: number, count: number) =>
      page(from, count).map((item, at) => ({
        ...item,
        sequence: { ...results().query, ref: { path: `/${from + at}`, number: 0 } },
      })) as unknown as typeof items;
    const pages = new Pages({ list: 1, length: 1000, items: named(0, 50) });
    pages.receive(900, named(900, 50), 1000);
    expect(pages.positionOf({ path: '/49', number: 0 })).toBe(49);
    expect(pages.positionOf({ path: '/933', number: 0 })).toBe(933);
    expect(pages.positionOf({ path: '/500', number: 0 })).toBeNull();
    expect(pages.positionOf({ path: '/49', number: 1 })).toBeNull();
    const missing: number[] = [];
    const near = (path: string) =>
      neighboursOf(pages, { path, number: 0 }, (position) => missing.push(position)) as {
        readonly [side in 'previous' | 'next']: { readonly rank: number } | null;
      };
    expect(near('/0')).toMatchObject({ previous: null, next: { rank: 1 } });
    expect(missing).toEqual([]);
    expect(near('/49')).toMatchObject({ previous: { rank: 48 }, next: null });
    expect(missing).toEqual([50]);
    expect(near('/500')).toEqual({ previous: null, next: null });
  });

  it('are asked for once, the ones in the middle of what is in sight first, two at a time', () => {
    const pages = new Pages({ list: 1, length: 1000, items: page(0, 50) });
    expect(pages.wanted(0, 40)).toEqual([]);
    expect(pages.wanted(90, 210)).toEqual([
      { from: 100, count: 50 },
      { from: 150, count: 50 },
    ]);
    expect(pages.wanted(90, 210)).toEqual([]);
    pages.receive(100, page(100, 50), 1000);
    expect(pages.at(120)).toEqual(match(120));
    expect(pages.at(160)).toBeUndefined();
    expect(pages.wanted(90, 210)).toHaveLength(1);
  });

  it('at the end of the list may be short, and a first page longer than the others is taken whole', () => {
    const pages = new Pages({ list: 1, length: 120, items: page(0, 100) });
    expect(pages.at(99)).toEqual(match(99));
    expect(pages.wanted(60, 119)).toEqual([{ from: 100, count: 50 }]);
    pages.receive(100, page(100, 20), 120);
    expect(pages.wanted(60, 119)).toEqual([]);
  });

  it('of a list that is made again are kept until the new ones are there, and asked for again', () => {
    const before = new Pages({ list: 1, length: 119, items: page(0, 50) });
    before.receive(50, page(50, 50), 119);
    const pages = new Pages({ list: 2, length: 110, items: page(10, 50) }, before);
    expect([pages.at(0), pages.at(60), pages.at(105)]).toEqual([match(10), match(60), undefined]);
    expect(pages.wanted(50, 99)).toEqual([{ from: 50, count: 50 }]);
    pages.receive(50, page(60, 50), 90);
    expect([pages.at(60), pages.at(95)]).toEqual([match(70), undefined]);
  });

  it('stand in for those of the same question in the same arrangement only', () => {
    const before = results();
    expect(isMadeAgain(before, results({ list: 2 }))).toBe(true);
    const { sorting } = before.arrangement;
    const arrangement = { ...before.arrangement, sorting: { ...sorting, descending: true } };
    for (const other of [results({ scope: 'all' }), results({ weights: [1, 2] }), results({ arrangement })]) {
      expect(isMadeAgain(before, other)).toBe(false);
    }
  });

  it('far from what is in sight are forgotten', () => {
    const pages = new Pages({ list: 1, length: 100_000, items: [] });
    for (let from = 0; from < 100_000; from += pageSize) pages.receive(from, page(from, pageSize), 100_000);
    expect(pages.at(0)).toBeUndefined();
    expect(pages.at(99_999)).toEqual(match(99_999));
  });
});

describe('the rows in sight', () => {
  const place = { top: 100, rowHeight: 50, length: 10_000 };

  it('are those that the window shows, and some beyond', () => {
    expect(rowsBetween(place, 0, 400)).toEqual({ first: 0, last: 5 });
    expect(rowsBetween({ ...place, top: -1000 }, 0, 400, 2)).toEqual({ first: 18, last: 29 });
    expect(rowsBetween({ ...place, length: 3 }, 0, 400)).toEqual({ first: 0, last: 2 });
    expect(rowsBetween({ ...place, length: 0 }, 0, 400).last).toBe(-1);
  });

  it('are scrolled to no further than needed', () => {
    expect(scrollInto(place, 2, 0, 400)).toBe(0);
    expect(scrollInto(place, 6, 0, 400)).toBe(50);
    expect(scrollInto({ ...place, top: -1000 }, 20, 90, 400)).toBe(-90);
  });

  it('cover the window whatever its height and the rows’', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -5000, max: 500 }),
        fc.integer({ min: 20, max: 90 }),
        fc.nat(1000),
        (top, rowHeight, height) => {
          const { first, last } = rowsBetween({ top, rowHeight, length: 10_000 }, 0, height);
          if (first > 0) expect(top + first * rowHeight).toBeLessThanOrEqual(0);
          expect(top + (last + 1) * rowHeight).toBeGreaterThanOrEqual(Math.min(height, top));
        },
      ),
      { seed: 3 },
    );
  });
});
