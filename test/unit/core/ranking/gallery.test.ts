import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { distance1, weightedDistance1 } from '../../../../src/core/distributions/wasserstein';
import { Gallery } from '../../../../src/core/ranking/gallery';

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

/** The weighted mean of the distances of four channels. */
function naiveWeighted(a: Float32Array, b: Float32Array, weights: readonly number[]): number {
  const parts = weights.map((_, c) => distance1(a.slice(c * 16, c * 16 + 16), b.slice(c * 16, c * 16 + 16)));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return parts.reduce((sum, part, c) => sum + weights[c]! * part, 0) / total;
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

  it('finds what brute force finds with any weights of the channels', () => {
    const weight = fc.oneof(
      fc.constant(0),
      fc.integer({ min: 1, max: 40 }).map((value) => value / 8),
    );
    const weights = fc.array(weight, { minLength: 4, maxLength: 4 }).filter((all) => all.some((each) => each > 0));
    fc.assert(
      fc.property(
        fc.array(embedding, { maxLength: 60 }),
        embedding,
        weights,
        fc.integer({ min: 1, max: 20 }),
        (rows, query, each, k) => {
          const gallery = new Gallery(length);
          rows.forEach((row, index) => {
            gallery.put(String(index), row);
          });
          const naive = rows
            .map((row, index) => ({ index, distance: naiveWeighted(query, row, each) }))
            .filter(({ index }) => index !== 3)
            .sort((a, b) => a.distance - b.distance);
          const nearest = gallery.nearest(query, k, '3', each);
          expect(nearest).toHaveLength(Math.min(k, naive.length));
          nearest.forEach(({ distance }, index) => {
            expect(distance).toBeCloseTo(naive[index]!.distance, 9);
          });
          const ranking = gallery.ranking(query, '3', each);
          expect(ranking.slice(0, k)).toEqual(nearest);
          expect(ranking).toHaveLength(naive.length);
          const farthest = Math.max(0, ...rows.map((row) => naiveWeighted(query, row, each)));
          expect(gallery.reach(query, each)).toBeLessThanOrEqual(farthest * (1 + 1e-5) + 1e-9);
        },
      ),
    );
  });

  it('with equal weights ranks by D_1, and a channel alone by its own distance', () => {
    fc.assert(
      fc.property(embedding, embedding, (a, b) => {
        expect(weightedDistance1(a, b, [2, 2, 2, 2])).toBeCloseTo(distance1(a, b), 9);
        expect(weightedDistance1(a, b, [0, 3, 0, 0])).toBeCloseTo(distance1(a.subarray(16, 32), b.subarray(16, 32)), 9);
      }),
    );
  });

  it('gives fewer than k where there are fewer, and refuses another length', () => {
    const gallery = new Gallery(length);
    expect(gallery.nearest(new Float32Array(length), 5)).toEqual([]);
    gallery.put('a', new Float32Array(length));
    expect(gallery.nearest(new Float32Array(length), 5)).toEqual([{ row: 0, distance: 0 }]);
    expect(() => {
      gallery.put('b', new Float32Array(8));
    }).toThrow(RangeError);
    expect(() => new Gallery(10)).toThrow(RangeError);
  });
});
