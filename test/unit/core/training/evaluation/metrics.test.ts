import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compare } from '../../../../../src/core/training/evaluation/comparison';
import { equalErrorRate } from '../../../../../src/core/training/evaluation/equalErrorRate';
import { metricsOf } from '../../../../../src/core/training/evaluation/metrics';
import { countPairs, protocolOf } from '../../../../../src/core/training/evaluation/protocol';
import { rank } from '../../../../../src/core/training/evaluation/ranking';
import type { Pack } from '../../../../../src/core/training/packs/pack';

fc.configureGlobal({ seed: 20, numRuns: 200 });

const sorted = (values: readonly number[]) => Float64Array.from(values).sort();

describe('rank', () => {
  it('agrees with average precision worked out by hand', () => {
    // Relevant items at ranks 1, 3 and 6: (1/1 + 2/3 + 3/6) / 3.
    expect(rank(sorted([1, 3, 6]), sorted([2, 4, 5]))).toEqual({
      hit: true,
      averagePrecision: (1 + 2 / 3 + 1 / 2) / 3,
    });
    expect(rank(sorted([4]), sorted([1, 2, 3]))).toEqual({ hit: false, averagePrecision: 1 / 4 });
    expect(rank(sorted([1, 2]), sorted([]))).toEqual({ hit: true, averagePrecision: 1 });
  });

  it('counts ties against the ranking', () => {
    expect(rank(sorted([1]), sorted([1]))).toEqual({ hit: false, averagePrecision: 1 / 2 });
    expect(rank(sorted([2, 2]), sorted([1, 2, 3]))).toEqual({ hit: false, averagePrecision: (1 / 3 + 2 / 4) / 2 });
  });

  it('is that of a list that is sorted outright', () => {
    const distances = fc.array(fc.integer({ min: 0, max: 12 }), { maxLength: 20 });
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 12 }), { minLength: 1, maxLength: 20 }),
        distances,
        (own, other) => {
          const list = [...own.map((d) => ({ d, relevant: 1 })), ...other.map((d) => ({ d, relevant: 0 }))];
          list.sort((a, b) => a.d - b.d || a.relevant - b.relevant);
          let sum = 0;
          list.forEach(({ relevant }, i) => {
            if (relevant) sum += list.slice(0, i + 1).filter((item) => item.relevant === 1).length / (i + 1);
          });
          const ranking = rank(sorted(own), sorted(other));
          expect(ranking.averagePrecision).toBeCloseTo(sum / own.length, 12);
          expect(ranking.hit).toBe(list[0]!.relevant === 1);
        },
      ),
    );
  });
});

describe('equalErrorRate', () => {
  it('agrees with cases worked out by hand', () => {
    expect(equalErrorRate(sorted([1, 2]), sorted([3, 4]))).toBe(0);
    expect(equalErrorRate(sorted([3, 4]), sorted([1, 2]))).toBe(1);
    expect(equalErrorRate(sorted([1, 1, 1]), sorted([1]))).toBe(0.5);
    // Up to distance 3 half of either kind is accepted.
    expect(equalErrorRate(sorted([1, 4]), sorted([3, 5]))).toBe(0.5);
    // Refusals fall from 2/3 to 1/3 while acceptances rise from 0 to 1/2: they meet 4/5 of the way, at 2/5.
    expect(equalErrorRate(sorted([1, 2, 3]), sorted([2, 4]))).toBeCloseTo(2 / 5, 12);
  });

  it('lies on the line between the thresholds around the crossing', () => {
    const distances = fc.array(fc.integer({ min: 0, max: 15 }), { minLength: 1, maxLength: 25 });
    fc.assert(
      fc.property(distances, distances, (same, different) => {
        const points = [-1, ...new Set([...same, ...different])]
          .sort((a, b) => a - b)
          .map((threshold) => ({
            acceptance: different.filter((d) => d <= threshold).length / different.length,
            refusal: same.filter((d) => d > threshold).length / same.length,
          }));
        const after = points.findIndex(({ acceptance, refusal }) => refusal <= acceptance);
        const [p, q] = [points[after - 1]!, points[after]!];
        const rate = equalErrorRate(sorted(same), sorted(different));
        // On the segment from p to q the rate is both the acceptance and the refusal.
        const along =
          (rate - p.acceptance) * (q.refusal - p.refusal) - (rate - p.refusal) * (q.acceptance - p.acceptance);
        expect(along).toBeCloseTo(0, 12);
        expect(rate).toBeGreaterThanOrEqual(p.acceptance - 1e-12);
        expect(rate).toBeLessThanOrEqual(q.acceptance + 1e-12);
      }),
    );
  });

  it('turns over when the two kinds change places', () => {
    const distances = fc.uniqueArray(fc.integer({ min: 0, max: 99 }), { minLength: 2, maxLength: 25 });
    fc.assert(
      fc.property(distances, fc.integer({ min: 1, max: 24 }), (all, cut) => {
        const at = Math.min(cut, all.length - 1);
        const [a, b] = [sorted(all.slice(0, at)), sorted(all.slice(at))];
        expect(equalErrorRate(a, b)).toBeCloseTo(1 - equalErrorRate(b, a), 12);
      }),
    );
  });
});

