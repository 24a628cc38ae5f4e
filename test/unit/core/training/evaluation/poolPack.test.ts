import { beforeAll, describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { embedValues, forEachFeature } from '../../../../../src/core/encoder/embed';
import { loadEncoder, type EncoderSession } from '../../../../../src/core/encoder/session';
import type { Sequence } from '../../../../../src/core/recordings/sequence';
import { untrainedEncoder } from '../../../../../src/dev/untrainedEncoder';
import { embedPack, poolPack } from '../../../../../src/core/training/evaluation/embedPack';
import { remembered, rowDistance } from '../../../../../src/core/training/evaluation/rowDistance';
import { poolings } from '../../../../../src/core/training/network/pooling';
import { packScales } from '../../../../../src/core/training/packs/scales';
import { naiveDistances } from '../losses/naive';
import { wavePack } from '../batches/datasets';

let session: EncoderSession;
beforeAll(async () => {
  session = await loadEncoder(untrainedEncoder());
});

const pack = wavePack({ labels: 2, each: 2, channels: 2, steps: (n) => 5000 + 40 * n });

function sequence(n: number): Sequence {
  const channels = pack.sequences[n]!.channels.map((values) => ({ name: null, unit: null, values }));
  return { channels, rate: null, label: null, name: null, notes: [] };
}

describe('poolPack', () => {
  it('pools the features of every sequence as plain sums and sorting do', async () => {
    const rows = await poolPack(session, pack, poolings, 16_384);
    const { features, levels } = session.description;
    const lines = pack.channels * features;
    const sizes = { quantiles: levels, mean: 1, 'mean-deviation': 2, maximum: 1 };
    for (const pooling of poolings) expect(rows.get(pooling)).toHaveLength(4 * lines * sizes[pooling]);
    const collected: number[][] = [];
    await forEachFeature(session, sequence(3), packScales(pack), 16_384, undefined, (values, line) => {
      collected[line] = [...values];
    });
    expect(collected).toHaveLength(lines);
    collected.forEach((values, line) => {
      const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
      const deviation = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
      const at = 3 * lines + line;
      expect(rows.get('mean')![at]).toBeCloseTo(mean, 4);
      expect(rows.get('mean-deviation')![2 * at]).toBeCloseTo(mean, 4);
      expect(rows.get('mean-deviation')![2 * at + 1]).toBeCloseTo(deviation, 4);
      expect(rows.get('maximum')![at]).toBe(Math.max(...values));
    });
  });

  it('embeds as the product does', async () => {
    const rows = await embedPack(session, pack, { maximumSteps: 16_384 });
    const { values } = await embedValues(session, sequence(1), packScales(pack), 16_384);
    expect(rows.subarray(values.length, 2 * values.length)).toEqual(values);
  });
});

describe('rowDistance', () => {
  it('is what plain sums over pairs give, and is remembered as it is', () => {
    fc.configureGlobal({ seed: 20 });
    const row = fc.array(fc.float({ min: -4, max: 4, noNaN: true }), { minLength: 5, maxLength: 5 });
    fc.assert(
      fc.property(fc.array(row, { minLength: 2, maxLength: 6 }), (matrix) => {
        matrix.forEach((values, n) => (values[0] = n + 1));
        for (const kind of ['d1', 'd2', 'cosine'] as const) {
          const expected = naiveDistances(matrix, kind);
          const own = rowDistance(Float32Array.from(matrix.flat()), matrix.length, kind);
          const kept = remembered(matrix.length, own);
          expected.forEach((line, a) => {
            line.forEach((distance, b) => {
              expect(own(a, b)).toBeCloseTo(distance, 5);
              expect(kept(a, b)).toBe(own(Math.min(a, b), Math.max(a, b)));
              expect(kept(b, a)).toBe(kept(a, b));
            });
          });
        }
      }),
    );
  });
});
