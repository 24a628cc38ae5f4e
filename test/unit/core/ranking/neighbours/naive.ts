import * as fc from 'fast-check';
import type { RowForm } from '../../../../../src/core/ranking/gallery';
import type { NeighbourGraph } from '../../../../../src/core/ranking/neighbours/graph';

export const form: RowForm = { features: 2, featureSize: 2, step: 0.5, groups: [[1, -2]] };

/** Few distinct embeddings, so that many are equal, or equally far. */
export const fewCodes = fc
  .array(fc.integer({ min: 0, max: 3 }), { minLength: 4, maxLength: 4 })
  .map((codes) => Uint8Array.from(codes));

/** The graph by all distances. */
export function naiveGraph(rows: ReadonlyMap<string, Uint8Array>, kept: number): NeighbourGraph {
  const keys = [...rows.keys()].sort();
  const k = Math.max(Math.min(kept, keys.length - 1), 0);
  const nearest = keys.flatMap((key, own) =>
    keys
      .map((other, id) => ({ id, distance: distance(rows.get(key)!, rows.get(other)!) }))
      .filter(({ id }) => id !== own)
      .sort((a, b) => a.distance - b.distance || a.id - b.id)
      .slice(0, k),
  );
  return {
    keys,
    k,
    ids: Uint32Array.from(nearest, ({ id }) => id),
    distances: Float64Array.from(nearest, ({ distance }) => distance),
  };
}

function distance(a: Uint8Array, b: Uint8Array): number {
  return (form.step / a.length) * a.reduce((sum, value, i) => sum + Math.abs(value - b[i]!), 0);
}
