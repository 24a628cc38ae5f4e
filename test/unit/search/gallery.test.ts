import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { distance1 } from '../../../src/distributions/wasserstein';
import { Gallery } from '../../../src/search/gallery';

fc.configureGlobal({ seed: 20220101, numRuns: 150 });

const length = 64;
const embedding = fc
  .array(fc.integer({ min: -50, max: 50 }), { minLength: length, maxLength: length })
  .map((values) => Float32Array.from(values, (value) => value / 8));
const operations = fc.array(
  fc.record({ key: fc.integer({ min: 0, max: 30 }).map(String), value: fc.option(embedding, { freq: 4 }) }),
  { maxLength: 80 },
);

/** Every distance, sorted. */
function bruteForce(
  rows: ReadonlyMap<string, Float32Array>,
  query: Float32Array,
  k: number,
  without?: string,
): number[] {
  return [...rows]
    .filter(([key]) => key !== without)
    .map(([, values]) => distance1(query, values))
    .sort((a, b) => a - b)
    .slice(0, k);
}

describe('gallery', () => {
  it('finds what brute force finds, after any puts and removals', () => {
    fc.assert(
      fc.property(operations, embedding, fc.integer({ min: 0, max: 40 }), (steps, query, k) => {
        const gallery = new Gallery(length);
        const naive = new Map<string, Float32Array>();
        for (const { key, value } of steps) {
          if (value === null) {
            gallery.remove(key);
            naive.delete(key);
          } else {
            gallery.put(key, value);
            naive.set(key, value);
          }
        }
        expect(gallery.size).toBe(naive.size);
        for (const [key, values] of naive) expect(gallery.get(key)).toEqual(values);
        const found = gallery.nearest(query, k, '7');
        expect(found.map(({ distance }) => distance)).toEqual(bruteForce(naive, query, k, '7'));
        for (const { row, distance } of found) {
          expect(gallery.keyAt(row)).not.toBe('7');
          expect(distance).toBe(distance1(query, naive.get(gallery.keyAt(row))!));
        }
      }),
    );
  });

  it('is exact on many rows of smooth quantile functions, where most are ruled out by bounds', () => {
    const gallery = new Gallery(length);
    const rows = new Map<string, Float32Array>();
    let state = 1;
    const random = () => (state = (state * 48271) % 2147483647) / 2147483647;
    for (let i = 0; i < 3000; i++) {
      const values = new Float32Array(length);
      for (let f = 0; f < length; f += 16) {
        let level = 4 * random();
        for (let q = 0; q < 16; q++) values[f + q] = level += 0.2 * random();
      }
      gallery.put(String(i), values);
      rows.set(String(i), values);
    }
    for (let i = 0; i < 20; i++) {
      const query = rows.get(String(i * 7))!;
      const found = gallery.nearest(query, 10, String(i * 7));
      expect(found.map(({ distance }) => distance)).toEqual(bruteForce(rows, query, 10, String(i * 7)));
    }
  });

  it('gives fewer than k where there are fewer, and refuses another length', () => {
    const gallery = new Gallery(length);
    expect(gallery.nearest(new Float32Array(length), 5)).toEqual([]);
    gallery.put('a', new Float32Array(length));
    expect(gallery.nearest(new Float32Array(length), 5)).toEqual([{ row: 0, distance: 0 }]);
    expect(() => {
      gallery.put('b', new Float32Array(8));
    }).toThrow(RangeError);
    expect(() => new Gallery(12)).toThrow(RangeError);
  });
});
