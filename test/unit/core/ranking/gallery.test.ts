import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Gallery, type RowForm } from '../../../../src/core/ranking/gallery';
import type { Neighbour } from '../../../../src/core/ranking/nearest';
import { RowMemories } from '../../../../src/core/ranking/scan/memory';
import { naiveDistance, naiveRanking, naiveSetRanking } from './bruteForce';

const settings = { seed: 20220101, numRuns: 150 };
const memories = new RowMemories();

/** Forms of all kinds: lengths that are no multiple of 16, features too long for one sum, groups with signs of any size. */
const form = fc
  .record({
    features: fc.integer({ min: 1, max: 12 }),
    featureSize: fc.constantFrom(1, 3, 10, 16, 129, 300),
    step: fc.constantFrom(0.25, 1, 0.1),
    cuts: fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 12, maxLength: 12 }),
    signs: fc.array(fc.boolean(), { minLength: 12, maxLength: 12 }),
  })
  .map(({ features, featureSize, step, cuts, signs }): RowForm => {
    const entries = Array.from({ length: features }, (_, f) => (signs[f] === true ? f + 1 : -f - 1));
    const groups = cuts.map((cut) => entries.splice(0, cut)).filter((group) => group.length > 0);
    return { features, featureSize, step, groups: entries.length > 0 ? [...groups, entries] : groups };
  });

/** Few distinct rows, so that many are equally far, and rows of extremes. */
function codes(length: number): fc.Arbitrary<Uint8Array> {
  return fc.oneof(
    fc.constantFrom(0, 1, 127, 255).map((value) => new Uint8Array(length).fill(value)),
    fc.integer({ min: 1, max: 6 }).map((seed) => Uint8Array.from({ length }, (_, i) => (i * i * seed) % 256)),
    fc.integer({ min: 0, max: 3 }).map((phase) => Uint8Array.from({ length }, (_, i) => ((i + phase) % 2) * 255)),
    fc.uint8Array({ minLength: length, maxLength: length }),
  );
}

const weights = (channels: number) =>
  fc
    .array(fc.constantFrom(0, 0, 1, 0.3, 2.7, 1e-3), { minLength: channels, maxLength: channels })
    .filter((all) => all.some((each) => each > 0));

const world = fc.tuple(form, fc.integer({ min: 1, max: 4 })).chain(([shape, channels]) => {
  const length = channels * shape.features * shape.featureSize;
  return fc.record({
    shape: fc.constant(shape),
    channels: fc.constant(channels),
    steps: fc.array(
      fc.record({
        key: fc.integer({ min: 0, max: 30 }).map(String),
        value: fc.option(codes(length), { freq: 4 }),
      }),
      { maxLength: 60 },
    ),
    query: codes(length),
    weights: fc.option(weights(channels), { nil: undefined }),
    k: fc.integer({ min: 0, max: 40 }),
  });
});

function keyed(gallery: Gallery, found: readonly Neighbour[]) {
  return found.map(({ row, distance }) => ({ key: gallery.keyAt(row), distance }));
}

