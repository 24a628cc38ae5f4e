import { beforeAll, describe, expect, it } from 'vitest';
import { distance1 } from '../../../../../src/core/distributions/wasserstein';
import type { Architecture } from '../../../../../src/core/encoder/architecture';
import type { KeptView } from '../../../../../src/core/encoder/description';
import { embedValues } from '../../../../../src/core/encoder/embed';
import { channelInputs, momentsOf } from '../../../../../src/core/encoder/inputs';
import { initialWeights } from '../../../../../src/core/encoder/initialWeights';
import { loadEncoder, type EncoderSession } from '../../../../../src/core/encoder/session';
import { randomOf } from '../../../../../src/core/distributions/random';
import { drawBatch, type Batch } from '../../../../../src/core/training/batches/batch';
import { datasetOf } from '../../../../../src/core/training/batches/dataset';
import { encoderWeights, parametersOf, parameterVector } from '../../../../../src/core/training/network/parameters';
import type { Objective } from '../../../../../src/core/training/network/stepGraph';
import { packScales } from '../../../../../src/core/training/packs/scales';
import { encoderFile, withViews } from '../../../../../src/core/training/trainer/encoderFile';
import { taughtDistances } from '../../../../../src/core/training/trainer/teacher';
import { usualSettings } from '../../../../../src/core/training/trainer/settings';
import { numbers } from '../autodiff/run';
import { wavePack } from '../batches/datasets';
import { naiveMean, naiveNeighbourhood, naiveRelative, type Matrix } from '../losses/naive';
import { runStep } from './step';

const architecture: Architecture = {
  inputs: 3,
  levels: [
    { channels: 4, kernel: 5, stride: 1, blocks: 1, features: 3, subsample: 4 },
    { channels: 6, kernel: 8, stride: 4, blocks: 1, features: 4, subsample: 1 },
  ],
};
const levels = 8;
const views: readonly KeptView[] = [
  { every: 4, weight: 0.5, levels },
  { steps: 48, weight: 0.25, levels },
];
const objective: Objective = { ...usualSettings.objective, architecture, levels, views };
const parameters = parametersOf(architecture, ['loss.logSharpness']);
const sharpness = 3;
const vector = parameterVector(parameters, initialWeights(architecture, 2), {
  'loss.logSharpness': Math.log(sharpness),
});

const still = { tempo: 0, ownTempo: 0, crops: 0, amplitude: 0, offset: 0, noise: 0 };
const pack = wavePack({ labels: 2, each: 3, channels: 2, steps: 128 });
const options = { ...usualSettings.batch, sequences: 6, steps: 128, variation: still };

let batch: Batch;
let session: EncoderSession;
/** D_1 of the encoder that comes out, in the order of the batch. */
let expected: Matrix;

beforeAll(async () => {
  batch = drawBatch([datasetOf(pack)], options, randomOf(1, 1), views);
  const file = encoderFile(architecture, levels, encoderWeights(parameters, vector), { name: '', training: '' });
  const { description, model } = withViews(file, views);
  session = await loadEncoder({ description: { ...description, course: undefined, minimumSteps: 16 }, model });
  const scales = packScales(pack);
  const inputs = batch.seen[0]!.inputs;
  const rows: Float32Array[] = [];
  for (const { channels } of pack.sequences) {
    const named = channels.map((values) => ({ name: null, unit: null, values }));
    const sequence = { channels: named, rate: null, label: null, name: null, notes: [] };
    const own = new Float32Array(3 * 128);
    channelInputs(channels[0]!, momentsOf(channels[0]!), scales[0]!, 0, 128, own, 0);
    const place = rowsOf(inputs, 2 * own.length).findIndex((row) => Math.abs(row[0]! - own[0]!) < 1e-6);
    rows[place] = (await embedValues(session, sequence, scales, 2 ** 20)).values;
  }
  expect(Object.keys(rows)).toHaveLength(6);
  expected = rows.map((a) => rows.map((b) => distance1(a, b)));
});

function rowsOf(values: Float32Array, size: number): readonly Float32Array[] {
  return Array.from({ length: values.length / size }, (_, n) => values.subarray(n * size, (n + 1) * size));
}

const related = (mask: Float32Array) => (i: number, j: number) => mask[6 * i + j] === 1;

describe('a training step with views', () => {
  it('sees the sequences as sampled, means of steps and the whole in so many', () => {
    expect(batch.shape).toEqual({ sequences: 6, channels: 2, steps: [128, 32, 48] });
    const [sampled, every, whole] = batch.seen.map(({ lengths }) => lengths);
    const all = (length: number) => new Array<number>(6).fill(length);
    expect([sampled, every, whole]).toEqual([all(128), all(32), all(48)]);
  });

  it('has the loss of the distances of the encoder that comes of it', async () => {
    const { loss } = await runStep(objective, batch.shape, parameters, vector, batch);
    const [positive, allowed] = [related(batch.positive), related(batch.allowed)];
    const naive = naiveMean(naiveRelative(expected, allowed), positive, allowed, naiveNeighbourhood(sharpness));
    expect(loss).toBeCloseTo(naive, 3);
  });

  it('follows the gradient', async () => {
    const taught = Float32Array.from(expected.flat(), (d, k) => d * (1 + 0.3 * Math.sin(k)));
    const taughtBy = { ...objective, teacher: { sha256: '', weight: 5 } };
    const run = (weights: Float32Array) => runStep(taughtBy, batch.shape, parameters, weights, { ...batch, taught });
    const gradient = (await run(vector)).gradients.flatMap((part) => [...part]);
    const size = Math.hypot(...gradient);
    const step = 2e-3;
    const along = async (direction: Float32Array) => {
      const moved = (by: number) => run(vector.map((value, i) => value + by * direction[i]!));
      return ((await moved(step)).loss - (await moved(-step)).loss) / (2 * step);
    };
    const steepest = Float32Array.from(gradient, (g) => g / size);
    expect((await along(steepest)) / size).toBeCloseTo(1, 1);
    const other = numbers(vector.length, 5).map((x, i) => (x + steepest[i]! * 4) / 10);
    const slope = gradient.reduce((sum, g, i) => sum + g * other[i]!, 0);
    expect((await along(other)) / slope).toBeCloseTo(1, 1);
  });
});

describe('a teacher', () => {
  it('gives its distances in the same views', async () => {
    const taught = await taughtDistances(session, batch, objective);
    const largest = Math.max(...expected.flat());
    expected.flat().forEach((d, pair) => {
      expect(Math.abs(taught[pair]! - d)).toBeLessThan(1e-4 * largest);
    });
  });

  it('teaches nothing where the distances are its own', async () => {
    const taught = Float32Array.from(expected.flat(), (d) => 2 * d);
    const inputs = { ...batch, taught };
    const alone = await runStep(objective, batch.shape, parameters, vector, batch);
    const taughtBy = { ...objective, teacher: { sha256: '', weight: 100 } };
    const same = await runStep(taughtBy, batch.shape, parameters, vector, inputs);
    expect(same.loss).toBeCloseTo(alone.loss, 3);
    const other = await runStep(taughtBy, batch.shape, parameters, vector, {
      ...batch,
      taught: taught.map((d, pair) => d * (1 + (pair % 2))),
    });
    expect(other.loss).toBeGreaterThan(alone.loss + 1);
  });
});
