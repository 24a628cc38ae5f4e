import { beforeAll, describe, expect, it } from 'vitest';
import { quantilesOfSorted } from '../../../../../src/core/distributions/quantiles';
import { pyramid, sideBySide, spectralPyramid } from '../../../../../src/core/encoder/architecture';
import { minimumStepsOf } from '../../../../../src/core/encoder/geometry';
import { inferenceGraph } from '../../../../../src/core/encoder/inferenceGraph';
import { embedValues } from '../../../../../src/core/encoder/embed';
import { initialWeights } from '../../../../../src/core/encoder/initialWeights';
import { channelInputs, momentsOf, type ChannelScale } from '../../../../../src/core/encoder/inputs';
import { loadEncoder, type EncoderSession } from '../../../../../src/core/encoder/session';
import { lengthFeeds, levelSteps } from '../../../../../src/core/training/network/lengths';
import {
  encoderWeights,
  parametersOf,
  parameterVector,
  partOf,
} from '../../../../../src/core/training/network/parameters';
import { poolings } from '../../../../../src/core/training/network/pooling';
import type { Objective } from '../../../../../src/core/training/network/stepGraph';
import { encoderFile } from '../../../../../src/core/training/trainer/encoderFile';
import { numbers } from '../autodiff/run';
import { finePyramid } from './finePyramid';
import { runStep, type StepOutputs } from './step';

/** Pyramids of different strides and filter banks side by side. */
const architecture = sideBySide([spectralPyramid, finePyramid]);

const objective: Objective = {
  architecture,
  levels: 16,
  pooling: 'quantiles',
  distance: 'd1',
  loss: 'triplet',
};
const parameters = parametersOf(architecture);
const initial = parameterVector(parameters, initialWeights(architecture, 3));
/** As after some training: everything has moved, the scales of the blocks as well. */
const trained = initial.map((value, i) => value * (1 + 0.2 * Math.sin(i)) + 0.01 * Math.cos(3 * i));

const steps = 320;
/** Two sequences of two channels; the second is shorter. */
const lengths = [steps, 208];
const scales: readonly ChannelScale[] = [
  { centre: 0.1, spread: 0.5 },
  { centre: -0.2, spread: 2 },
];
const sequences = lengths.map((length, i) =>
  [0, 1].map((c) => numbers(length, 2 * i + c).map((x, t) => x + Math.sin(t / (5 + c)))),
);

function inputsOf(): Float32Array {
  const out = new Float32Array(2 * 2 * 3 * steps);
  sequences.flat().forEach((values, row) => {
    const own = new Float32Array(3 * values.length);
    channelInputs(values, momentsOf(values), scales[row % 2]!, 0, values.length, own, 0);
    for (let k = 0; k < 3; k++) {
      out.set(own.subarray(k * values.length, (k + 1) * values.length), (row * 3 + k) * steps);
    }
  });
  return out;
}

const run = (pooling: Objective['pooling'], vector = trained): Promise<StepOutputs> =>
  runStep({ ...objective, pooling }, { sequences: 2, channels: 2, steps: [steps] }, parameters, vector, {
    seen: [{ steps, inputs: inputsOf(), lengths }],
    positive: new Float32Array(4),
    allowed: Float32Array.of(0, 1, 1, 0),
  });

const largestDifference = (a: Float32Array, b: Float32Array) => {
  expect(a.length).toBe(b.length);
  return a.reduce((largest, value, i) => Math.max(largest, Math.abs(value - b[i]!)), 0);
};

/** `embed` orders by channel, then level; the step by level, then channel. */
function byChannel(row: Float32Array): Float32Array {
  const parts: Float32Array[] = [];
  for (let c = 0; c < 2; c++) {
    let at = 0;
    for (const { features } of architecture.levels) {
      const size = features * objective.levels;
      parts.push(row.subarray(at + c * size, at + (c + 1) * size));
      at += 2 * size;
    }
  }
  return Float32Array.from(parts.flatMap((part) => [...part]));
}

let session: EncoderSession;
let step: StepOutputs;

beforeAll(async () => {
  const notes = { name: 'test', training: 'test' };
  const { description, model } = encoderFile(architecture, 16, encoderWeights(parameters, trained), notes);
  // Training compares whole recordings only.
  session = await loadEncoder({ description: { ...description, course: undefined }, model });
  step = await run('quantiles');
});

