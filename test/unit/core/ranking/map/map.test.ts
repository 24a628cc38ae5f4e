import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { randomOf } from '../../../../../src/core/distributions/random';
import { Gallery } from '../../../../../src/core/ranking/gallery';
import { beginning } from '../../../../../src/core/ranking/map/beginning';
import { fuzzyGraph, strengths } from '../../../../../src/core/ranking/map/fuzzyGraph';
import { inSquare, placeNew } from '../../../../../src/core/ranking/map/placing';
import { mapQuality } from '../../../../../src/core/ranking/map/quality';
import { roundsFor } from '../../../../../src/core/ranking/map/rounds';
import { Settling } from '../../../../../src/core/ranking/map/settling';
import { graphOf, type NeighbourGraph } from '../../../../../src/core/ranking/neighbours/graph';
import { NeighbourSource } from '../../../../../src/core/ranking/neighbours/source';
import { fewCodes, form } from '../neighbours/naive';

const settings = { seed: 20260101, numRuns: 60 };

function sourceOf(rows: readonly Uint8Array[]): NeighbourSource {
  const gallery = new Gallery(form, 1);
  // In another order than that of the keys.
  rows.forEach((codes, i) => {
    gallery.put(`key ${String((i * 7) % rows.length).padStart(4, '0')} ${i}`, codes);
  });
  return new NeighbourSource([gallery]);
}

function settled(graph: NeighbourGraph, seed = 1, rounds = roundsFor(graph.keys.length)): Float32Array {
  const fuzzy = fuzzyGraph(graph.keys.length, graph);
  const settling = new Settling(fuzzy, beginning(fuzzy, seed), rounds, seed);
  while (settling.done < settling.rounds) settling.step();
  return inSquare(settling.places);
}

/** Groups of rows that lie far apart. */
function grouped(groups: number, each: number): readonly Uint8Array[] {
  const random = randomOf(3, 'groups');
  return Array.from({ length: groups * each }, (_, i) => {
    const base = 60 * (i % groups);
    return Uint8Array.from({ length: 4 }, () => base + random.below(12));
  });
}

function finish<T>(steps: Generator<void, T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}

/** As the definitions have it, by all distances. */
function naiveQuality(source: NeighbourSource, { keys }: NeighbourGraph, places: Float32Array, most: number) {
  const n = keys.length;
  const k = Math.max(1, Math.min(10, most, Math.floor((n - 1) / 2)));
  const others = (i: number) => [...keys.keys()].filter((j) => j !== i);
  const order = [...source.keys()];
  let [penalty, kept] = [0, 0];
  for (let i = 0; i < n; i++) {
    const all = source.distances(keys[i] ?? '');
    const distance = (j: number) => all[order.indexOf(keys[j] ?? '')] ?? NaN;
    const onMap = (j: number) =>
      (places[2 * i]! - places[2 * j]!) ** 2 + (places[2 * i + 1]! - places[2 * j + 1]!) ** 2;
    const ranked = others(i).sort((a, b) => distance(a) - distance(b) || ((keys[a] ?? '') < (keys[b] ?? '') ? -1 : 1));
    const near = others(i)
      .sort((a, b) => onMap(a) - onMap(b) || a - b)
      .slice(0, k);
    for (const j of near) {
      const rank = ranked.indexOf(j) + 1;
      if (rank > k) penalty += rank - k;
      else kept++;
    }
  }
  return {
    trustworthiness: n < 3 ? 1 : 1 - (2 / (n * k * (2 * n - 3 * k - 1))) * penalty,
    kept: kept / (n * k),
  };
}

