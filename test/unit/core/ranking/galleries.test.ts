import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { poolChannels } from '../../../../src/core/distributions/pool';
import { Galleries, type GalleryItem } from '../../../../src/core/ranking/galleries';
import { naiveDistance, naiveRanking, naiveSetRanking } from './bruteForce';

const levels = 16;
const perChannel = 2 * levels;
const form = { features: 2, featureSize: levels, step: 0.5, groups: [[1, -2]] };

function item(key: string, layout: string, channels: number, shift: number): GalleryItem {
  const values = Uint8Array.from(
    { length: channels * perChannel },
    (_, i) => shift + (i % levels) + Math.floor(i / levels),
  );
  return { key, layout, channels, values };
}

const pooled = ({ values, channels }: GalleryItem) => poolChannels(values, channels, [levels]);

describe('galleries', () => {
  const a = item('a', 'one', 1, 0);
  const b = item('b', 'one', 1, 3);
  const c = item('c', 'three', 3, 1);
  const d = item('d', 'three', 3, 9);

  function filled(): Galleries {
    const galleries = new Galleries(form, [levels]);
    for (const entry of [a, b, c]) galleries.put(entry);
    return galleries;
  }

  it('rank within a layout', () => {
    const galleries = filled();
    expect(galleries.nearestInLayout(a, 9)).toEqual([{ key: 'b', distance: 1.5 }]);
    expect(galleries.nearestInLayout(c, 9)).toEqual([]);
    expect(galleries.nearestInLayout(item('new', 'unknown', 1, 0), 9)).toEqual([]);
    expect([galleries.size, galleries.sizeOf('one'), galleries.sizeOf('unknown')]).toEqual([3, 2, 0]);
    expect(galleries.nearestOfEach([a, b], 9)).toEqual([[{ key: 'b', distance: 1.5 }], [{ key: 'a', distance: 1.5 }]]);
  });

  it('rank all layouts by pooled distributions, whether items come before or after the first such search', () => {
    const galleries = filled();
    expect(galleries.nearestOfAll(a, 9).map(({ key }) => key)).toHaveLength(2);
    galleries.put(d);
    galleries.remove('b');
    const ranked = galleries.nearestOfAll(a, 9);
    expect(ranked.map(({ key }) => key)).toEqual(['c', 'd']);
    const expected = [c, d].map((other) => naiveDistance(form, pooled(a), pooled(other)));
    expect(ranked.map(({ distance }) => distance)).toEqual(expected);
  });

  it('score by several items within a layout, or across all of them', () => {
    const galleries = filled();
    galleries.put(d);
    const within = { wanted: [a], unwanted: [b], by: 'nearest' as const, without: ['a'] };
    expect(galleries.setRankingInLayout(within)).toEqual([
      { key: 'b', distance: 1.5 * 1.5, nearest: { wanted: 0, distance: 1.5 } },
    ]);
    expect(galleries.setRankingInLayout({ ...within, wanted: [item('new', 'unknown', 1, 0)] })).toEqual([]);
    for (const by of ['nearest', 'mean'] as const) {
      const set = { wanted: [a, d], unwanted: [c], by, without: ['a', 'd'] };
      const rows = new Map([a, b, c, d].map((each) => [each.key, pooled(each)]));
      const naive = { ...set, wanted: set.wanted.map(pooled), unwanted: set.unwanted.map(pooled) };
      expect(galleries.setRankingOfAll(set)).toEqual(naiveSetRanking(form, rows, naive));
    }
  });

  it('move an item that comes again with another layout, and forget everything when cleared', () => {
    const galleries = filled();
    galleries.put(item('b', 'three', 3, 1));
    expect([galleries.sizeOf('one'), galleries.sizeOf('three')]).toEqual([1, 2]);
    expect(galleries.nearestInLayout(c, 1)).toEqual([{ key: 'b', distance: 0 }]);
    galleries.clear();
    expect(galleries.size).toBe(0);
    expect(galleries.nearestOfAll(a, 9)).toEqual([]);
  });

  it('find what brute force finds in layouts of several numbers of channels, after any moves', () => {
    const layouts = ['one', 'other', 'two', 'three'];
    const channelsOf = (layout: string) => Math.max(layouts.indexOf(layout), 1);
    const entry = fc
      .record({ key: fc.integer({ min: 0, max: 15 }).map(String), layout: fc.constantFrom(...layouts) })
      .chain(({ key, layout }) => {
        const channels = channelsOf(layout);
        const length = channels * perChannel;
        const values = fc.oneof(
          fc.uint8Array({ min: 0, max: 3, minLength: length, maxLength: length }),
          fc.uint8Array({ minLength: length, maxLength: length }),
        );
        return fc.record({ item: values.map((each) => ({ key, layout, channels, values: each })), gone: fc.boolean() });
      });
    const run = (entries: readonly { item: GalleryItem; gone: boolean }[], early: boolean) => {
      const galleries = new Galleries(form, [levels]);
      const naive = new Map<string, GalleryItem>();
      if (early) expect(galleries.nearestOfAll(a, 1)).toEqual([]);
      for (const { item: each, gone } of entries) {
        if (gone) galleries.remove(each.key);
        else galleries.put(each);
        if (gone) naive.delete(each.key);
        else naive.set(each.key, each);
      }
      for (const query of [...naive.values()].slice(0, 3)) {
        const rows = [...naive].map(([key, each]) => [key, pooled(each)] as const);
        const expected = naiveRanking(form, new Map(rows), pooled(query), query.key);
        expect(galleries.rankingOfAll(query)).toEqual(expected);
        expect(galleries.nearestOfAll(query, 4)).toEqual(expected.slice(0, 4));
        expect(galleries.reachOfAll(query)).toBeLessThanOrEqual(expected.at(-1)?.distance ?? 0);
      }
      expect(galleries.keys()).toEqual([...naive.keys()].sort());
      galleries.clear();
    };
    fc.assert(fc.property(fc.array(entry, { maxLength: 40 }), fc.boolean(), run), { seed: 3, numRuns: 60 });
  });
});
