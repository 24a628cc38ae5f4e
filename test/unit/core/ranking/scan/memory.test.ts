import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Gallery, type RowForm } from '../../../../../src/core/ranking/gallery';
import { page, RowMemories, type Region } from '../../../../../src/core/ranking/scan/memory';
import { naiveRanking } from '../bruteForce';

const form: RowForm = {
  features: 4,
  featureSize: 1000,
  step: 1,
  groups: [
    [1, -2],
    [3, 4],
  ],
};
const row = (value: number) => Uint8Array.from({ length: 4000 }, (_, i) => (i * value) % 251);

describe('memories of rows', () => {
  it('never give out a place twice, and give all of it again', () => {
    const step = fc.record({ pages: fc.integer({ min: 1, max: 9 }), free: fc.nat(20) });
    const memories = new RowMemories(200, 3);
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const taken: Region[] = [];
        for (const { pages, free } of steps) {
          const [gone] = taken.splice(free, 1);
          gone?.memory.release(gone);
          taken.push(memories.allocate(pages * page, 16, undefined));
        }
        for (const [i, a] of taken.entries()) {
          for (const b of taken.slice(0, i)) {
            const apart = a.address + a.bytes <= b.address || b.address + b.bytes <= a.address;
            expect(a.memory !== b.memory || apart).toBe(true);
          }
        }
        for (const region of taken) region.memory.release(region);
      }),
      { seed: 1, numRuns: 100 },
    );
    const whole = memories.allocate(190 * page, 16, undefined);
    expect(whole.bytes).toBe(190 * page);
  });

  it('go on in a second memory where the first is full, and find rows of both', () => {
    const gallery = new Gallery(form, 1, new RowMemories(40, 3));
    const rows = new Map<string, Uint8Array>();
    for (let i = 0; i < 900; i++) {
      gallery.put(String(i), row(i));
      rows.set(String(i), row(i));
    }
    for (let i = 0; i < 900; i += 7) {
      gallery.remove(String(i));
      rows.delete(String(i));
    }
    for (const key of ['1', '450', '899']) {
      const query = rows.get(key)!;
      const [found] = gallery.nearestMany([query, query, query], 15, [key]);
      const expected = naiveRanking(form, rows, query, key).slice(0, 15);
      expect(found?.map(({ row, distance }) => ({ key: gallery.keyAt(row), distance }))).toEqual(expected);
      expect(gallery.reach(query)).toBeGreaterThan(0);
    }
  });

  it('refuse a row for which there is no place, which leaves the gallery as it was', () => {
    const memories = new RowMemories(12, 1);
    const gallery = new Gallery(form, 1, memories);
    const other = new Gallery(form, 1, memories);
    other.put('small', row(3));
    let held = 0;
    expect(() => {
      for (; ; held++) gallery.put(String(held), row(held));
    }).toThrow('There is not enough memory for more embeddings.');
    expect(held).toBeGreaterThan(10);
    expect(gallery.size).toBe(held);
    expect(gallery.get(String(held))).toBeUndefined();
    expect(gallery.nearest(row(5), 1)).toEqual([{ row: 5, distance: 0 }]);
    gallery.put('0', row(77));
    expect(gallery.get('0')).toEqual(row(77));
    gallery.clear();
    for (let i = 0; i < held; i++) gallery.put(String(i), row(i));
    expect(() => {
      new Gallery(form, 1, new RowMemories(1, 1)).put('a', row(0));
    }).toThrow(RangeError);
  });

  it('refuse a row when the system refuses memory', () => {
    const memories = new RowMemories();
    const gallery = new Gallery(form, 1, memories);
    gallery.put('a', row(1));
    const { memory } = memories.allocate(1, 1, undefined);
    memory.memory.grow = () => {
      throw new RangeError('WebAssembly.Memory.grow(): Unable to grow instance memory');
    };
    expect(() => {
      for (let i = 0; ; i++) gallery.put(`b${i}`, row(i));
    }).toThrow('There is not enough memory for more embeddings.');
    expect(gallery.get('a')).toEqual(row(1));
  });

  it('hold hundreds of small galleries in little, and rows larger than a chunk', () => {
    const memories = new RowMemories();
    for (let i = 0; i < 300; i++) new Gallery(form, 1, memories).put('a', row(i));
    expect(memories.usage.held).toBeLessThan(300 * page + 3 * page);
    const wide = new Gallery(form, 300, memories);
    const rows = new Map([1, 2, 3].map((value) => [String(value), new Uint8Array(1_200_000).fill(value)] as const));
    rows.forEach((values, key) => {
      wide.put(key, values);
    });
    expect(wide.nearest(rows.get('2')!, 3).map(({ row }) => wide.keyAt(row))).toEqual(['2', '1', '3']);
    wide.remove('1');
    expect(Buffer.compare(wide.get('3')!, rows.get('3')!)).toBe(0);
  });
});
