import { describe, expect, it } from 'vitest';
import { poolChannels } from '../../../../src/core/distributions/pool';
import { distance1 } from '../../../../src/core/distributions/wasserstein';
import { Galleries, type GalleryItem } from '../../../../src/core/ranking/galleries';

const levels = 16;
const perChannel = 2 * levels;

function item(key: string, layout: string, channels: number, shift: number): GalleryItem {
  const values = Float32Array.from(
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
    const galleries = new Galleries(perChannel, [levels]);
    for (const entry of [a, b, c]) galleries.put(entry);
    return galleries;
  }

  it('rank within a layout', () => {
    const galleries = filled();
    expect(galleries.nearestInLayout(a, 9)).toEqual([{ key: 'b', distance: 3 }]);
    expect(galleries.nearestInLayout(c, 9)).toEqual([]);
    expect(galleries.nearestInLayout(item('new', 'unknown', 1, 0), 9)).toEqual([]);
    expect([galleries.size, galleries.sizeOf('one'), galleries.sizeOf('unknown')]).toEqual([3, 2, 0]);
  });

  it('rank all layouts by pooled distributions, whether items come before or after the first such search', () => {
    const galleries = filled();
    expect(galleries.nearestOfAll(a, 9).map(({ key }) => key)).toHaveLength(2);
    galleries.put(d);
    galleries.remove('b');
    const ranked = galleries.nearestOfAll(a, 9);
    expect(ranked.map(({ key }) => key)).toEqual(['c', 'd']);
    expect(ranked.map(({ distance }) => distance)).toEqual([c, d].map((other) => distance1(pooled(a), pooled(other))));
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
});
