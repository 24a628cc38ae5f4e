import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { randomOf } from '../../../../../src/core/distributions/random';
import { Galleries } from '../../../../../src/core/ranking/galleries';
import { graphOf, type NeighbourGraph } from '../../../../../src/core/ranking/neighbours/graph';
import { GrowingGraph } from '../../../../../src/core/ranking/neighbours/growing';
import { GallerySource } from '../../../../../src/core/ranking/neighbours/source';
import { form, naiveGraph } from './naive';

/** Galleries with the graph of one layout, or of all, that follows them. */
class Followed {
  readonly galleries = new Galleries(form, [2]);
  graph = new GrowingGraph();
  private readonly touched = new Set<string>();

  constructor(readonly layout: string | null) {
    this.galleries.watch((key, of) => {
      if (layout === null || of === layout) this.touched.add(key);
    });
  }

  get source(): GallerySource {
    return new GallerySource(this.galleries.galleriesOf(this.layout));
  }

  put(key: string, values: readonly number[], layout = 'one'): void {
    const channels = values.length / 4;
    this.galleries.put({ key, layout, channels, values: Uint8Array.from(values) });
  }

  follow(): void {
    this.graph.follow(this.source, this.touched);
    this.touched.clear();
  }

  complete(many = 7): NeighbourGraph {
    this.follow();
    while (this.graph.left > 0) this.graph.step(this.source, many);
    return this.graph.graph();
  }
}

/** The same graph, its sequences in the order of their keys. */
function inOrder({ keys, k, ids, distances }: NeighbourGraph): NeighbourGraph {
  const sorted = [...keys].sort();
  const place = new Map(sorted.map((key, i) => [key, i]));
  const from = sorted.map((key) => keys.indexOf(key));
  const all = from.flatMap((row) => [...ids.subarray(row * k, (row + 1) * k)]);
  return {
    keys: sorted,
    k,
    ids: Uint32Array.from(all, (id) => place.get(keys[id] ?? '') ?? -1),
    distances: Float64Array.from(from.flatMap((row) => [...distances.subarray(row * k, (row + 1) * k)])),
  };
}

/** Few distinct values, so that many sequences are equal. */
const edit = fc.record({
  key: fc.integer({ min: 0, max: 59 }).map((number) => `key ${number}`),
  values: fc.option(
    fc.oneof(fc.constant([1, 1, 1, 1]), fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 4, maxLength: 4 })),
    { freq: 4 },
  ),
  wide: fc.boolean(),
  steps: fc.integer({ min: 0, max: 2 }),
});

type Edit = typeof edit extends fc.Arbitrary<infer Each> ? Each : never;

function apply(followed: Followed, { key, values, wide, steps }: Edit): void {
  if (values === null) followed.galleries.remove(key);
  else followed.put(key, wide ? [...values, ...[...values].reverse()] : values, wide ? 'two' : 'one');
  followed.follow();
  for (let i = 0; i < steps && followed.graph.left > 0; i++) followed.graph.step(followed.source, 3);
}

describe('GrowingGraph', () => {
  it.each(['one', 'two', null])('is the same as a fresh graph after 500 edits, of layout %s', (layout) => {
    fc.assert(
      fc.property(fc.array(edit, { minLength: 500, maxLength: 500 }), (edits) => {
        const followed = new Followed(layout);
        for (const each of edits) apply(followed, each);
        const grown = inOrder(followed.complete());
        expect(grown).toEqual(graphOf(followed.source));
        const rows = [...followed.source.keys()].map((key) => [key, followed.source.existing(key)] as const);
        if (layout !== 'two') expect(grown).toEqual(naiveGraph(new Map(rows), 15));
      }),
      { seed: 20260101, numRuns: 8 },
    );
  });

  it('has nothing to do when a sequence comes back as it was', () => {
    const followed = new Followed('one');
    for (let i = 0; i < 40; i++) followed.put(`key ${i}`, [i, 0, i, 1]);
    followed.complete();
    followed.galleries.clear();
    for (let i = 39; i >= 0; i--) followed.put(`key ${i}`, [i, 0, i, 1]);
    followed.follow();
    expect(followed.graph.left).toBe(0);
  });

  it('searches again for those that lost a neighbour, and for no others', () => {
    const followed = new Followed('one');
    for (let i = 0; i < 100; i++) followed.put(`key ${i}`, [i, 0, 0, 0]);
    const before = followed.complete();
    const number = before.keys.indexOf('key 50');
    const losers = before.keys.filter((_, row) => before.ids.subarray(row * 15, (row + 1) * 15).includes(number));
    followed.galleries.remove('key 50');
    followed.follow();
    expect(followed.graph.left).toBe(losers.length);
    expect(losers.length).toBeLessThan(40);
  });

  it('goes on from what was kept of one that was not complete', () => {
    const followed = new Followed('one');
    const random = randomOf(1, 'rows');
    for (let i = 0; i < 80; i++)
      followed.put(
        `key ${i}`,
        [0, 0, 0, 0].map(() => random.below(9)),
      );
    followed.follow();
    followed.graph.step(followed.source, 30);
    followed.graph = new GrowingGraph(followed.graph.kept());
    expect(followed.graph.left).toBe(50);
    expect(inOrder(followed.complete())).toEqual(graphOf(followed.source));
  });

  it('has neighbours of one sequence, of two equal ones, and of 5,000 equal ones', () => {
    const followed = new Followed('one');
    followed.put('a', [1, 1, 1, 1]);
    expect(followed.complete()).toMatchObject({ keys: ['a'], k: 0 });
    followed.put('b', [1, 1, 1, 1]);
    expect(followed.complete()).toMatchObject({ k: 1, ids: Uint32Array.of(1, 0), distances: Float64Array.of(0, 0) });
    for (let i = 0; i < 4998; i++) followed.put(`c ${i}`, [1, 1, 1, 1]);
    const { k, ids, distances, keys } = followed.complete(500);
    expect(k).toBe(15);
    expect(distances.every((distance) => distance === 0)).toBe(true);
    const first = new Set([...keys].sort().slice(0, 16));
    expect(ids.every((id) => first.has(keys[id] ?? ''))).toBe(true);
  });

  it('says that searches are left, and that it was not told of a sequence', () => {
    const followed = new Followed('one');
    followed.put('a', [0, 0, 0, 0]);
    followed.follow();
    expect(() => followed.graph.graph()).toThrow('searches are left');
    followed.put('b', [0, 0, 0, 0]);
    expect(() => followed.graph.step(followed.source, 1)).toThrow('was not told of b');
  });
});
