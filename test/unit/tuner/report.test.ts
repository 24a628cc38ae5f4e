import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { randomOf } from '../../../src/core/distributions/random';
import { halves } from '../../../src/tuner/halves';
import { splitPack } from '../../../src/tuner/packSets';
import { confusionOf } from '../../../src/tuner/report/confusion';
import { BinnedErrorRates } from '../../../src/tuner/report/errorRates';
import { figuresOf } from '../../../src/tuner/report/figuresOf';
import type { Outcome } from '../../../src/tuner/report/outcomes';
import { reportOf, verdictOf } from '../../../src/tuner/report/reportOf';
import { divided, subPack } from '../../../src/tuner/tuningSet';
import type { ComparedFigure } from '../../../src/protocol/finetune';
import { bootstrap } from '../../../src/core/training/evaluation/bootstrap';
import { wavePack } from '../core/training/batches/datasets';
import { pulsePack, setOf, tuning } from './sets';

describe('the bootstrap', () => {
  it('gives intervals that hold the value, shrink with the sample, and fit the normal approximation', () => {
    const random = randomOf(1, 'bootstrap');
    const width = (count: number) => {
      const values = Float64Array.from({ length: count }, () => random.normal());
      const mean = (items: Int32Array) => ({ mean: items.reduce((sum, i) => sum + values[i]!, 0) / items.length });
      const { value, low, high } = bootstrap(count, mean, random).mean;
      expect(low).toBeLessThanOrEqual(value);
      expect(high).toBeGreaterThanOrEqual(value);
      return (high - low) * Math.sqrt(count);
    };
    expect(width(100)).toBeGreaterThan(2.8);
    expect(width(100)).toBeLessThan(5.2);
    expect(width(2000)).toBeCloseTo(3.92, 0);
  });

  it('gives a constant no width', () => {
    expect(bootstrap(5, () => ({ one: 1 }), randomOf(1, ''))).toEqual({ one: { value: 1, low: 1, high: 1 } });
  });
});

describe('equal error rates by bins', () => {
  it('are close to the exact ones', () => {
    const distances = (shift: number) =>
      fc
        .array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 5, maxLength: 30 })
        .map((values) => Float64Array.from(values, (value) => value + shift).sort());
    const outcome = fc
      .record({ same: distances(0), different: distances(0.3), set: fc.nat(1) })
      .map(({ same, different, set }): Outcome => ({
        same,
        different,
        set,
        query: 0,
        nearest: 0,
        hit: true,
        averagePrecision: 1,
      }));
    fc.assert(
      fc.property(fc.array(outcome, { minLength: 1, maxLength: 8 }), (outcomes) => {
        const exact = figuresOf(outcomes).equalErrorRate;
        expect(new BinnedErrorRates(outcomes).of(Int32Array.from(outcomes.keys()))).toBeCloseTo(exact, 1);
      }),
    );
  });
});

describe('the report', () => {
  it('refuses queries that were not ranked again', () => {
    const one = Float64Array.of(1);
    const outcome = { set: 0, query: 0, nearest: 1, hit: true, averagePrecision: 1, same: one, different: one };
    const parts = { sets: [setOf(pulsePack(2, 4, 1))], notes: [], steps: 1, seconds: 1, seed: 1 };
    const other = { ...outcome, hit: false, nearest: 2 };
    const report = reportOf({ ...parts, before: [outcome], after: [other] });
    expect([report.right, report.wrong.map(({ before, after }) => [before.number, after.number])]).toEqual([
      [],
      [[1, 2]],
    ]);
    expect(() => reportOf({ ...parts, before: [outcome, outcome], after: [other] })).toThrow(RangeError);
    expect(() => reportOf({ ...parts, before: [{ ...outcome, query: 8 }], after: [other] })).toThrow('no sequence 8');
  });
});

