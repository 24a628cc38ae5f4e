import * as fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { quantileFunction } from '../../../../src/core/distributions/quantiles';
import { distance1 } from '../../../../src/core/distributions/wasserstein';
import { channelSize, featureBlocks, featureSize, valuesOf } from '../../../../src/core/encoder/blocks';
import { readEncoder, type EncoderFile } from '../../../../src/core/encoder/description';
import { embedValues } from '../../../../src/core/encoder/embed';
import { channelInputs, momentsOf, type ChannelScale } from '../../../../src/core/encoder/inputs';
import { loadEncoder, type EncoderSession } from '../../../../src/core/encoder/session';
import { coverage, coveredShare, pieces } from '../../../../src/core/encoder/windows';
import type { Sequence } from '../../../../src/core/recordings/sequence';
import { untrainedEncoder } from '../../../../src/dev/untrainedEncoder';

fc.configureGlobal({ seed: 20220101, numRuns: 100 });

const unlimited = 2 ** 30;
const unit: ChannelScale = { centre: 0, spread: 1 };

function sequenceOf(...channels: Float32Array[]): Sequence {
  return {
    channels: channels.map((values) => ({ name: null, unit: null, values })),
    rate: null,
    label: null,
    name: null,
    notes: [],
  };
}

function wave(steps: number, frequency: number, phase = 0): Float32Array {
  return Float32Array.from(
    { length: steps },
    (_, t) => Math.sin(frequency * t + phase) + 0.3 * Math.sin(7.1 * frequency * t),
  );
}

let file: EncoderFile;
let session: EncoderSession;

beforeAll(async () => {
  file = await readEncoder('models');
  session = await loadEncoder(file);
});

/** The embedding from one run of the model over the whole sequence, channel by channel. */
async function naiveEmbedding(sequence: Sequence, scales: readonly ChannelScale[]): Promise<Float32Array> {
  const numbers: number[] = [];
  for (const [c, { values }] of sequence.channels.entries()) {
    const inputs = new Float32Array(3 * values.length);
    channelInputs(values, momentsOf(values), scales[c]!, 0, values.length, inputs, 0);
    const maps = await session.run(inputs, 1, values.length);
    for (const [o, { features }] of session.description.outputs.entries()) {
      const { values: all, steps } = maps[o]!;
      for (let f = 0; f < features; f++) {
        const line = all.slice(f * steps, (f + 1) * steps);
        for (const block of featureBlocks(session.description)) {
          const { start, end } = valuesOf(block, steps);
          numbers.push(...quantileFunction(line.slice(start, end), block.levels).map((value) => value * block.scale));
        }
      }
    }
  }
  return Float32Array.from(numbers);
}

const largestDifference = (a: Float32Array, b: Float32Array) =>
  a.reduce((largest, value, i) => Math.max(largest, Math.abs(value - b[i]!)), 0);

describe('the bundled encoder', () => {
  it('is trained, and small', () => {
    expect(file.description.training).not.toMatch(/untrained/);
    expect(file.model.length).toBeLessThan(2 * 2 ** 20);
  });

  it('refuses a model of another hash', async () => {
    await expect(readEncoder('test/fixtures/damaged-encoder')).rejects.toThrow(/damaged|cannot be read/);
  });

  it('refuses bytes that are no model', async () => {
    await expect(loadEncoder({ description: file.description, model: new Uint8Array(64) })).rejects.toThrow(
      /its model is damaged/,
    );
  });
});

describe('the untrained encoder', () => {
  it('is the same every time, says what it is, and has as many features per output as it says', async () => {
    const untrained = untrainedEncoder();
    expect(Buffer.from(untrained.model).equals(Buffer.from(untrainedEncoder().model))).toBe(true);
    expect(untrained.description.training).toMatch(/^untrained: random weights from seed 1/);
    const loaded = await loadEncoder(untrained);
    const { values } = await embedValues(loaded, sequenceOf(wave(100, 0.1)), [unit], unlimited);
    expect(values).toHaveLength(channelSize(untrained.description));
  });
});

