import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomOf } from '../../core/distributions/random';
import { spectralPyramid } from '../../core/encoder/architecture';
import { inferenceGraph } from '../../core/encoder/inferenceGraph';
import { initialWeights } from '../../core/encoder/initialWeights';
import { loadEncoder } from '../../core/encoder/session';
import type { Batch, Seen } from '../../core/training/batches/batch';
import { initialLogSharpness } from '../../core/training/losses/neighbourhood';
import { lengthFeeds, levelSteps } from '../../core/training/network/lengths';
import { encoderFile } from '../../core/training/trainer/encoderFile';
import { usualSettings } from '../../core/training/trainer/settings';
import { advance, initialState, trainedParameters } from '../../core/training/trainer/state';
import { StepSessions } from '../../core/training/trainer/stepSessions';
import { percentile, type Figure } from './figures';
import { pythonWith } from '../pythonWith';
import { Peer } from './peer';

/** The kind of network that the bundled encoder is made of. */
const settings = { ...usualSettings, objective: { ...usualSettings.objective, architecture: spectralPyramid } };
const { objective, adam, schedule, clip } = settings;
const encoded = { rows: 4, steps: 4096 };
const steps = 512;
const shape = { sequences: 32, channels: 2, steps: [steps] };
const classes = 8;
const rounds = 12;

/**
 * What encoding and a training step cost beside the same in PyTorch, one thread each, in turns. Processor time is measured,
 * so that other work on the machine hardly counts.
 */
export async function benchNetwork(): Promise<readonly Figure[]> {
  const folder = await mkdtemp(join(tmpdir(), 'kindred-bench-network-'));
  const own = await ownWork();
  const peer = await startPeer(folder, own.signal);
  try {
    const times = {
      encode: [] as number[],
      step: [] as number[],
      peerEncode: [] as number[],
      peerStep: [] as number[],
    };
    for (let round = 0; round < rounds; round++) {
      times.encode.push(await processorTime(own.encode));
      if (peer !== null) times.peerEncode.push((await peer.run('encode')).milliseconds);
      let loss = 0;
      times.step.push(await processorTime(async () => (loss = await own.step())));
      if (peer === null) continue;
      const answer = await peer.run('step');
      times.peerStep.push(answer.milliseconds);
      // Later steps move apart: the peer learns the scale of a residual block and its kernel as one.
      if (round === 0 && (answer.loss === null || Math.abs(loss - answer.loss) > 1e-3 * loss)) {
        throw new Error(`the first training step of the peer has a loss of ${answer.loss}, not ${loss}`);
      }
    }
    const perMillion = 1e6 / (encoded.rows * encoded.steps);
    return [
      figure('encoding, per million time steps', perMillion, times.encode, times.peerEncode, 1),
      figure(`training step, ${shape.sequences} × ${shape.channels} × ${steps}`, 1, times.step, times.peerStep, 1.1),
    ];
  } finally {
    peer?.close();
    await own.release();
    await rm(folder, { recursive: true, force: true });
  }
}

/** The first runs, in which memory is laid out, do not count. */
function medianOf(times: readonly number[]): number {
  return percentile(times.slice(2), 0.5);
}

function figure(name: string, factor: number, own: readonly number[], peer: readonly number[], most: number): Figure {
  const value = factor * medianOf(own);
  if (peer.length === 0) return { name, value, unit: 'ms' };
  const against = { name: 'PyTorch', value: factor * medianOf(peer), most };
  return { name, value, unit: 'ms', against };
}

async function processorTime(work: () => Promise<unknown>): Promise<number> {
  const began = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(began);
  return (user + system) / 1000;
}

const weights = initialWeights(objective.architecture, 1);