describe('the map', () => {
  it('gives neighbours strengths whose sum is the logarithm of their number, the nearest 1', () => {
    const graph = graphOf(sourceOf(grouped(3, 40)));
    const found = strengths(graph);
    for (let i = 0; i < graph.keys.length; i++) {
      const own = [...found.subarray(i * 15, (i + 1) * 15)];
      expect(own[0]).toBe(1);
      expect(own).toEqual([...own].sort((a, b) => b - a));
      if (own.filter((each) => each === 1).length < 4) {
        expect(own.reduce((sum, each) => sum + each, 0)).toBeCloseTo(4, 3);
      }
    }
  });

  it('unites the neighbourhoods: every pair once, a + b - ab', () => {
    fc.assert(
      fc.property(fc.array(fewCodes, { minLength: 1, maxLength: 40 }), (rows) => {
        const graph = graphOf(sourceOf(rows), 5);
        const n = graph.keys.length;
        const own = strengths(graph);
        const matrix = Array.from({ length: n }, () => new Float64Array(n));
        graph.ids.forEach((j, at) => (matrix[Math.floor(at / graph.k)]![j] = own[at]!));
        const { heads, tails, weights } = fuzzyGraph(n, graph);
        const seen = new Set<string>();
        heads.forEach((i, pair) => {
          const j = tails[pair]!;
          const [a, b] = [matrix[i]![j]!, matrix[j]![i]!];
          expect(weights[pair]).toBeCloseTo(a + b - a * b, 5);
          seen.add([Math.min(i, j), Math.max(i, j)].join());
        });
        const pairs = [...graph.ids].map((j, at) => {
          const i = Math.floor(at / graph.k);
          return [Math.min(i, j), Math.max(i, j)].join();
        });
        expect(heads).toHaveLength(seen.size);
        expect([...seen].sort()).toEqual([...new Set(pairs)].sort());
      }),
      settings,
    );
  });

  it('puts groups that lie far apart into places of their own, and is the same each time', () => {
    const graph = graphOf(sourceOf(grouped(4, 50)));
    const places = settled(graph);
    expect(settled(graph)).toEqual(places);
    expect(settled(graph, 2)).not.toEqual(places);
    // The row of a key is its last number.
    const groupOf = (i: number) => Number(graph.keys[i]?.split(' ').at(-1)) % 4;
    const source = sourceOf(grouped(4, 50));
    expect(finish(mapQuality(graph, places, source, 1))?.trustworthiness).toBeGreaterThan(0.95);
    for (let i = 0; i < 200; i++) {
      const distance = (j: number) =>
        Math.hypot(places[2 * i]! - places[2 * j]!, places[2 * i + 1]! - places[2 * j + 1]!);
      const [nearest] = [...graph.keys.keys()].filter((j) => j !== i).sort((a, b) => distance(a) - distance(b));
      expect(groupOf(nearest ?? -1)).toBe(groupOf(i));
    }
  });

  it('goes on from places and a round, and moves no point where no pair is left', () => {
    const graph = graphOf(sourceOf(grouped(2, 20)));
    const fuzzy = fuzzyGraph(40, graph);
    const going = new Settling(fuzzy, beginning(fuzzy, 1), 100, 1, 99);
    going.step();
    expect(going.done).toBe(100);
    const alone = new Settling(
      fuzzyGraph(1, { k: 0, ids: new Uint32Array(), distances: new Float64Array() }),
      new Float32Array(2),
      5,
      1,
    );
    alone.step();
    expect([...alone.places]).toEqual([0, 0]);
  });

  it.each([1, 2, 3, 30, 5000])('gives %d equal sequences finite places', (count) => {
    const equal = { length: count };
    const ids = Uint32Array.from({ length: count * Math.min(15, count - 1) }, (_, at) => {
      const k = Math.min(15, count - 1);
      const [i, j] = [Math.floor(at / k), at % k];
      return j < i ? j : j + 1;
    });
    const graph = {
      keys: Array.from(equal, (_, i) => `${i}`),
      k: Math.min(15, count - 1),
      ids,
      distances: new Float64Array(ids.length),
    };
    const places = settled(graph, 1, 20);
    expect(places).toHaveLength(2 * count);
    expect(places.every((value) => Math.abs(value) <= 1)).toBe(true);
  });

  it('is judged as the definitions have it', () => {
    fc.assert(
      fc.property(
        fc.array(fewCodes, { minLength: 2, maxLength: 40 }),
        fc.integer({ min: 0, max: 99 }),
        (rows, seed) => {
          const source = sourceOf(rows);
          const graph = graphOf(source);
          const random = randomOf(seed, 'places');
          const places = Float32Array.from({ length: 2 * graph.keys.length }, () => random.uniform(-1, 1));
          const found = finish(mapQuality(graph, places, source, 1));
          const expected = naiveQuality(source, graph, places, graph.k);
          expect(found?.trustworthiness).toBeCloseTo(expected.trustworthiness, 10);
          expect(found?.kept).toBeCloseTo(expected.kept, 10);
        },
      ),
      settings,
    );
  });

  it('is judged by some points where there are many, and not at all where there is one', () => {
    const source = sourceOf(grouped(4, 100));
    const graph = graphOf(source);
    const places = settled(graph);
    const all = finish(mapQuality(graph, places, source, 1));
    const some = finish(mapQuality(graph, places, source, 1, 400 * 80));
    expect(some?.kept).toBeCloseTo(all?.kept ?? 0, 0);
    expect(some).not.toEqual(all);
    expect(finish(mapQuality(graph, places, source, 1, 400 * 80))).toEqual(some);
    const one = sourceOf(grouped(1, 1));
    expect(finish(mapQuality(graphOf(one), new Float32Array(2), one, 1))).toBeNull();
  });

  it('places new points at the mean of their neighbours, and moves no others', () => {
    fc.assert(
      fc.property(
        fc.array(fewCodes, { minLength: 1, maxLength: 40 }),
        fc.infiniteStream(fc.boolean()),
        (rows, isNew) => {
          const graph = graphOf(sourceOf(rows), 5);
          const n = graph.keys.length;
          const places = Float32Array.from({ length: 2 * n }, (_, at) => Math.sin(at));
          const fresh = graph.keys.map((): boolean => isNew.next().value === true);
          fresh.forEach((is, i) => {
            if (is) places.fill(NaN, 2 * i, 2 * i + 2);
          });
          const before = places.slice();
          expect(placeNew(graph, places, 1)).toBe(fresh.filter(Boolean).length);
          fresh.forEach((is, i) => {
            const own = places.subarray(2 * i, 2 * i + 2);
            if (is) expect([...own].every((value) => Math.abs(value) <= 1)).toBe(true);
            else expect(own).toEqual(before.subarray(2 * i, 2 * i + 2));
          });
        },
      ),
      settings,
    );
    const graph = { k: 2, ids: Uint32Array.of(1, 2, 0, 2, 0, 1), distances: Float64Array.of(1, 1, 1, 1, 1, 1) };
    const places = Float32Array.of(NaN, NaN, 0, 1, 1, 0);
    placeNew(graph, places, 1);
    expect([...places]).toEqual([0.5, 0.5, 0, 1, 1, 0]);
  });

  it('fills the square, both axes by one factor', () => {
    expect([...inSquare(Float32Array.of(0, 0, 10, 5))]).toEqual([-1, -0.5, 1, 0.5]);
    expect([...inSquare(Float32Array.of(3, 4, 3, 4))]).toEqual([0, 0, 0, 0]);
    expect([...inSquare(new Float32Array())]).toEqual([]);
  });
});
