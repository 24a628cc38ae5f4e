import * as fc from 'fast-check';
import { resolve } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { randomOf } from '../../../../../src/core/distributions/random';
import { distance1 } from '../../../../../src/core/distributions/wasserstein';
import { poolChannels } from '../../../../../src/core/distributions/pool';
import { blockLevels } from '../../../../../src/core/encoder/blocks';
import { byteScaleOf } from '../../../../../src/core/encoder/codes';
import { readEncoder } from '../../../../../src/core/encoder/description';
import { embed } from '../../../../../src/core/encoder/embed';
import { channelFeatures } from '../../../../../src/core/encoder/features';
import { loadEncoder, type EncoderSession } from '../../../../../src/core/encoder/session';
import { blocksOfChannels, pooledBlocks } from '../../../../../src/core/ranking/explanation/blocks';
import { strongestPassages } from '../../../../../src/core/ranking/explanation/passages';
import { sumOf } from '../../../../../src/core/ranking/explanation/split';
import { CostTimeline, costColumns } from '../../../../../src/core/ranking/explanation/timeline';
import { addCosts, emptyTimeline } from '../../../../../src/core/ranking/explanation/timelines';
import type { Sequence } from '../../../../../src/core/recordings/sequence';

fc.configureGlobal({ seed: 20220101, numRuns: 100 });

let session: EncoderSession;
let withViews: EncoderSession;
const scale = { centre: 0, spread: 1 };

beforeAll(async () => {
  const file = await readEncoder(resolve('models'));
  session = await loadEncoder(file);
  const views = [
    { every: 4, weight: 0.25, levels: 3 },
    { steps: 512, weight: 0.5, levels: 2, course: { parts: 2, levels: 1, share: 0.5 } },
  ];
  withViews = await loadEncoder({ ...file, description: { ...file.description, views } });
});

function sequenceOf(...channels: Float32Array[]): Sequence {
  return {
    channels: channels.map((values) => ({ name: null, unit: null, values })),
    rate: null,
    label: null,
    name: null,
    notes: [],
  };
}

/** A noisy oscillation of the given length. */
function oscillation(seed: number, steps: number): Float32Array {
  const random = randomOf(seed, 'oscillation');
  const frequency = random.uniform(0.05, 0.3);
  return Float32Array.from({ length: steps }, (_, t) => Math.sin(frequency * t) + 0.1 * random.normal());
}

interface Compared {
  readonly distance: number;
  readonly timelines: readonly CostTimeline[];
}

/** The costs of the time steps of `query` against `match`. */
async function compared(
  query: Sequence,
  match: Sequence,
  budget = 262_144,
  pooled = false,
  by = session,
): Promise<Compared> {
  const channels = query.channels.length;
  const { description } = by;
  const embeddingOf = async (sequence: Sequence) => {
    const scales = sequence.channels.map(() => scale);
    const { values } = await embed(by, sequence, scales, budget);
    return pooled ? poolChannels(values, sequence.channels.length, blockLevels(description)) : values;
  };
  const [own, other] = [await embeddingOf(query), await embeddingOf(match)];
  const blocks = pooled ? pooledBlocks(description, channels) : blocksOfChannels(description, channels);
  const timelines = query.channels.map(({ values }) => emptyTimeline(description, values.length));
  const features = [];
  for (let channel = 0; channel < channels; channel++) {
    features.push({ channel, series: await channelFeatures(by, query, channel, scale, budget) });
  }
  if (pooled) addCosts(blocks, own, other, features, timelines);
  else {
    for (const feature of features) {
      const ofChannel = blocks.filter((block) => block.channels[0] === feature.channel);
      addCosts(ofChannel, own, other, [feature], timelines);
    }
  }
  return { distance: byteScaleOf(description).step * distance1(own, other), timelines };
}

const total = (timelines: readonly CostTimeline[]) => timelines.reduce((sum, { costs }) => sum + sumOf(costs), 0);

