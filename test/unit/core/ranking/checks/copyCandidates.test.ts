import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { candidatesOfEach, copyCandidates } from '../../../../../src/core/ranking/checks/copyCandidates';
import { graphOfEqual, graphOfPoints, someKept, somePoints } from './graphs';

describe('copyCandidates', () => {
  it('are the nearest, those with like levels, and those of one extreme, each pair once', () => {
    const extreme = fc.integer({ min: 0, max: 12 });
    fc.assert(
      fc.property(
        somePoints,
        someKept,
        fc.array(extreme, { minLength: 40, maxLength: 40 }),
        fc.nat(99),
        (points, kept, values, seed) => {
          const graph = graphOfPoints(points, kept);
          const count = points.length;
          const like = Int32Array.from({ length: count * candidatesOfEach }, (_, at) => {
            const other = (Math.floor(at / candidatesOfEach) + 1 + ((seed + at) % count)) % count;
            return other === Math.floor(at / candidatesOfEach) ? -1 : other;
          });
          const expected = new Set<string>();
          const add = (a: number, b: number) => expected.add(`${Math.min(a, b)} ${Math.max(a, b)}`);
          for (let i = 0; i < count; i++) {
            for (let j = 0; j < Math.min(graph.k, candidatesOfEach); j++) add(i, graph.ids[i * graph.k + j]!);
            for (const other of like.subarray(i * candidatesOfEach, (i + 1) * candidatesOfEach))
              if (other >= 0) add(i, other);
            const sharing = [...points.keys()].filter((other) => values[other] === values[i]);
            if (sharing.length <= 6) for (const other of sharing) if (other !== i) add(i, other);
          }
          const found = copyCandidates(
            graph,
            like,
            points.map((_, i) => [values[i]!]),
          );
          expect(found.map(([a, b]) => `${a} ${b}`).toSorted()).toEqual([...expected].toSorted());
        },
      ),
    );
  });

  it('stay few where everything is equal', () => {
    const count = 5000;
    const like = new Int32Array(count * candidatesOfEach).fill(-1);
    const found = copyCandidates(
      graphOfEqual(count),
      like,
      Array.from({ length: count }, () => [1, 2]),
    );
    expect(found.length).toBeLessThanOrEqual(count * candidatesOfEach);
    expect(copyCandidates(graphOfPoints([[1]]), new Int32Array(candidatesOfEach).fill(-1), [[1]])).toEqual([]);
  });
});
