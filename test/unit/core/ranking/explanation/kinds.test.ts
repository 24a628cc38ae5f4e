import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { poolChannels } from '../../../../../src/core/distributions/pool';
import { distance1 } from '../../../../../src/core/distributions/wasserstein';
import { blockLevels } from '../../../../../src/core/encoder/blocks';
import type { Response } from '../../../../../src/core/encoder/description';
import { blocksOfChannels, pooledBlocks } from '../../../../../src/core/ranking/explanation/blocks';
import {
  bandBetween,
  kindAt,
  kindOf,
  kindParts,
  kinds,
  kindsOfBlocks,
} from '../../../../../src/core/ranking/explanation/kinds';
import { sumOf } from '../../../../../src/core/ranking/explanation/split';

fc.configureGlobal({ seed: 20220101, numRuns: 100 });

/** Whole recordings at 2 levels and halves at 1, once more at a fourth of the rate at 2 levels: 6 numbers a feature. */
const shape = {
  ...{ features: 4, levels: 2, course: { parts: 2, levels: 1, share: 0.25 } },
  views: [{ every: 4, weight: 0.5, levels: 2 }],
  bytes: { step: 0.25, centres: [0, 3, -2, 1] },
};
const perChannel = 4 * 6;
const response = fc.oneof(fc.constantFrom<Response>('level', 'shape', 0), fc.double({ min: 0, max: 0.5, noNaN: true }));
const responses = fc.array(response, { minLength: 4, maxLength: 4 });
const embedding = (channels: number) =>
  fc.uint8Array({ minLength: channels * perChannel, maxLength: channels * perChannel });
const pair = fc
  .integer({ min: 1, max: 4 })
  .chain((channels) =>
    fc.record({ channels: fc.constant(channels), a: embedding(channels), b: embedding(channels), responses }),
  );
const per = [1, 4];

describe('the parts of a distance by kind', () => {
  it('sum to the distance exactly, whatever the features answer to, with weights and without', () => {
    fc.assert(
      fc.property(pair, fc.boolean(), ({ channels, a, b, responses }, weighted) => {
        const weights = weighted ? Array.from({ length: channels }, (_, c) => 1 + c) : undefined;
        const blocks = blocksOfChannels(shape, channels, weights);
        const parts = kindParts(blocks, kindsOfBlocks(blocks, responses, per), a, b);
        let expected = 0;
        for (let c = 0; c < channels; c++) {
          const own = a.subarray(c * perChannel, (c + 1) * perChannel);
          const share = weights === undefined ? 1 / channels : weights[c]! / ((channels * (channels + 1)) / 2);
          expected += share * distance1(own, b, c * perChannel);
        }
        expect(sumOf(parts)).toBeCloseTo(shape.bytes.step * expected, 9);
        expect([...parts].every((part) => part >= 0)).toBe(true);
      }),
    );
  });

  it('sum to the distance of pooled channels', () => {
    fc.assert(
      fc.property(pair, ({ channels, a, b, responses }) => {
        const pooled = [a, b].map((values) => poolChannels(values, channels, blockLevels(shape)));
        const [one = a, other = b] = pooled;
        const blocks = pooledBlocks(shape, channels);
        const parts = kindParts(blocks, kindsOfBlocks(blocks, responses, per), one, other);
        expect(sumOf(parts)).toBeCloseTo(shape.bytes.step * distance1(one, other), 9);
      }),
    );
  });

  it('are of the course only as far as parts of a recording differ one way and the other', () => {
    const blocks = blocksOfChannels(shape, 1);
    const all = kindsOfBlocks(blocks, ['level', 'level', 'level', 'level'], per);
    const a = new Uint8Array(perChannel).fill(100);
    // The two numbers of the halves follow the two levels of the whole.
    const partsWith = (first: number, second: number) => {
      const b = a.slice();
      b[2] = 100 + first;
      b[3] = 100 + second;
      return [...kindParts(blocks, all, a, b)].map((part) => part * perChannel * 4).slice(0, 2);
    };
    expect(partsWith(8, 8)).toEqual([16, 0].map((value) => expect.closeTo(value, 9) as number));
    expect(partsWith(8, -8)).toEqual([0, 16].map((value) => expect.closeTo(value, 9) as number));
    expect(partsWith(8, -2)).toEqual([6, 4].map((value) => expect.closeTo(value, 9) as number));
  });
});

describe('the kind of a feature', () => {
  it('is the octave of its frequency in time steps of the recording; what is slower than all is course', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 0.5, noNaN: true }), fc.constantFrom(0.5, 1, 4, 16), (frequency, per) => {
        const { name, band } = kindAt(kindOf(frequency, per));
        const own = frequency / per;
        if (band === null) expect([name, own < 1 / 64]).toEqual(['course', true]);
        else expect(own).toBeGreaterThanOrEqual(band.low);
        if (band !== null && own <= 0.5) expect(own <= band.high).toBe(true);
      }),
    );
    expect(kinds.filter(({ name }) => name === 'rhythm')).toHaveLength(5);
    expect(() => kindAt(99)).toThrow(RangeError);
  });

  it('has a band in Hz where both recordings have one rate', () => {
    const band = { low: 0.125, high: 0.25 };
    expect(bandBetween(band, { rate: 100 }, { rate: 100 })).toEqual({ low: 12.5, high: 25, timed: true });
    expect(bandBetween(band, { rate: 100 }, { rate: 50 })).toEqual({ ...band, timed: false });
    expect(bandBetween(band, { rate: null }, { rate: 100 })).toEqual({ ...band, timed: false });
  });
});