describe('the costs of time steps', () => {
  it.each([16, 37, 1000, 5003])('sum to D_1 within 1e-5, over %i time steps', async (steps) => {
    const query = sequenceOf(oscillation(1, steps), oscillation(2, steps));
    const match = sequenceOf(oscillation(3, 700), oscillation(4, 700));
    const { distance, timelines } = await compared(query, match);
    expect(distance).toBeGreaterThan(0.01);
    expect(Math.abs(total(timelines) - distance)).toBeLessThan(1e-5);
  });

  it('sum to D_1 where only windows are covered, and say which', async () => {
    const query = sequenceOf(oscillation(1, 20_000));
    const { distance, timelines } = await compared(query, sequenceOf(oscillation(3, 900)), 8192);
    expect(Math.abs(total(timelines) - distance)).toBeLessThan(1e-5);
    const share = sumOf(Float64Array.from(timelines[0]!.covered)) / timelines[0]!.covered.length;
    expect(share).toBeCloseTo(8192 / 20_000, 2);
  });

  it('sum to the D_1 of pooled channels', async () => {
    const query = sequenceOf(oscillation(1, 500), oscillation(2, 500), oscillation(5, 500));
    const { distance, timelines } = await compared(query, sequenceOf(oscillation(3, 900)), 262_144, true);
    expect(distance).toBeGreaterThan(0.01);
    expect(Math.abs(total(timelines) - distance)).toBeLessThan(1e-5);
  });

  it.each([16, 37, 1000, 5003])('sum to D_1 with views of other tempos, over %i time steps', async (steps) => {
    const query = sequenceOf(oscillation(1, steps), oscillation(2, steps));
    const match = sequenceOf(oscillation(3, 700), oscillation(4, 700));
    const { distance, timelines } = await compared(query, match, 262_144, false, withViews);
    expect(distance).toBeGreaterThan(0.01);
    expect(Math.abs(total(timelines) - distance)).toBeLessThan(1e-5);
    const { costs } = costColumns(timelines[0]!, { start: 0, end: steps }, 7);
    expect(sumOf(costs)).toBeCloseTo(sumOf(timelines[0]!.costs), 6);
  });

  it('with views say only where the recording was seen as it was sampled', async () => {
    const query = sequenceOf(oscillation(1, 20_000));
    const match = sequenceOf(oscillation(3, 900));
    const { distance, timelines } = await compared(query, match, 8192, false, withViews);
    expect(Math.abs(total(timelines) - distance)).toBeLessThan(1e-5);
    const share = sumOf(Float64Array.from(timelines[0]!.covered)) / timelines[0]!.covered.length;
    expect(share).toBeCloseTo(8192 / 20_000, 2);
    const { costs } = costColumns(timelines[0]!, { start: 0, end: 20_000 }, 7);
    expect(sumOf(costs)).toBeCloseTo(distance, 4);
  });

  it('are 0 for a recording and itself', async () => {
    const query = sequenceOf(oscillation(1, 1000));
    expect(total((await compared(query, query)).timelines)).toBe(0);
  });

  it('are highest where a spike was put in', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 1000 }), fc.integer({ min: 200, max: 1800 }), async (seed, at) => {
        const plain = oscillation(seed, 2000);
        const spiked = plain.slice();
        for (let t = at; t < at + 12; t++) spiked[t]! += 8;
        const { timelines } = await compared(sequenceOf(spiked), sequenceOf(plain));
        const { costs } = costColumns(timelines[0]!, { start: 0, end: 2000 }, 50);
        const brightest = costs.indexOf(Math.max(...costs));
        expect(Math.abs(brightest - (at + 6) / 40)).toBeLessThan(2);
      }),
      { numRuns: 12 },
    );
  });
});

describe('columns of costs', () => {
  const timeline = fc
    .record({
      costs: fc.array(fc.double({ noNaN: true, min: 0, max: 9 }), { minLength: 1, maxLength: 60 }),
      cut: fc.nat(3),
    })
    .map(({ costs, cut }) => {
      const made = new CostTimeline(4 * costs.length - cut, 4);
      made.costs.set(costs);
      made.covered.fill(1);
      return made;
    });

  it('sum to the costs of the whole, however many they are', () => {
    fc.assert(
      fc.property(timeline, fc.integer({ min: 1, max: 300 }), (line, columns) => {
        const { costs, steps } = costColumns(line, { start: 0, end: line.steps }, columns);
        expect(sumOf(costs)).toBeCloseTo(sumOf(line.costs), 6);
        expect(sumOf(steps)).toBeCloseTo(line.steps, 6);
      }),
    );
  });

  it('of neighbouring spans sum to those of both', () => {
    fc.assert(
      fc.property(
        timeline,
        fc.double({ noNaN: true, min: 0, max: 1 }),
        fc.integer({ min: 1, max: 40 }),
        (line, share, columns) => {
          const cut = Math.round(share * line.steps);
          const left = costColumns(line, { start: 0, end: cut }, columns);
          const right = costColumns(line, { start: cut, end: line.steps }, columns);
          expect(sumOf(left.costs) + sumOf(right.costs)).toBeCloseTo(sumOf(line.costs), 6);
        },
      ),
    );
  });
});

describe('passages', () => {
  it('are where a feature is strongest, and do not overlap', () => {
    const values = Float32Array.from(
      { length: 200 },
      (_, i) => Math.exp(-(((i - 50) / 5) ** 2)) + 2 * Math.exp(-(((i - 150) / 5) ** 2)),
    );
    const starts = Array.from(values, (_, i) => 4 * i);
    const found = strongestPassages({ values, starts, stride: 4 }, 799, 40, 2);
    expect(found).toHaveLength(2);
    expect(Math.abs((found[0]!.start + found[0]!.end) / 2 - 602)).toBeLessThan(5);
    expect(found[0]!.strength).toBeGreaterThan(found[1]!.strength);
    const [a, b] = found;
    expect(a!.end <= b!.start || b!.end <= a!.start).toBe(true);
  });

  it('do not cross the gap between two windows, and are never longer than the recording', () => {
    const values = Float32Array.of(0, 9, 9, 0);
    const found = strongestPassages({ values, starts: [0, 4, 1000, 1004], stride: 4 }, 1006, 8, 4);
    expect(found.every(({ start, end }) => end - start <= 8 && end <= 1006)).toBe(true);
    expect(strongestPassages({ values, starts: [0, 4, 8, 12], stride: 4 }, 14, 1000, 3)).toMatchObject([
      { start: 0, end: 14 },
    ]);
  });
});