describe('the training graph', () => {
  it('gives the features of the exported encoder', async () => {
    const input = inputsOf().subarray(0, 2 * 3 * steps);
    const maps = await session.run(input, 2, steps);
    maps.forEach(({ values }, l) => {
      expect(largestDifference(step.features[l]!.subarray(0, values.length), values)).toBeLessThan(1e-4);
      expect(Math.max(...values)).toBeGreaterThan(0.5);
    });
  });

  it('gives the embedding of the exported encoder', async () => {
    const channels = sequences[0]!.map((values) => ({ name: null, unit: null, values }));
    const sequence = { channels, rate: null, label: null, name: null, notes: [] };
    const { values } = await embedValues(session, sequence, scales, 2 ** 20);
    const row = step.embeddings[0]!.subarray(0, step.embeddings[0]!.length / 2);
    expect(largestDifference(byChannel(row), values)).toBeLessThan(1e-4);
  });

  it('pools a padded sequence over its own steps only', () => {
    const size = objective.levels;
    let at = step.embeddings[0]!.length / 2;
    architecture.levels.forEach(({ features }, l) => {
      const padded = levelSteps(architecture, steps)[l]!;
      const count = levelSteps(architecture, lengths[1]!)[l]!;
      for (let line = 0; line < 2 * features; line++, at += size) {
        const from = (2 * features + line) * padded;
        const expected = new Float32Array(size);
        quantilesOfSorted(step.features[l]!.slice(from, from + count).sort(), size, expected);
        expect(largestDifference(step.embeddings[0]!.subarray(at, at + size), expected)).toBeLessThan(1e-5);
      }
    });
    expect(at).toBe(step.embeddings[0]!.length);
  });

  it.each(poolings.filter((pooling) => pooling !== 'quantiles'))('pools by %s', async (pooling) => {
    const { embeddings: views, features } = await run(pooling);
    const embeddings = views[0]!;
    let at = 0;
    const half = embeddings.length / 2;
    architecture.levels.forEach(({ features: count }, l) => {
      const padded = levelSteps(architecture, steps)[l]!;
      for (let line = 0; line < 2 * count; line++) {
        for (const [i, length] of lengths.entries()) {
          const from = (i * 2 * count + line) * padded;
          const own = features[l]!.subarray(from, from + levelSteps(architecture, length)[l]!);
          const mean = own.reduce((sum, x) => sum + x, 0) / own.length;
          const deviation = Math.sqrt(own.reduce((sum, x) => sum + (x - mean) ** 2, 0) / own.length);
          const expected = pooling === 'mean' ? [mean] : pooling === 'maximum' ? [Math.max(...own)] : [mean, deviation];
          const offset = i * half + at + line * expected.length;
          expected.forEach((value, k) => {
            expect(embeddings[offset + k]).toBeCloseTo(value, 4);
          });
        }
      }
      at += 2 * count * (pooling === 'mean-deviation' ? 2 : 1);
    });
    expect(at).toBe(half);
  });
});

describe('architectures side by side', () => {
  it('give the features that each gives by itself', async () => {
    const weights = encoderWeights(parameters, trained);
    const input = inputsOf().subarray(0, 2 * 3 * steps);
    const maps = await session.run(input, 2, steps);
    let before = 0;
    for (const one of [spectralPyramid, finePyramid]) {
      const own = new Map<string, Float32Array>();
      for (const [name, values] of weights) {
        const level = Number(/^level(\d+)/.exec(name)![1]) - before;
        own.set(name.replace(/^level\d+/, `level${level}`), values);
      }
      const alone = await loadEncoder(encoderFile(one, 16, own, { name: 'one', training: 'test' }));
      const expected = await alone.run(input, 2, steps);
      expected.forEach(({ values }, l) => {
        expect(largestDifference(values, maps[before + l]!.values)).toBeLessThan(1e-5);
      });
      before += one.levels.length;
    }
    expect(before).toBe(maps.length);
  });

  it('need as many steps as the coarser one', () => {
    expect([minimumStepsOf(spectralPyramid), minimumStepsOf(finePyramid), minimumStepsOf(architecture)]).toEqual([
      16, 8, 16,
    ]);
    expect(() => sideBySide([pyramid, { ...pyramid, inputs: 2 }])).toThrow(RangeError);
  });
});

describe('parameters', () => {
  it('of an untrained encoder make the encoder itself', () => {
    const weights = encoderWeights(parameters, initial);
    const graphs = [weights, initialWeights(architecture, 3)].map((all) =>
      Buffer.from(inferenceGraph(architecture, all)),
    );
    expect(graphs[0]!.equals(graphs[1]!)).toBe(true);
  });

  it('fill the vector without gaps', () => {
    let at = 0;
    for (const { offset, size, shape } of parameters) {
      expect(offset).toBe(at);
      expect(size).toBe(shape.reduce((product, n) => product * n, 1));
      at += size;
    }
    expect(at).toBe(trained.length);
    expect(partOf(trained, parameters[1]!)).toHaveLength(24);
  });

  it('refuse weights that lack one', () => {
    const weights = new Map(initialWeights(architecture, 3));
    weights.delete('level1.down.bias');
    expect(() => parameterVector(parameters, weights)).toThrow('level1.down.bias');
  });
});

describe('the matrix of quantiles', () => {
  it.each([1, 2, 5, 16, 20, 33])('equals the quantile function of %i values', (count) => {
    const [padded, levels] = [40, 16];
    const sorted = numbers(count, 4).sort();
    const { quantiles, shares, padding } = lengthFeeds([count], padded, levels);
    const expected = new Float32Array(levels);
    quantilesOfSorted(sorted, levels, expected);
    for (let q = 0; q < levels; q++) {
      const value = sorted.reduce((sum, x, t) => sum + x * quantiles[t * levels + q]!, 0);
      expect(value).toBeCloseTo(expected[q]!, 6);
    }
    expect(quantiles.subarray(count * levels).every((weight) => weight === 0)).toBe(true);
    expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 6);
    expect(padding.filter((value) => value === 0)).toHaveLength(count);
  });
});
