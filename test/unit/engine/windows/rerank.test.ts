import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Candidate } from '../../../../src/engine/windows/candidates';
import { nearestOf, type Find } from '../../../../src/engine/windows/finds';
import { openNearest, type ClosedPart } from '../../../../src/engine/windows/opening';
import { Reranking, type Measured, type Seed } from '../../../../src/engine/windows/rerank';
import type { OpenPart } from '../../../../src/engine/workers/tasks';

fc.configureGlobal({ seed: 20220109, numRuns: 60 });

const open = {} as OpenPart;

function recording(number: number): Candidate {
  const sequence = { path: `/${number}`, number: 0, surveyed: { steps: 1000, channels: [{}] } };
  return { findable: { sequence }, key: `${number}`, length: 10, windows: 10, without: null } as unknown as Candidate;
}

interface Window extends Seed {
  readonly distance: number;
}

const found = ({ candidate, start, distance }: Window): Find => {
  return { candidate, span: { start, end: start + 10 }, distance };
};

/** Windows far apart, with distances that estimates miss by a few hundredths. */
const windows = fc
  .array(
    fc.array(fc.tuple(fc.double({ min: 1, max: 3, noNaN: true }), fc.double({ min: -0.02, max: 0.02, noNaN: true })), {
      minLength: 1,
      maxLength: 8,
    }),
    { minLength: 1, maxLength: 60 },
  )
  .map((all) =>
    all.map((own, number) => {
      const candidate = recording(number);
      return own.map(([distance, off], i): Window => {
        return { candidate, open, start: 100 * i, estimate: 0.9 * distance * (1 + off), distance };
      });
    }),
  );

describe('windows that are measured in the order of their estimates', () => {
  it('have the nearest among them, and are not all', async () => {
    let measured = 0;
    let there = 0;
    await fc.assert(
      fc.asyncProperty(windows, fc.constantFrom('best', 'all'), async (all, each) => {
        const wanted = { each, limit: 5 } as const;
        const reranking = new Reranking(wanted, (seeds) => {
          measured += seeds.length;
          return Promise.resolve(seeds.map((seed): Measured => ({ seed, find: found(seed as Window) })));
        });
        there += all.flat().length;
        await reranking.add(all.flat());
        const expected = nearestOf(all.flat().map(found), wanted);
        expect(reranking.nearest().map(({ distance }) => distance)).toEqual(expected.map(({ distance }) => distance));
      }),
    );
    expect(measured).toBeLessThan(0.5 * there);
  });

  it('come from parts that are opened until no other can hold a nearer one', async () => {
    let opened = 0;
    let there = 0;
    await fc.assert(
      fc.asyncProperty(windows, async (all) => {
        const wanted = { each: 'best', limit: 5 } as const;
        const reranking = new Reranking(wanted, (seeds) =>
          Promise.resolve(seeds.map((seed): Measured => ({ seed, find: found(seed as Window) }))),
        );
        const parts = all.map((own): ClosedPart => {
          const estimate = 0.6 * Math.min(...own.map(({ distance }) => distance));
          return { candidates: [own[0]!.candidate], part: { start: 0, end: 1000 }, estimate };
        });
        there += parts.length;
        await openNearest(parts, wanted.limit, reranking, (some) => {
          opened += some.length;
          const keys = new Set(some.map(({ candidates: [{ key }] }) => key));
          return Promise.resolve(all.flat().filter(({ candidate }) => keys.has(candidate.key)));
        });
        const expected = nearestOf(all.flat().map(found), wanted);
        expect(reranking.nearest().map(({ distance }) => distance)).toEqual(expected.map(({ distance }) => distance));
      }),
    );
    expect(opened).toBeLessThan(there);
  });
});