describe('gallery', () => {
  it('finds what brute force finds, after any puts and removals, with any weights', () => {
    fc.assert(
      fc.property(world, ({ shape, channels, steps, query, weights, k }) => {
        const gallery = new Gallery(shape, channels, memories);
        const naive = new Map<string, Uint8Array>();
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
        const expected = naiveRanking(shape, naive, query, '7', weights);
        expect(keyed(gallery, gallery.nearest(query, k, '7', weights))).toEqual(expected.slice(0, k));
        expect(keyed(gallery, gallery.ranking(query, '7', weights))).toEqual(expected);
        const farthest = naiveRanking(shape, naive, query, undefined, weights).at(-1)?.distance ?? 0;
        expect(gallery.reach(query, weights)).toBeLessThanOrEqual(farthest);
        gallery.clear();
      }),
      settings,
    );
    expect(memories.usage.used).toBeLessThan(2 ** 20);
  });

  it('finds the rows that are within limits of their own, as brute force does', () => {
    fc.assert(
      fc.property(world, fc.infiniteStream(fc.integer({ min: 0, max: 40 })), (made, of) => {
        const gallery = new Gallery(made.shape, made.channels, memories);
        const rows = new Map<string, Uint8Array>();
        for (const { key, value } of made.steps) if (value !== null) rows.set(key, value);
        for (const [key, value] of rows) gallery.put(key, value);
        const distances = new Map(
          naiveRanking(made.shape, rows, made.query).map(({ key, distance }) => [key, distance]),
        );
        const all = [...distances.values(), Infinity, -1, 0];
        const limits = Float64Array.from(rows, () => all[of.next().value % all.length] ?? -1);
        const found = keyed(gallery, gallery.within(made.query, limits)).map(({ key }) => key);
        const expected = [...rows.keys()].filter((key, row) => distances.get(key)! <= limits[row]!);
        expect(found.sort()).toEqual(expected.sort());
        expect([...gallery.distances(made.query)]).toEqual([...rows.keys()].map((key) => distances.get(key)));
        gallery.clear();
      }),
      settings,
    );
  });

  it('scores rows by several embeddings as brute force does, ties by key', () => {
    const several = world.chain((made) => {
      const one = codes(made.query.length);
      return fc.record({
        made: fc.constant(made),
        set: fc.record({
          wanted: fc.array(one, { minLength: 1, maxLength: 4 }),
          unwanted: fc.array(one, { maxLength: 3 }),
          by: fc.constantFrom('nearest' as const, 'mean' as const),
          without: fc.subarray(['3', '7', '12', 'none']),
        }),
      });
    });
    fc.assert(
      fc.property(several, ({ made: { shape, channels, steps, weights }, set }) => {
        const gallery = new Gallery(shape, channels, memories);
        const naive = new Map<string, Uint8Array>();
        for (const { key, value } of steps) {
          if (value === null) continue;
          gallery.put(key, value);
          naive.set(key, value);
        }
        const found = gallery.rankingOfSet(set, weights);
        const named = found.map(({ row, distance, nearest }) => ({ key: gallery.keyAt(row), distance, nearest }));
        expect(named).toEqual(naiveSetRanking(shape, naive, set, weights));
        gallery.clear();
      }),
      settings,
    );
  });

  it('ranks by one embedding alone as by a set of it', () => {
    fc.assert(
      fc.property(world, fc.constantFrom('nearest' as const, 'mean' as const), (made, by) => {
        const gallery = new Gallery(made.shape, made.channels, memories);
        for (const { key, value } of made.steps) if (value !== null) gallery.put(key, value);
        const set = { wanted: [made.query], unwanted: [], by, without: ['7'] };
        const alone = gallery.ranking(made.query, '7', made.weights);
        const found = gallery.rankingOfSet(set, made.weights);
        expect(found.map(({ row, distance }) => ({ row, distance }))).toEqual(alone);
        gallery.clear();
      }),
      settings,
    );
  });

  it('is exact on thousands of rows in many chunks, where most are ruled out, for one query and for many', () => {
    const shape: RowForm = { features: 40, featureSize: 10, step: 0.25, groups: pairsOf(40) };
    const gallery = new Gallery(shape, 1, memories);
    const rows = clusters(6000, 400, 20);
    rows.forEach((values, key) => {
      gallery.put(key, values);
    });
    for (let i = 0; i < 6000; i += 3) {
      gallery.remove(String(i));
      rows.delete(String(i));
    }
    const keys = Array.from({ length: 20 }, (_, i) => String(i * 150 + 1));
    const queries = keys.map((key) => rows.get(key) ?? new Uint8Array(400));
    const together = gallery.nearestMany(queries, 10, keys);
    keys.forEach((key, i) => {
      const expected = naiveRanking(shape, rows, queries[i]!, key).slice(0, 10);
      expect(keyed(gallery, together[i]!)).toEqual(expected);
      expect(keyed(gallery, gallery.nearest(queries[i]!, 10, key))).toEqual(expected);
    });
    gallery.clear();
  });

  it('gives a lower bound of the farthest row that is close to it', () => {
    const shape: RowForm = { features: 40, featureSize: 10, step: 0.25, groups: pairsOf(40) };
    const gallery = new Gallery(shape, 1, memories);
    const rows = clusters(500, 400, 5);
    rows.forEach((values, key) => {
      gallery.put(key, values);
    });
    const query = rows.get('3')!;
    const farthest = Math.max(...[...rows.values()].map((values) => naiveDistance(shape, query, values)));
    expect(gallery.reach(query)).toBeLessThanOrEqual(farthest);
    expect(gallery.reach(query)).toBeGreaterThan(0.8 * farthest);
    gallery.clear();
  });

  it('orders rows that are equally far by their keys', () => {
    const gallery = new Gallery({ features: 3, featureSize: 5, step: 1, groups: [[1, -2, 3]] }, 1, memories);
    const row = new Uint8Array(15).fill(9);
    for (const key of ['d', 'b', 'e', 'a', 'c']) gallery.put(key, row);
    expect(keyed(gallery, gallery.nearest(row, 3)).map(({ key }) => key)).toEqual(['a', 'b', 'c']);
    expect(keyed(gallery, gallery.ranking(row)).map(({ key }) => key)).toEqual(['a', 'b', 'c', 'd', 'e']);
    gallery.clear();
  });

  it('gives fewer than k where there are fewer, and refuses another length and other groups', () => {
    const shape: RowForm = { features: 2, featureSize: 4, step: 1, groups: [[1], [2]] };
    const gallery = new Gallery(shape, 1, memories);
    expect(gallery.nearest(new Uint8Array(8), 5)).toEqual([]);
    expect(gallery.ranking(new Uint8Array(8))).toEqual([]);
    expect(gallery.reach(new Uint8Array(8))).toBe(0);
    gallery.put('a', new Uint8Array(8));
    expect(gallery.nearest(new Uint8Array(8), 5)).toEqual([{ row: 0, distance: 0 }]);
    expect(gallery.nearestMany([], 5)).toEqual([]);
    expect(() => {
      gallery.put('b', new Uint8Array(9));
    }).toThrow(RangeError);
    expect(() => gallery.nearest(new Uint8Array(7), 1)).toThrow(RangeError);
    for (const groups of [[[1]], [[1, 2], [2]], [[1, 3]], [[0, 1, 2]]]) {
      expect(() => new Gallery({ ...shape, groups }, 1, memories)).toThrow(RangeError);
    }
    expect(() => new Gallery({ ...shape, featureSize: 2 ** 20 }, 9, memories)).toThrow(RangeError);
    gallery.clear();
  });

  it('gives copies, which stay as they are when the gallery changes', () => {
    const gallery = new Gallery({ features: 2, featureSize: 4, step: 1, groups: [[1], [2]] }, 1, memories);
    gallery.put('a', new Uint8Array(8).fill(1));
    const before = gallery.get('a');
    gallery.put('a', new Uint8Array(8).fill(2));
    expect(before).toEqual(new Uint8Array(8).fill(1));
    expect(gallery.get('a')).toEqual(new Uint8Array(8).fill(2));
    expect(gallery.get('b')).toBeUndefined();
    gallery.clear();
  });
});

function pairsOf(features: number): number[][] {
  return Array.from({ length: features / 2 }, (_, g) => [2 * g + 1, -2 * g - 2]);
}

/** Rows around some centres, by a seeded generator. */
function clusters(rows: number, length: number, centres: number): Map<string, Uint8Array> {
  let state = 1;
  const random = () => (state = (state * 48271) % 2147483647) / 2147483647;
  const middles = Array.from({ length: centres }, () => Uint8Array.from({ length }, () => 40 + 170 * random()));
  return new Map(
    Array.from({ length: rows }, (_, i) => {
      const middle = middles[i % centres]!;
      return [String(i), middle.map((value) => value + 30 * random() - 15)];
    }),
  );
}
