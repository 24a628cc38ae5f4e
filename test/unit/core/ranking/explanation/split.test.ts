import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { poolChannels } from '../../../../../src/core/distributions/pool';
import { quantileFunction } from '../../../../../src/core/distributions/quantiles';
import { distance1 } from '../../../../../src/core/distributions/wasserstein';
import { blockLevels } from '../../../../../src/core/encoder/blocks';
import { blocksOfChannels, pooledBlocks } from '../../../../../src/core/ranking/explanation/blocks';
import {
  blockParts,
  channelParts,
  featureParts,
  levelsOf,
  sumOf,
} from '../../../../../src/core/ranking/explanation/split';
import { valueCosts } from '../../../../../src/core/ranking/explanation/valueCosts';

fc.configureGlobal({ seed: 20220101, numRuns: 100 });

/** Whole recordings at 4 levels, and halves at 2. */
const shape = {
  ...{ features: 3, levels: 4, course: { parts: 2, levels: 2, share: 0.25 } },
  bytes: { step: 0.25, centres: [0, 3, -2] },
};
const { step } = shape.bytes;
const levels = blockLevels(shape);
const float = fc.float({ noNaN: true, min: -1000, max: 1000 });
const embeddingOf = (channels: number) =>
  fc
    .array(fc.uint8Array({ minLength: 8, maxLength: 8 }), { minLength: 3 * channels, maxLength: 3 * channels })
    .map((functions) => Uint8Array.from(functions.flatMap((values) => [...values.sort()])));
const pair = fc
  .integer({ min: 1, max: 5 })
  .chain((channels) =>
    fc.record({ channels: fc.constant(channels), a: embeddingOf(channels), b: embeddingOf(channels) }),
  );
const sample = fc.array(float, { minLength: 1, maxLength: 200 }).map((values) => Float32Array.from(values));
/** Values that are often equal. */
const coarse = fc
  .array(fc.integer({ min: 0, max: 4 }), { minLength: 1, maxLength: 200 })
  .map((v) => Float32Array.from(v));

const close = (actual: number, expected: number) => {
  expect(Math.abs(actual - expected)).toBeLessThan(1e-5 * Math.max(1, Math.abs(expected)));
};

describe('the split of D_1', () => {
  it('by feature and by channel sums to the distance', () => {
    fc.assert(
      fc.property(pair, ({ channels, a, b }) => {
        const blocks = blocksOfChannels(shape, channels);
        const parts = blockParts(blocks, a, b);
        close(sumOf(parts), step * distance1(a, b));
        close(sumOf(channelParts(blocks, parts, channels)!), step * distance1(a, b));
      }),
    );
  });

  it('by feature takes its blocks together, and tells what the parts of the recording add', () => {
    fc.assert(
      fc.property(pair, ({ channels, a, b }) => {
        const blocks = blocksOfChannels(shape, channels);
        const features = featureParts(blocks, blockParts(blocks, a, b));
        expect(features).toHaveLength(3 * channels);
        close(
          features.reduce((sum, { part }) => sum + part, 0),
          step * distance1(a, b),
        );
        features.forEach(({ whole, part, course, views }, i) => {
          expect(views).toBe(0);
          const w1 = distance1(levelsOf(whole, a), levelsOf(whole, b));
          close(part - course, (0.75 * w1) / (3 * channels));
          if (i > 0) expect(part).toBeLessThanOrEqual(features[i - 1]!.part);
        });
      }),
    );
  });

  it('by feature tells what views add', () => {
    const seen = { ...shape, levels: 2, views: [{ every: 4, weight: 0.5, levels: 2 }] };
    fc.assert(
      fc.property(pair, ({ channels, a, b }) => {
        const blocks = blocksOfChannels(seen, channels);
        const features = featureParts(blocks, blockParts(blocks, a, b));
        expect(features).toHaveLength(3 * channels);
        close(
          features.reduce((sum, { part }) => sum + part, 0),
          step * distance1(a, b),
        );
        for (const { whole, views } of features) {
          const ofView = { ...whole, ...blocks.find(({ view, levels: q }) => view === 1 && q === 2)! };
          const coded = { ...ofView, offset: whole.offset + 6 };
          close(views, (distance1(levelsOf(coded, a), levelsOf(coded, b)) * 0.5) / 1.5 / (3 * channels));
        }
      }),
    );
  });

  it('follows the weights of channels', () => {
    fc.assert(
      fc.property(pair, ({ channels, a, b }) => {
        const weights = Array.from({ length: channels }, (_, c) => (c === 0 ? 2 : c % 2));
        const perChannel = a.length / channels;
        let expected = 0;
        weights.forEach((weight, c) => {
          const own = a.subarray(c * perChannel, (c + 1) * perChannel);
          expected += weight * step * distance1(own, b, c * perChannel);
        });
        const blocks = blocksOfChannels(shape, channels, weights);
        close(sumOf(blockParts(blocks, a, b)), expected / weights.reduce((sum, weight) => sum + weight));
      }),
    );
    expect(() => blocksOfChannels(shape, 2, [0, 0])).toThrow(RangeError);
  });

  it('of pooled channels sums to the distance of the pooled embeddings, and belongs to no channel', () => {
    fc.assert(
      fc.property(pair, ({ channels, a, b }) => {
        const [pooledA, pooledB] = [poolChannels(a, channels, levels), poolChannels(b, channels, levels)];
        const blocks = pooledBlocks(shape, channels);
        const parts = blockParts(blocks, pooledA, pooledB);
        close(sumOf(parts), step * distance1(pooledA, pooledB));
        const byChannel = channelParts(blocks, parts, channels);
        if (channels > 1) expect(byChannel).toBeNull();
        else close(byChannel![0]!, step * distance1(pooledA, pooledB));
      }),
    );
  });
});

describe('the costs of values', () => {
  it.each([
    ['of any values', sample],
    ['where many are equal', coarse],
  ])('average to W_1, %s', (_, samples) => {
    fc.assert(
      fc.property(samples, samples, fc.integer({ min: 1, max: 20 }), (x, y, count) => {
        const [own, other] = [quantileFunction(x, count), quantileFunction(y, count)];
        close(sumOf(valueCosts(x, own, other)) / x.length, distance1(own, other));
      }),
    );
  });

  it('are those of a naive transport when there are as many levels as values', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(float, { minLength: 2, maxLength: 40, comparator: (a, b) => Math.fround(a) === Math.fround(b) }),
        fc.array(float, { minLength: 40, maxLength: 40 }),
        (values, others) => {
          const x = Float32Array.from(values);
          const y = Float32Array.from(others.slice(0, x.length)).sort();
          const rank = (value: number) => x.filter((each) => each < value).length;
          const costs = valueCosts(x, x.slice().sort(), y);
          x.forEach((value, i) => {
            close(costs[i]!, Math.abs(value - y[rank(value)]!));
          });
        },
      ),
    );
  });

  it('are 0 for the same distribution, and equal for equal values', () => {
    fc.assert(
      fc.property(coarse, coarse, (x, y) => {
        const own = quantileFunction(x, 16);
        expect(sumOf(valueCosts(x, own, own))).toBe(0);
        const costs = valueCosts(x, own, quantileFunction(y, 16));
        const costOf = new Map([...x].map((value, i) => [value, costs[i]!]));
        x.forEach((value, i) => {
          expect(costs[i]).toBe(costOf.get(value));
        });
      }),
    );
  });
});