async function ownWork() {
  const file = encoderFile(objective.architecture, objective.levels, weights, { name: 'bench', training: '' });
  const session = await loadEncoder(file);
  const inputs = file.description.inputs.length;
  const signal = noise('signal', encoded.rows * inputs * encoded.steps);
  const state = initialState(settings, [], weights);
  const parameters = trainedParameters(settings);
  const sessions = new StepSessions(objective, parameters, 1);
  const batch = exampleBatch();
  return {
    signal: { shape: [encoded.rows, inputs, 1, encoded.steps], values: signal },
    encode: () => session.run(signal, encoded.rows, encoded.steps),
    step: async () => {
      const result = await sessions.run(batch, state.vectors.weights);
      advance(state, parameters, result, 0);
      return result.loss;
    },
    release: () => sessions.release(),
  };
}

/** Noise of several lengths, of `classes` labels. */
function exampleBatch(): Batch {
  const { sequences, channels } = shape;
  const inputs = objective.architecture.inputs;
  const random = randomOf(1, 'lengths');
  const pair = (value: (i: number, j: number) => boolean) =>
    Float32Array.from({ length: sequences ** 2 }, (_, k) => (value(Math.floor(k / sequences), k % sequences) ? 1 : 0));
  return {
    dataset: 'noise',
    shape,
    seen: [
      {
        steps,
        inputs: noise('batch', sequences * channels * inputs * steps),
        lengths: Array.from({ length: sequences }, () => steps - random.below(steps / 2)),
      },
    ],
    positive: pair((i, j) => i !== j && i % classes === j % classes),
    allowed: pair((i, j) => i !== j),
  };
}

function noise(name: string, length: number): Float32Array {
  const random = randomOf(1, name);
  return Float32Array.from({ length }, () => random.normal());
}

interface Stored {
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

/** The peer with network and batch, or `null` where there is none, which is said. */
async function startPeer(folder: string, signal: Stored): Promise<Peer | null> {
  const python = await pythonWith('numpy', 'onnx', 'torch');
  if (python === null) {
    console.error('PyTorch is not measured: there is no Python with torch and onnx. Name one in KINDRED_PYTHON.');
    return null;
  }
  const model = join(folder, 'encoder.onnx');
  const task = join(folder, 'task.json');
  await writeFile(model, inferenceGraph(objective.architecture, weights));
  await writeFile(task, JSON.stringify({ model, ...peerTask(signal) }));
  const peer = new Peer(python);
  try {
    await peer.ask({ load: task });
    return peer;
  } catch (error) {
    peer.close();
    console.error(`PyTorch is not measured: ${error instanceof Error ? error.message : String(error)}.`);
    return null;
  }
}

function peerTask(signal: Stored): object {
  const { sequences, channels } = shape;
  const { architecture, levels } = objective;
  const batch = exampleBatch();
  const [{ inputs, lengths }] = batch.seen as readonly [Seen];
  const counts = lengths.map((length) => levelSteps(architecture, length));
  return {
    signal: stored(signal),
    input: stored({ shape: [sequences * channels, architecture.inputs, 1, steps], values: inputs }),
    positive: stored({ shape: [sequences, sequences], values: batch.positive }),
    allowed: stored({ shape: [sequences, sequences], values: batch.allowed }),
    levels: levelSteps(architecture, steps).map((padded, l) => {
      const own = counts.map((count) => count[l] ?? 0);
      const { padding, quantiles } = lengthFeeds(own, padded, levels);
      return {
        padding: stored({ shape: [sequences, 1, padded], values: padding }),
        quantiles: stored({ shape: [sequences, padded, levels], values: quantiles }),
      };
    }),
    logSharpness: initialLogSharpness,
    clip,
    adam: {
      rate: schedule.rate,
      beta1: adam.beta1,
      beta2: adam.beta2,
      epsilon: adam.epsilon,
      decay: adam.weightDecay,
    },
  };
}

function stored({ shape: dimensions, values }: Stored) {
  return {
    shape: dimensions,
    base64: Buffer.from(values.buffer, values.byteOffset, values.byteLength).toString('base64'),
  };
}
