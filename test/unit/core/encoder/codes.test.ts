import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { distance1, distanceWith, weightedDistance1 } from '../../../../src/core/distributions/wasserstein';
import { featureBlocks } from '../../../../src/core/encoder/blocks';
import { codesOf, featureValue, learnByteScale, valuesOfCodes } from '../../../../src/core/encoder/codes';
import { completed } from '../../../../src/core/encoder/completed';
import { untrainedEncoder } from '../../../../src/dev/untrainedEncoder';

fc.configureGlobal({ seed: 20220101, numRuns: 200 });

const shape = { features: 3, levels: 4, course: { parts: 2, levels: 2, share: 0.25 } };
const perChannel = 24;
const encoder = { ...shape, bytes: { step: 0.25, centres: [0, 5, -2.5] } };
const { step } = encoder.bytes;

const rows = (channels: number) => {
  const length = channels * perChannel;
  return fc
    .array(fc.float({ noNaN: true, min: -20, max: 20 }), { minLength: length, maxLength: length })
    .map((values) => Float32Array.from(values));
};

describe('the bytes of an embedding', () => {
  it('stand for numbers that are half a step away at most', () => {
    fc.assert(
      fc.property(rows(2), (values) => {
        const back = valuesOfCodes(codesOf(values, encoder), encoder);
        values.forEach((value, i) => {
          expect(Math.abs(back[i]! - value)).toBeLessThanOrEqual(step / 2 + 1e-5);
        });
      }),
    );
  });

  it('have a distance that is a step at most from that of the numbers, with and without weights', () => {
    fc.assert(
      fc.property(rows(2), rows(2), (a, b) => {
        const [x, y] = [codesOf(a, encoder), codesOf(b, encoder)];
        expect(Math.abs(distanceWith(null, step)(x, y) - distance1(a, b))).toBeLessThanOrEqual(step + 1e-5);
        const weighted = distanceWith([1, 3], step)(x, y);
        expect(Math.abs(weighted - weightedDistance1(a, b, [1, 3]))).toBeLessThanOrEqual(step + 1e-5);
      }),
    );
  });

  it('stop at their ends, and take what is no number for the lowest', () => {
    const values = new Float32Array(perChannel);
    values.set([1e30, -1e30, Infinity, NaN]);
    expect([...codesOf(values, encoder).subarray(0, 5)]).toEqual([255, 0, 255, 0, 128]);
  });

  it('give the value of a feature on its own scale', () => {
    const [whole] = featureBlocks(shape);
    const values = new Float32Array(perChannel);
    values[8] = whole!.scale * 7;
    const code = codesOf(values, encoder)[8]!;
    expect(featureValue(code, { step, centre: 5, scale: whole!.scale })).toBeCloseTo(7, 0);
  });
});

describe('learning the scale of bytes', () => {
  it('takes the means of features for centres, and reaches all but a thousandth of the numbers', () => {
    fc.assert(
      fc.property(fc.array(rows(1), { minLength: 1, maxLength: 20 }), (sample) => {
        const all = Float32Array.from(sample.flatMap((row) => [...row]));
        const learned = learnByteScale(all, shape);
        learned.centres.forEach((centre, feature) => {
          const of = sample.flatMap((row) => [...row.subarray(feature * 8, feature * 8 + 4)]);
          const mean = of.reduce((sum, value) => sum + value, 0) / of.length / featureBlocks(shape)[0]!.scale;
          expect(centre).toBeCloseTo(mean, 2);
        });
        const back = valuesOfCodes(codesOf(all, { ...shape, bytes: learned }), { ...shape, bytes: learned });
        const far = all.filter((value, i) => Math.abs(back[i]! - value) > 0.51 * learned.step).length;
        expect(far).toBeLessThanOrEqual(Math.ceil(0.001 * all.length) + 1);
      }),
    );
  });

  it('gives a step that can be used where all numbers are the same', () => {
    expect(learnByteScale(new Float32Array(perChannel), shape)).toEqual({ step: 1, centres: [0, 0, 0] });
  });
});

describe('an encoder that does not say how its numbers become bytes', () => {
  it('is completed by simulated series, the same each time', async () => {
    const once = await completed(untrainedEncoder());
    const { bytes } = once.description;
    expect(bytes?.step).toBeGreaterThan(0);
    expect(bytes?.centres).toHaveLength(once.description.features);
    expect((await completed(untrainedEncoder())).description).toEqual(once.description);
    expect(await completed(once)).toBe(once);
  });
});
