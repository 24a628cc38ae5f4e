import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { randomOf } from '../../../../../src/core/distributions/random';
import { groupsOf } from '../../../../../src/core/ranking/checks/groups';
import { graphOfEqual, graphOfPoints, someKept, somePoints } from './graphs';

describe('groupsOf', () => {
  it('finds clouds that are apart, each with one of its middle as medoid', () => {
    const random = randomOf(1, 'clouds');
    const points = Array.from({ length: 90 }, (_, i) => [20 * (i % 3) + random.normal(), random.normal()]);
    const groups = groupsOf(graphOfPoints(points), 1);
    const whole = groups.filter(({ members }) => new Set(members.map((i) => i % 3)).size === 1);
    expect(whole).toHaveLength(groups.length);
    for (const { medoid, members } of groups) {
      expect(members).toContain(medoid);
      expect(Math.abs(points[medoid]![0]! - 20 * (medoid % 3))).toBeLessThan(2);
    }
  });

  it('holds every sequence once, equal ones together, and comes out the same each time', () => {
    fc.assert(
      fc.property(somePoints, someKept, (points, kept) => {
        const graph = graphOfPoints(points, kept);
        const groups = groupsOf(graph, 1);
        expect(groups.flatMap(({ members }) => members).sort((a, b) => a - b)).toEqual([...points.keys()]);
        expect(groups.every(({ members, medoid }) => members.includes(medoid))).toBe(true);
        const groupOf = (i: number) => groups.findIndex(({ members }) => members.includes(i));
        graph.ids.forEach((id, edge) => {
          if (graph.distances[edge] === 0) expect(groupOf(id)).toBe(groupOf(Math.floor(edge / graph.k)));
        });
        expect(groupsOf(graph, 1)).toEqual(groups);
      }),
    );
  });

  it('are one of one sequence, and of any number of equal ones', () => {
    expect(groupsOf(graphOfPoints([[1]]), 1)).toEqual([{ members: [0], medoid: 0 }]);
    expect(groupsOf(graphOfPoints([[1], [1]]), 1)).toEqual([{ members: [0, 1], medoid: 0 }]);
    const [all, ...others] = groupsOf(graphOfEqual(5000), 1);
    expect(all?.members).toHaveLength(5000);
    expect(others).toEqual([]);
    expect(groupsOf(graphOfPoints([]), 1)).toEqual([]);
  });
});