describe('embedding', () => {
  it('gives `channelSize` numbers per channel from 16 steps up', async () => {
    const { values, covered } = await embedValues(
      session,
      sequenceOf(wave(16, 0.3), wave(16, 0.5)),
      [unit, unit],
      unlimited,
    );
    expect(values.length).toBe(2 * channelSize(session.description));
    expect(values.every(Number.isFinite)).toBe(true);
    expect(covered).toBe(1);
    await expect(embedValues(session, sequenceOf(wave(15, 0.3)), [unit], unlimited)).rejects.toThrow(RangeError);
  });

  it('in pieces equals the whole, for lengths around the piece length', async () => {
    for (const steps of [17, 100, 4095, 4096, 4097, 4112, 8192, 9001, 12305]) {
      const sequence = sequenceOf(wave(steps, 0.21), wave(steps, 0.02, 1));
      const scales = [unit, { centre: 0.5, spread: 2 }];
      const { values } = await embedValues(session, sequence, scales, unlimited);
      expect(largestDifference(values, await naiveEmbedding(sequence, scales)), `${steps} steps`).toBeLessThan(2e-4);
    }
  });

  it('does not depend on which channels share a run', async () => {
    const channels = Array.from({ length: 40 }, (_, c) => wave(1000, 0.01 * (c + 1)));
    const all = await embedValues(
      session,
      sequenceOf(...channels),
      channels.map(() => unit),
      unlimited,
    );
    const last = await embedValues(session, sequenceOf(channels[39]!), [unit], unlimited);
    expect(largestDifference(all.values.subarray(39 * last.values.length), last.values)).toBeLessThan(2e-5);
  });

  it('finds a recording nearer to another part of itself than to something else', async () => {
    const embedding = async (values: Float32Array) =>
      (await embedValues(session, sequenceOf(values), [unit], unlimited)).values;
    const query = await embedding(wave(2000, 0.2));
    expect(distance1(query, await embedding(wave(1500, 0.2, 1)))).toBeLessThan(
      distance1(query, await embedding(wave(2000, 0.4))) / 2,
    );
  });

  it('does not change when the unit of a channel and its scale change together', async () => {
    const values = wave(500, 0.1);
    const plain = await embedValues(session, sequenceOf(values), [unit], unlimited);
    const other = await embedValues(
      session,
      sequenceOf(values.map((x) => 1000 * x + 64)),
      [{ centre: 64, spread: 1000 }],
      unlimited,
    );
    expect(largestDifference(plain.values, other.values)).toBeLessThan(1e-3);
  });

  it('embeds constant and extreme channels as finite numbers', async () => {
    for (const value of [0, 5, -1e30, 3e38, 1e-40]) {
      const { values } = await embedValues(session, sequenceOf(new Float32Array(100).fill(value)), [unit], unlimited);
      expect(values.every(Number.isFinite), String(value)).toBe(true);
    }
    const extreme = Float32Array.from({ length: 100 }, (_, t) => (t % 2 ? 3e38 : -3e38));
    const { values } = await embedValues(session, sequenceOf(extreme), [unit], unlimited);
    expect(values.every(Number.isFinite)).toBe(true);
  });

  it('covers a long sequence by windows, says so, and stays near the whole', async () => {
    const sequence = sequenceOf(wave(60_000, 0.2));
    const whole = await embedValues(session, sequence, [unit], unlimited);
    const part = await embedValues(session, sequence, [unit], 16_384);
    expect(part.covered).toBeCloseTo(16_384 / 60_000, 3);
    const other = await embedValues(session, sequenceOf(wave(60_000, 0.23)), [unit], unlimited);
    expect(distance1(whole.values, part.values)).toBeLessThan(distance1(whole.values, other.values) / 5);
  });

  it('stops when it is told to', async () => {
    const abort = AbortSignal.abort(new Error('cancelled'));
    await expect(embedValues(session, sequenceOf(wave(100, 0.1)), [unit], unlimited, abort)).rejects.toThrow(
      'cancelled',
    );
  });
});

describe('coverage', () => {
  it('lies on the grid, in order, within the sequence and the budget', () => {
    fc.assert(
      fc.property(fc.integer({ min: 16, max: 3e6 }), fc.integer({ min: 16, max: 3e5 }), (steps, budget) => {
        const spans = coverage(steps, budget, 16);
        const covered = spans.reduce((sum, span) => sum + span.end - span.start, 0);
        expect(covered).toBeLessThanOrEqual(Math.max(budget, 16));
        for (const { start, end } of spans) {
          expect(start % 16).toBe(0);
          expect(end).toBeLessThanOrEqual(steps);
        }
        expect(pieces(spans).reduce((sum, span) => sum + span.end - span.start, 0)).toBe(covered);
        expect(coveredShare(steps, spans)).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('reaches from the first to the last steps', () => {
    const spans = coverage(1_000_000, 262_144, 16);
    expect(spans.length).toBe(64);
    expect(spans[0]!.start).toBe(0);
    expect(spans.at(-1)!.end).toBeGreaterThan(1_000_000 - 16);
    expect(coverage(262_144, 262_144, 16)).toEqual([{ start: 0, end: 262_144 }]);
  });
});

describe('the blocks of a feature', () => {
  const course = { parts: 4, levels: 4, share: 0.25 };

  it('are one without a course, and cover the whole and its parts with one', () => {
    expect(featureBlocks({ levels: 16 })).toEqual([{ view: 0, from: 0, to: 1, levels: 16, scale: 1 }]);
    const [whole, ...parts] = featureBlocks({ levels: 16, course });
    expect(whole).toMatchObject({ from: 0, to: 1, levels: 16 });
    expect(parts.map(({ from, to }) => [from, to])).toEqual([
      [0, 0.25],
      [0.25, 0.5],
      [0.5, 0.75],
      [0.75, 1],
    ]);
    expect(featureSize({ levels: 16, course })).toBe(32);
  });

  it('weigh the whole and the parts as the share says', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 8 }),
        fc.integer({ min: 1, max: 8 }),
        fc.integer({ min: 1, max: 32 }),
        fc.double({ min: 0.01, max: 0.99, noNaN: true }),
        (parts, levels, whole, share) => {
          const kept = { levels: whole, course: { parts, levels, share } };
          const weights = featureBlocks(kept).map((block) => (block.levels * block.scale) / featureSize(kept));
          expect(weights[0]).toBeCloseTo(1 - share, 10);
          for (const weight of weights.slice(1)) expect(weight).toBeCloseTo(share / parts, 10);
        },
      ),
    );
  });

  it('describe at least one value, and the parts together all of enough values once', () => {
    const parts = featureBlocks({ levels: 16, course }).slice(1);
    for (let n = 1; n < 40; n++) {
      const spans = parts.map((block) => valuesOf(block, n));
      for (const { start, end } of spans) expect(start >= 0 && end > start && end <= n).toBe(true);
      if (n >= 4) expect(spans.map(({ start }) => start)).toEqual([0, ...spans.slice(0, -1).map(({ end }) => end)]);
    }
  });
});