describe('the verdict', () => {
  const figure = (value: number, low: number, high: number): ComparedFigure => {
    const flat = { value: 0.5, low: 0.4, high: 0.6 };
    return { before: flat, after: flat, gain: { value, low, high } };
  };
  it.each([
    ['better', figure(0.1, 0.05, 0.2), figure(0.1, 0.02, 0.2)],
    ['better', figure(0, 0, 0), figure(0.1, 0.02, 0.2)],
    ['perhaps', figure(0.1, -0.05, 0.2), figure(0.1, -0.02, 0.2)],
    ['perhaps', figure(-0.01, -0.05, 0.2), figure(0.1, 0.02, 0.2)],
    ['notBetter', figure(0, 0, 0), figure(0, 0, 0)],
    ['notBetter', figure(-0.1, -0.2, -0.05), figure(0.2, 0.1, 0.3)],
    ['notBetter', figure(0.01, -0.1, 0.1), figure(-0.05, -0.1, 0.1)],
  ] as const)('is %s', (verdict, recallAt1, meanAveragePrecision) => {
    expect(verdictOf({ recallAt1, meanAveragePrecision })).toBe(verdict);
  });

  it('is that there was nothing to gain where every first match was right, and nothing else rose', () => {
    const perfect = { ...figure(0, 0, 0), before: { value: 1, low: 1, high: 1 } };
    expect(verdictOf({ recallAt1: perfect, meanAveragePrecision: figure(0, 0, 0) })).toBe('nothingToGain');
    expect(verdictOf({ recallAt1: perfect, meanAveragePrecision: figure(0.1, 0.02, 0.2) })).toBe('better');
  });
});

describe('the confusion matrix', () => {
  it('counts every query once on both sides', () => {
    const confusion = confusionOf([
      { label: 'a', before: 'b', after: 'a' },
      { label: 'a', before: 'a', after: 'a' },
      { label: 'b', before: 'b', after: 'c' },
    ]);
    expect(confusion.labels).toEqual(['a', 'b', 'c']);
    expect(confusion.before).toEqual([
      [1, 1, 0],
      [0, 1, 0],
      [0, 0, 0],
    ]);
    expect(confusion.after[1]).toEqual([0, 0, 1]);
  });

  it('gathers labels beyond thirty', () => {
    const queries = Array.from({ length: 50 }, (_, i) => ({
      label: `l${i}`,
      before: `l${(i + 1) % 50}`,
      after: `l${i}`,
    }));
    const { labels, before } = confusionOf(queries);
    // One row and column more than there are labels are of all the others.
    expect(labels).toHaveLength(29);
    expect(before).toHaveLength(30);
    expect(before.every((row) => row.length === 30)).toBe(true);
    expect(before.flat().reduce((sum, count) => sum + count, 0)).toBe(50);
  });
});

describe('splits of packs', () => {
  it('halves the held-out sequences when there are many, so that the report is about others than those that decide', () => {
    const { sets, halved } = divided([setOf(pulsePack(3, 100, 1))]);
    expect(halved).toBe(true);
    const { train, stopping, report } = sets[0]!.parts;
    expect(stopping.filter((n) => report.includes(n))).toEqual([]);
    expect(new Set([...train, ...stopping, ...report]).size).toBe(300);
    expect(divided([setOf(pulsePack(3, 8, 1))]).halved).toBe(false);
  });

  it('refuses sequences and columns that a pack does not have', () => {
    const pack = wavePack({ each: 2 });
    expect(() => subPack(pack, [0, 6])).toThrow('has no sequence 6');
    expect(() => halves({ ...pack, excludeBy: 'part' }, 1)).toThrow('lacks the column part');
  });

  it('uses only the training split of a pack that has both', () => {
    const pack = wavePack({ each: 12, splits: true });
    const { set } = splitPack(pack, tuning);
    expect(set.pack.sequences).toHaveLength(18);
    expect(halves(pack, 1)).toEqual({ tuned: pack, tested: pack });
  });

  it('halves others by what their protocol keeps apart, or by label, without a sequence on both sides', () => {
    const plain = halves(wavePack({ each: 8 }), 1);
    expect(plain.tuned.sequences).toHaveLength(12);
    expect(plain.tested.sequences.filter((sequence) => plain.tuned.sequences.includes(sequence))).toEqual([]);
    const parted = halves(wavePack({ each: 20, parts: 10 }), 1);
    const values = (pack: typeof parted.tuned) => new Set(pack.sequences.map(({ columns }) => columns['part']));
    expect([...values(parted.tuned)].filter((value) => values(parted.tested).has(value))).toEqual([]);
    expect(parted.tuned.excludeBy).toBe('part');
    const two = halves(wavePack({ each: 8, parts: 2 }), 1);
    expect(two.tuned.excludeBy).toBeNull();
    expect(two.tested.sequences).toHaveLength(24);
  });
});
