import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { randomOf } from '../../../../../src/core/distributions/random';
import {
  duplicateClusters,
  duplicateCounts,
  memberToKeep,
  suggestedThreshold,
} from '../../../../../src/core/ranking/checks/duplicates';
import { graphOfEqual, graphOfPoints, someKept, somePoints } from './graphs';

/** Sets of what is linked, by following links from each that is not in one yet. */
function linked(count: number, links: readonly (readonly [number, number])[]): number[][] {
  const sets: number[][] = [];
  const seen = new Set<number>();
  for (let start = 0; start < count; start++) {
    if (seen.has(start)) continue;
    const set = [start];
    seen.add(start);
    for (const at of set) {
      for (const [a, b] of links) {
        const other = a === at ? b : b === at ? a : null;
        if (other === null || seen.has(other)) continue;
        seen.add(other);
        set.push(other);
      }
    }
    if (set.length > 1) sets.push(set.sort((a, b) => a - b));
  }
  return sets;
}

const bySmallest = (a: readonly number[], b: readonly number[]) => a[0]! - b[0]!;

describe('duplicateClusters', () => {
  it('are what edges no longer than the threshold link, as known pairs do', () => {
    const known = fc.array(fc.tuple(fc.nat(39), fc.nat(39)), { maxLength: 3 });
    fc.assert(
      fc.property(
        somePoints,
        someKept,
        fc.double({ min: 0, max: 10, noNaN: true }),
        known,
        (points, kept, threshold, all) => {
          const graph = graphOfPoints(points, kept);
          const pairs = all.filter(([a, b]) => a < points.length && b < points.length);
          const edges = Array.from(graph.ids, (id, e) => [Math.floor(e / graph.k), id] as const);
          const near = edges.filter((_, e) => graph.distances[e]! <= threshold);
          const found = [...duplicateClusters(graph, threshold, pairs)].sort(bySmallest);
          expect(found).toEqual(linked(points.length, [...near, ...pairs]).sort(bySmallest));
        },
      ),
    );
  });

  it('are one of any number of equal sequences, and none of one', () => {
    expect(duplicateClusters(graphOfPoints([[1]]), 5)).toEqual([]);
    expect(duplicateClusters(graphOfPoints([[1], [1]]), 0)).toEqual([[0, 1]]);
    const [all, ...others] = duplicateClusters(graphOfEqual(5000), 0);
    expect(all).toHaveLength(5000);
    expect(others).toEqual([]);
  });

  it('stay apart where more than k are nearer to one another', () => {
    const points = [...Array<number[]>(4).fill([0]), ...Array<number[]>(4).fill([1])];
    expect(duplicateClusters(graphOfPoints(points, 3), 2)).toEqual([
      [0, 1, 2, 3],
      [4, 5, 6, 7],
    ]);
    expect(duplicateClusters(graphOfPoints(points, 4), 2)).toHaveLength(1);
  });
});

describe('duplicateCounts', () => {
  it('counts what the clusters of each threshold are', () => {
    fc.assert(
      fc.property(somePoints, someKept, fc.boolean(), (points, kept, isKnown) => {
        const graph = graphOfPoints(points, kept);
        const pairs = isKnown && points.length > 1 ? [[0, points.length - 1] as const] : [];
        const { thresholds, clusters, sequences } = duplicateCounts(graph, 9, pairs);
        thresholds.forEach((threshold, i) => {
          const found = duplicateClusters(graph, threshold, pairs);
          expect(clusters[i]).toBe(found.length);
          expect(sequences[i]).toBe(found.flat().length);
        });
      }),
    );
  });
});

describe('suggestedThreshold', () => {
  const cloud = (count: number) => {
    const random = randomOf(3, 'cloud');
    return Array.from({ length: count }, () => Array.from({ length: 8 }, () => random.normal()));
  };

  it('finds hardly anything where nothing is a copy', () => {
    const graph = graphOfPoints(cloud(400));
    expect(duplicateClusters(graph, suggestedThreshold(graph))).toEqual([]);
  });

  it('finds every copy, also where everything is there twice', () => {
    const random = randomOf(3, 'noise');
    const points = cloud(200).flatMap((point) => [point, point.map((value) => value + 0.01 * random.normal())]);
    const graph = graphOfPoints(points);
    const found = duplicateClusters(graph, suggestedThreshold(graph));
    expect(found).toHaveLength(200);
    expect(found.every(([a, b]) => b === a! + 1)).toBe(true);
  });

  it('is a number of one sequence and of equal ones', () => {
    for (const graph of [graphOfPoints([]), graphOfPoints([[1]]), graphOfPoints([[1], [1]]), graphOfEqual(100)]) {
      expect(suggestedThreshold(graph)).toBe(0);
    }
  });
});

describe('memberToKeep', () => {
  it('is the longest, then the one nearest to the others', () => {
    const graph = graphOfPoints([[0], [1], [3]]);
    const steps = [10, 10, 9];
    expect(memberToKeep(graph, [0, 1, 2], (i) => steps[i]!)).toBe(1);
    expect(memberToKeep(graph, [0, 1, 2], () => 7)).toBe(1);
    expect(memberToKeep(graph, [0, 2], (i) => [1, 1, 2][i]!)).toBe(2);
    expect(() => memberToKeep(graph, [], () => 1)).toThrow(RangeError);
  });
});
