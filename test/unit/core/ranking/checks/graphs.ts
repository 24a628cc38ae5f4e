import fc from 'fast-check';
import type { NeighbourGraph } from '../../../../../src/core/ranking/neighbours/graph';

/** The exact graph of some points, by brute force. */
export function graphOfPoints(points: readonly (readonly number[])[], kept = 15): NeighbourGraph {
  const k = Math.max(Math.min(kept, points.length - 1), 0);
  const ids = new Uint32Array(points.length * k);
  const distances = new Float64Array(points.length * k);
  points.forEach((point, i) => {
    const others = points.flatMap((other, j) => (i === j ? [] : [{ j, distance: distanceOf(point, other) }]));
    others.sort((a, b) => a.distance - b.distance || a.j - b.j);
    others.slice(0, k).forEach(({ j, distance }, at) => {
      ids[i * k + at] = j;
      distances[i * k + at] = distance;
    });
  });
  return { keys: points.map((_, i) => String(i).padStart(6, '0')), k, ids, distances };
}

export function distanceOf(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, i) => sum + Math.abs(value - b[i]!), 0);
}

/** So many equal sequences, as an index orders them: the neighbours of each are the first others. */
export function graphOfEqual(count: number, kept = 15): NeighbourGraph {
  const k = Math.max(Math.min(kept, count - 1), 0);
  const ids = Uint32Array.from({ length: count * k }, (_, edge) => {
    const [i, j] = [Math.floor(edge / k), edge % k];
    return j < i ? j : j + 1;
  });
  return { keys: Array.from({ length: count }, (_, i) => `${i}`), k, ids, distances: new Float64Array(count * k) };
}

/** Points of which some are equal and some in dense places. */
export const somePoints = fc.array(
  fc.tuple(
    fc.oneof(fc.integer({ min: 0, max: 3 }), fc.double({ min: 0, max: 100, noNaN: true })),
    fc.integer({ min: 0, max: 5 }),
  ),
  { minLength: 1, maxLength: 40 },
);

export const someKept = fc.integer({ min: 1, max: 8 });
