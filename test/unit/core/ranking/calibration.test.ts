import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pairSample, type Labelled } from '../../../../src/core/ranking/calibration';

fc.configureGlobal({ seed: 20220101, numRuns: 100 });

const sequence: fc.Arbitrary<Labelled> = fc.record({
  label: fc.constantFrom(null, '1', '2'),
  scope: fc.constantFrom('', 'a.tsv', 'b.tsv'),
  values: fc.uint8Array({ minLength: 1, maxLength: 1 }),
});

const distance = (a: Uint8Array, b: Uint8Array) => Math.abs(a[0]! - b[0]!);
const pause = () => Promise.resolve();

describe('a sample of pairs', () => {
  it('counts pairs by label as a naive count does, and labels of different scopes not at all', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(sequence, { maxLength: 20 }), async (sequences) => {
        const pairs = sequences.flatMap((a, i) => sequences.slice(0, i).map((b) => [a, b] as const));
        const labelled = pairs.filter(([a, b]) => a.label !== null && b.label !== null && a.scope === b.scope);
        const same = labelled.filter(([a, b]) => a.label === b.label);
        const found = await pairSample(sequences, distance, pause);
        expect(Math.abs(found.count)).toBe(pairs.length);
        expect(found.labels?.pairs.at(-1) ?? 0).toBe(labelled.length);
        expect(found.labels?.same.at(-1) ?? 0).toBe(same.length);
        expect(found.distances.at(-1) ?? 0).toBe(Math.max(0, ...pairs.map(([a, b]) => distance(a.values, b.values))));
      }),
    );
  });
});