/** A pack without samples: protocols look at labels and columns only. */
function labelled(columns: readonly Readonly<Record<string, number>>[], excludeBy: string | null): Pack {
  const sequences = columns.map((own) => ({ channels: [], label: own['label']!, columns: own }));
  const columnValues = { split: ['test', 'train'] };
  return { name: 'toy', domain: null, channels: 1, sequences, columnValues, excludeBy };
}

describe('compare', () => {
  const column = fc.integer({ min: 0, max: 2 });
  const member = fc.record({ label: column, part: column, at: fc.integer({ min: 0, max: 30 }) });

  it('agrees with a plain search over all pairs, with and without an excluding column', () => {
    fc.assert(
      fc.property(fc.array(member, { minLength: 2, maxLength: 14 }), fc.boolean(), (members, excludes) => {
        const pack = labelled(members, excludes ? 'part' : null);
        const protocol = protocolOf(pack);
        const counts = countPairs(protocol);
        const distance = (a: number, b: number) => Math.abs(members[a]!.at - members[b]!.at);
        const { rankings, same, different } = compare(protocol, counts, distance);
        const allowed = (a: number, b: number) => a !== b && !(excludes && members[a]!.part === members[b]!.part);
        const indices = members.map((_, n) => n);
        const pairs = indices.flatMap((a) => indices.filter((b) => a < b && allowed(a, b)).map((b) => [a, b] as const));
        const distancesOf = (equal: boolean) =>
          sorted(
            pairs
              .filter(([a, b]) => (members[a]!.label === members[b]!.label) === equal)
              .map(([a, b]) => distance(a, b)),
          );
        expect(same).toEqual(distancesOf(true));
        expect(different).toEqual(distancesOf(false));
        const expected = indices.flatMap((query) => {
          const gallery = indices.filter((item) => allowed(query, item));
          const split = (equal: boolean) =>
            sorted(
              gallery
                .filter((g) => (members[g]!.label === members[query]!.label) === equal)
                .map((g) => distance(query, g)),
            );
          return split(true).length === 0 ? [] : [{ query, ...rank(split(true), split(false)) }];
        });
        expect(rankings).toEqual(expected);
      }),
    );
  });

  it('queries the test split against the training split', () => {
    const split = { test: 0, train: 1 };
    const pack = labelled(
      [
        { label: 0, split: split.train },
        { label: 1, split: split.train },
        { label: 0, split: split.test },
        { label: 1, split: split.test },
        { label: 2, split: split.test },
      ],
      null,
    );
    const at = [0, 10, 1, 4, 11];
    const protocol = protocolOf(pack);
    const counts = countPairs(protocol);
    expect(counts).toEqual({ same: 2, different: 4 });
    const metrics = metricsOf(compare(protocol, counts, (a, b) => Math.abs(at[a]! - at[b]!)));
    // The last query has no item of its label and does not count; the one before is nearer to the wrong item.
    expect(metrics).toMatchObject({ recallAt1: 1 / 2, meanAveragePrecision: (1 + 1 / 2) / 2, queries: 2 });
    // Same: 1, 6. Different: 1, 4, 9, 11.
    expect(metrics.equalErrorRate).toBeCloseTo(0.5, 12);
  });

  it('treats a pack with one split as any other', () => {
    const pack = labelled(
      [0, 0, 1].map((label) => ({ label, split: 1 })),
      null,
    );
    const protocol = protocolOf(pack);
    expect([...protocol.queries]).toEqual([0, 1, 2]);
    expect(countPairs(protocol)).toEqual({ same: 1, different: 2 });
  });
});
