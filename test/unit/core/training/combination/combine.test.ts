import { describe, expect, it } from 'vitest';
import { distance1 } from '../../../../../src/core/distributions/wasserstein';
import { pyramid, spectralPyramid, type Architecture } from '../../../../../src/core/encoder/architecture';
import { channelSize } from '../../../../../src/core/encoder/blocks';
import type { EncoderFile } from '../../../../../src/core/encoder/description';
import { completeOn } from '../../../../../src/core/training/combination/complete';
import { embedValues } from '../../../../../src/core/encoder/embed';
import { initialWeights } from '../../../../../src/core/encoder/initialWeights';
import { loadEncoder } from '../../../../../src/core/encoder/session';
import { combine } from '../../../../../src/core/training/combination/combine';
import { typicalDistance, typicalOf } from '../../../../../src/core/training/combination/typicalDistance';
import type { Pack } from '../../../../../src/core/training/packs/pack';
import { encoderFile } from '../../../../../src/core/training/trainer/encoderFile';
import { numbers } from '../autodiff/run';
import { finePyramid } from '../network/finePyramid';

const untrained = (architecture: Architecture, seed: number): EncoderFile =>
  encoderFile(architecture, 16, initialWeights(architecture, seed), { name: `seed ${seed}`, training: 'none' });

const encoders = [untrained(pyramid, 1), untrained(finePyramid, 2), untrained(pyramid, 3)];

async function distanceOf(encoder: EncoderFile): Promise<number> {
  const session = await loadEncoder(encoder);
  const [a, b] = await Promise.all(
    [1, 2].map(async (seed) => {
      const channels = [{ name: null, unit: null, values: numbers(300, seed) }];
      const sequence = { channels, rate: null, label: null, name: null, notes: [] };
      return (await embedValues(session, sequence, [{ centre: 0, spread: 1 }], 2 ** 20)).values;
    }),
  );
  return distance1(a!, b!);
}

const pack: Pack = {
  name: 'noise',
  domain: null,
  channels: 1,
  sequences: Array.from({ length: 6 }, (_, n) => ({
    channels: [numbers(200, n).map((x) => x * (1 + n))],
    label: n % 2,
    columns: { label: n % 2 },
  })),
  columnValues: { label: ['a', 'b'] },
  excludeBy: null,
};

describe('an encoder completed by recordings', () => {
  it('says how its numbers become bytes, and is the same model', async () => {
    const [encoder] = encoders;
    const never = new AbortController().signal;
    const complete = await completeOn(encoder!, [pack], never);
    const { bytes, groups, responses } = complete.description;
    expect(bytes?.centres).toHaveLength(encoder!.description.features);
    expect(responses).toHaveLength(encoder!.description.features);
    const description = { ...encoder!.description, bytes, groups, responses };
    expect(complete).toEqual({ model: encoder!.model, description });
    expect((await completeOn(encoder!, [pack], never)).description).toEqual(complete.description);
  });
});

describe('encoders side by side', () => {
  it('measure the mean of what each measures, on the scale of the first', async () => {
    const alone = await Promise.all(encoders.map(distanceOf));
    const sizes = [2, 5, 0.5];
    const together = await distanceOf(combine(encoders, sizes, { name: 'three', levels: 16 }));
    const expected = alone.reduce((sum, d, i) => sum + (d * sizes[0]!) / sizes[i]!, 0) / alone.length;
    expect(together).toBeCloseTo(expected, 5);
    const views = [{ every: 4, weight: 0.5, levels: 2 }];
    const seen = combine(encoders, sizes, { name: 'seen', levels: 16, views });
    expect(seen.description.views).toEqual(views);
    expect(channelSize(seen.description)).toBe(
      channelSize(combine(encoders, sizes, { name: 'x', levels: 18 }).description),
    );
    const coarser = combine(encoders, sizes, { name: 'coarser', levels: 8 });
    expect(channelSize(coarser.description)).toBe(3 * 64 * 16);
    expect(await distanceOf(coarser)).toBeCloseTo(expected, 1);
  });

  it('tell their network, so that they can be put beside others again', async () => {
    const pair = combine(encoders.slice(0, 2), [1, 1], { name: 'pair', levels: 16 });
    const nested = combine([pair, encoders[2]!], [1, 1], { name: 'nested', levels: 16 });
    const flat = combine(encoders, [1, 1, 1], { name: 'flat', levels: 16 });
    expect(nested.description.network).toEqual(flat.description.network);
    const [ofPair, ofThird] = [await distanceOf(pair), await distanceOf(encoders[2]!)];
    expect(await distanceOf(nested)).toBeCloseTo((ofPair + ofThird) / 2, 6);
  });

  it('count the same, however many features they have', async () => {
    const both = [encoders[0]!, untrained(spectralPyramid, 4)];
    expect(both[0]!.description.features).not.toBe(both[1]!.description.features);
    const [a, b] = [await distanceOf(both[0]!), await distanceOf(both[1]!)];
    const together = await distanceOf(combine(both, [a, b], { name: 'both', levels: 16 }));
    expect(together).toBeCloseTo(a, 6);
  });

  it('must have the same inputs, and tell their networks', () => {
    const odd = { description: { ...encoders[1]!.description, inputs: ['the value'] }, model: encoders[1]!.model };
    expect(() => combine([encoders[0]!, odd], [1, 1], { name: 'odd', levels: 16 })).toThrow(/other inputs/);
    const { description, model } = encoders[1]!;
    const silent = { description: { ...description, network: undefined }, model };
    expect(() => combine([encoders[0]!, silent], [1, 1], { name: 'silent', levels: 16 })).toThrow(
      /does not tell its network/,
    );
  });
});

describe('the typical distance', () => {
  it('is the mean over the pairs of a pack', async () => {
    const session = await loadEncoder(encoders[0]!);
    const signal = new AbortController().signal;
    const typical = await typicalDistance(session, pack, signal);
    expect(typical).toBeGreaterThan(0);
    const scaled = await loadEncoder(combine([encoders[1]!, encoders[0]!], [3, 1], { name: 'scaled', levels: 16 }));
    const other = await typicalDistance(await loadEncoder(encoders[1]!), pack, signal);
    expect(await typicalDistance(scaled, pack, signal)).toBeCloseTo((other + 3 * typical) / 2, 4);
  });

  it('of several packs is their geometric mean', () => {
    expect(typicalOf([1, 100])).toBeCloseTo(10, 10);
    expect(typicalOf([0, 4])).toBeCloseTo(4, 10);
    expect(typicalOf([])).toBe(1);
  });
});
