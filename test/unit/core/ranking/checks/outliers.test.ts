import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { randomOf } from '../../../../../src/core/distributions/random';
import { outlierFactors, unusualFactor } from '../../../../../src/core/ranking/checks/outliers';
import { distanceOf, graphOfEqual, graphOfPoints } from './graphs';

/** The definition of Breunig et al. 2000, for points that all differ. */
function naiveFactors(points: readonly (readonly number[])[], k: number): number[] {
  const neighbours = points.map((point, i) =>
    points
      .map((other, j) => ({ j, distance: distanceOf(point, other) }))
      .filter(({ j }) => j !== i)
      .sort((a, b) => a.distance - b.distance || a.j - b.j)
      .slice(0, k),
  );
  const kDistance = neighbours.map((found) => found.at(-1)!.distance);
  const density = neighbours.map(
    (found) => found.length / found.reduce((sum, { j, distance }) => sum + Math.max(kDistance[j]!, distance), 0),
  );
  return neighbours.map((found, i) => found.reduce((sum, { j }) => sum + density[j]! / density[i]!, 0) / found.length);
}

const random = randomOf(5, 'outliers');
const cloud = Array.from({ length: 200 }, () => [random.normal(), random.normal(), random.normal()]);

describe('outlierFactors', () => {
  it('are local outlier factors where nothing is a copy', () => {
    const points = fc.uniqueArray(fc.integer({ min: 0, max: 1000 }), { minLength: 2, maxLength: 30 });
    fc.assert(
      fc.property(points, fc.integer({ min: 1, max: 6 }), (values, kept) => {
        const all = values.map((value) => [value]);
        const graph = graphOfPoints(all, kept);
        const expected = naiveFactors(all, graph.k);
        outlierFactors(graph, 0).forEach((factor, i) => {
          expect(factor).toBeCloseTo(expected[i]!, 9);
        });
      }),
    );
  });

  it('do not change because recordings are there twice', () => {
    const once = outlierFactors(graphOfPoints([...cloud, [9, 9, 9]]), 0);
    const twice = outlierFactors(graphOfPoints([...cloud, ...cloud, [9, 9, 9]], 31), 0);
    expect(once.at(-1)).toBeGreaterThan(3);
    expect(twice.at(-1)! / once.at(-1)!).toBeCloseTo(1, 0);
  });

  it('make no outlier of what is near many copies', () => {
    const copies = Array.from({ length: 40 }, () => [...cloud[0]!]);
    const factors = outlierFactors(graphOfPoints([...cloud, ...copies]), 0);
    expect(Math.max(...factors)).toBeLessThan(4);
  });

  it('are 1 of one sequence, of two, and of any number of equal ones', () => {
    expect([...outlierFactors(graphOfPoints([[1]]), 0)]).toEqual([1]);
    expect([...outlierFactors(graphOfPoints([[1], [2]]), 0)]).toEqual([1, 1]);
    expect(new Set(outlierFactors(graphOfEqual(5000), 0))).toEqual(new Set([1]));
    expect(outlierFactors(graphOfPoints([]), 0)).toHaveLength(0);
  });
});

describe('unusualFactor', () => {
  it('reports few of an even folder, and what is far from it', () => {
    const even = outlierFactors(graphOfPoints(cloud), 0);
    expect(even.filter((factor) => factor >= unusualFactor(even)).length).toBeLessThanOrEqual(6);
    const factors = outlierFactors(graphOfPoints([...cloud, [9, 9, 9]]), 0);
    expect(factors.at(-1)).toBeGreaterThan(unusualFactor(factors));
    expect(unusualFactor(new Float64Array(0))).toBeGreaterThan(1);
  });
});
