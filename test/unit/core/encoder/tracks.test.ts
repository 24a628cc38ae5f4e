import * as fc from 'fast-check';
import { resolve } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { channelSize } from '../../../../src/core/encoder/blocks';
import { completed } from '../../../../src/core/encoder/completed';
import { readEncoder, type EncoderDescription } from '../../../../src/core/encoder/description';
import { cellOf, profileOf, trackForm, TrackMaker, type TrackForm } from '../../../../src/core/encoder/tracks';
import { TrackSums } from '../../../../src/core/ranking/trackScan';

fc.configureGlobal({ seed: 20220104, numRuns: 60 });

let description: EncoderDescription;
let form: TrackForm;

beforeAll(async () => {
  description = (await completed(await readEncoder(resolve('models')))).description;
  form = trackForm(description);
});

/** W_1 of two samples, as the integral of |F - G| over their values. */
function naiveW1(a: readonly number[], b: readonly number[]): number {
  const values = [...a, ...b].sort((x, y) => x - y);
  const below = (sample: readonly number[], x: number) => sample.filter((value) => value <= x).length / sample.length;
  return values.slice(1).reduce((sum, x, i) => {
    const from = values[i]!;
    return sum + (x - from) * Math.abs(below(a, from) - below(b, from));
  }, 0);
}

/** The features of a recording, of numbers near their centres, by a seed. */
function features(steps: number, seed: number): Float32Array[] {
  return form.strides.map((stride, f) => {
    return Float32Array.from({ length: Math.ceil(steps / stride) }, (_, i) => {
      return form.centres[f]! + 3 * Math.sin(seed + f + 0.3 * i) + Math.sin(seed * i + f);
    });
  });
}

function trackOf(all: readonly Float32Array[], steps: number) {
  const maker = new TrackMaker(form, steps, form.grid, 1);
  all.forEach((values, feature) => {
    maker.add(values, feature);
  });
  return maker.finish();
}

const within = (all: readonly Float32Array[], start: number, end: number) =>
  all.map((values, f) => values.slice(start / form.strides[f]!, end / form.strides[f]!));

describe('the track of a recording', () => {
  it('never puts two stretches farther apart than the W_1 of their samples, but for rounding', () => {
    const cells = fc.record({ at: fc.nat(10), long: fc.integer({ min: 1, max: 5 }), seed: fc.nat(1000) });
    fc.assert(
      fc.property(cells, cells, (a, b) => {
        const steps = 16 * form.grid;
        const [one, other] = [features(steps, a.seed), features(steps, b.seed)];
        const spanOf = ({ at, long }: typeof a) => ({ start: at * form.grid, end: (at + long) * form.grid });
        const own = within(one, spanOf(a).start, spanOf(a).end);
        const profile = profileOf(form, 0, (take) => {
          own.forEach(take);
        });
        const sums = new TrackSums(trackOf(other, steps), form);
        const [estimate] = sums.estimates(profile, { parts: 0, share: 0 }, [spanOf(b)]);
        const theirs = within(other, spanOf(b).start, spanOf(b).end);
        const exact = own.reduce((sum, values, f) => sum + naiveW1([...values], [...theirs[f]!]), 0) / own.length;
        const rounding = (0.5 * form.step * form.groups.length) / form.features;
        expect(estimate).toBeLessThanOrEqual(exact + rounding + 1e-5);
      }),
    );
  });

  it('comes to the same for the whole and its parts as the features do', () => {
    const steps = 16 * form.grid;
    const [one, other] = [features(steps, 1), features(steps, 2)];
    const profile = (all: readonly Float32Array[]) =>
      profileOf(form, 4, (take) => {
        all.forEach(take);
      });
    const [mine, theirs] = [profile(one), profile(other)];
    const groups = form.groups.length;
    const naive = [0, 1, 2, 3, 4].map((row) => {
      let sum = 0;
      for (let g = row * groups; g < (row + 1) * groups; g++) sum += Math.abs(mine[g]! - theirs[g]!);
      return sum / form.features;
    });
    const expected = 0.75 * naive[0]! + (0.25 / 4) * (naive[1]! + naive[2]! + naive[3]! + naive[4]!);
    const sums = new TrackSums(trackOf(other, steps), form);
    const [estimate] = sums.estimates(mine, { parts: 4, share: 0.25 }, [{ start: 0, end: steps }]);
    expect(Math.abs(estimate! - expected)).toBeLessThan((0.5 * form.step * groups) / form.features);
  });

  it('takes no more than twice the bytes of an embedding, or two bytes for each time step', () => {
    fc.assert(
      fc.property(fc.integer({ min: 16, max: 3_000_000 }), (steps) => {
        const size = channelSize(description);
        const cell = cellOf(form, steps, size);
        expect(cell % form.grid).toBe(0);
        const bytes = Math.ceil(steps / cell) * form.groups.length;
        expect(bytes).toBeLessThanOrEqual(Math.max(2 * size, 2 * steps) + form.groups.length);
      }),
    );
  });
});
