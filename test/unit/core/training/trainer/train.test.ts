import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { inferenceGraph } from '../../../../../src/core/encoder/inferenceGraph';
import { readEncoder } from '../../../../../src/core/encoder/description';
import { loadEncoder } from '../../../../../src/core/encoder/session';
import { readCheckpoint } from '../../../../../src/core/training/trainer/checkpoint';
import { encoderWeights } from '../../../../../src/core/training/network/parameters';
import type { TrainingProgress } from '../../../../../src/core/training/trainer/pace';
import { initialState, trainedParameters } from '../../../../../src/core/training/trainer/state';
import { train, type TrainingOptions } from '../../../../../src/core/training/trainer/train';
import { stoppedBy } from '../../../../../src/core/training/trainer/trainingError';
import { datasets, tiny } from './settings';

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'kindred-train-'));
});
afterEach(async () => {
  await rm(root, { recursive: true });
});

const options = (folder: string, other: Partial<TrainingOptions> = {}): TrainingOptions => ({
  settings: tiny,
  datasets,
  folder: join(root, folder),
  threads: 1,
  resume: false,
  checkpointEvery: 100,
  signal: new AbortController().signal,
  ...other,
});

const modelOf = (folder: string) => readFile(join(root, folder, 'encoder.onnx'));
const checkpointOf = (folder: string) => readCheckpoint(join(root, folder, 'training.checkpoint'));

/** Aborts after so many steps. */
function stopAfter(steps: number): Pick<TrainingOptions, 'signal' | 'onProgress'> {
  const abort = new AbortController();
  return {
    signal: abort.signal,
    onProgress({ step }) {
      if (step === steps) abort.abort();
    },
  };
}

describe('a training', () => {
  it('writes an encoder that can be read and run, its curve and its checkpoint', async () => {
    const outcome = await train(options('model'));
    expect(outcome).toEqual({ step: 6, finished: true });
    expect((await readdir(join(root, 'model'))).sort()).toEqual([
      'curve.json',
      'curve.svg',
      'encoder.json',
      'encoder.onnx',
      'training.checkpoint',
    ]);
    const file = await readEncoder(join(root, 'model'));
    expect(file.description).toMatchObject({ name: 'model', features: 7, levels: 4, minimumSteps: 4 });
    expect(file.description.training).toContain('neighbourhood loss over d1 of quantiles');
    expect(file.description.training).toContain('complete');
    const maps = await (await loadEncoder(file)).run(new Float32Array(2 * 3 * 32), 2, 32);
    expect(maps.map(({ steps }) => steps)).toEqual([8, 8]);
    const curve = JSON.parse(await readFile(join(root, 'model', 'curve.json'), 'utf8')) as { points: unknown[] };
    expect(curve.points).toHaveLength(6);
    expect(await readFile(join(root, 'model', 'curve.svg'), 'utf8')).toMatch(
      /^<svg .*<polyline points="[\d., ]+" .*<\/svg>\n$/,
    );
  });

  it('lowers the loss', async () => {
    const losses: number[] = [];
    const settings = { ...tiny, steps: 60 };
    await train(options('model', { settings, onProgress: ({ loss }) => losses.push(loss) }));
    const { curve } = await checkpointOf('model');
    const mean = (from: number, to: number) =>
      curve.points.slice(from, to).reduce((sum, { loss }) => sum + loss, 0) / (to - from);
    expect(losses).toHaveLength(60);
    expect(mean(50, 60)).toBeLessThan(0.7 * mean(0, 10));
  });

  it('gives the same bytes again, and others from another seed', async () => {
    await train(options('a'));
    await train(options('b'));
    await train(options('c', { settings: { ...tiny, seed: 2 } }));
    expect((await modelOf('a')).equals(await modelOf('b'))).toBe(true);
    expect((await modelOf('a')).equals(await modelOf('c'))).toBe(false);
  });

  it('goes on bit by bit as if it had not been interrupted', async () => {
    await train(options('whole'));
    const stopped = await train(options('parts', stopAfter(2)));
    expect(stopped).toEqual({ step: 2, finished: false });
    expect((await readEncoder(join(root, 'parts'))).description.training).toContain('stopped after 2');
    await train(options('parts', { resume: true, ...stopAfter(3) }));
    await train(options('parts', { resume: true }));
    const [whole, parts] = [await checkpointOf('whole'), await checkpointOf('parts')];
    expect((await modelOf('whole')).equals(await modelOf('parts'))).toBe(true);
    expect(parts.vectors).toEqual(whole.vectors);
    expect(parts.curve.points.map(({ loss }) => loss)).toEqual(whole.curve.points.map(({ loss }) => loss));
  });

  it('draws another batch at every step', async () => {
    await train(options('model', { settings: { ...tiny, schedule: { ...tiny.schedule, rate: 0 } } }));
    const { curve } = await checkpointOf('model');
    expect(new Set(curve.points.map(({ loss }) => loss)).size).toBe(6);
  });

  it('exports the moving average of the weights', async () => {
    const seen: Float32Array[] = [];
    const settings = { ...tiny, averageDecay: 0.5 };
    for (let step = 0; step < 3; step++) {
      await train(options('model', { settings, resume: step > 0, ...stopAfter(step + 1) }));
      seen.push((await checkpointOf('model')).vectors.weights);
    }
    const { vectors } = await checkpointOf('model');
    const start = initialState(settings, datasets).vectors.weights;
    // The decays of the first steps are 1/10, 2/11 and 3/12.
    const kept = [0.1, 2 / 11, 0.25];
    vectors.average.forEach((value, i) => {
      const expected = seen.reduce((mean, weights, k) => kept[k]! * mean + (1 - kept[k]!) * weights[i]!, start[i]!);
      expect(value).toBeCloseTo(expected, 5);
    });
    const parameters = trainedParameters(settings);
    const { architecture } = settings.objective;
    const model = inferenceGraph(architecture, encoderWeights(parameters, vectors.average));
    expect((await modelOf('model')).equals(model)).toBe(true);
    const last = inferenceGraph(architecture, encoderWeights(parameters, vectors.weights));
    expect((await modelOf('model')).equals(last)).toBe(false);
  });

  it('stops when its time is up', async () => {
    expect(await train(options('model', { timeLimit: 0 }))).toEqual({ step: 0, finished: false });
    expect((await checkpointOf('model')).step).toBe(0);
  });

  it('saves on the way', async () => {
    const settings = { ...tiny, batch: { ...tiny.batch, sequences: 12 } };
    const seen: number[] = [];
    const onProgress = ({ step }: TrainingProgress) => {
      if (step === 5) throw new Error('the power goes');
      seen.push(step);
    };
    await expect(train(options('model', { settings, checkpointEvery: 2, onProgress }))).rejects.toThrow('the power');
    expect(seen).toEqual([1, 2, 3, 4]);
    expect((await checkpointOf('model')).step).toBe(4);
  });

  it('validates on the way and at the end', async () => {
    const names: string[] = [];
    const validation = {
      every: 4,
      figures: (encoder: { description: { training: string } }) => {
        names.push(encoder.description.training);
        return Promise.resolve({ 'recall@1': names.length / 4, '<b>': 1 });
      },
    };
    await train(options('model', { validation }));
    const { curve } = await checkpointOf('model');
    expect(curve.validations.map(({ step }) => step)).toEqual([4, 6]);
    expect(names[0]).toContain('stopped after 4');
    const svg = await readFile(join(root, 'model', 'curve.svg'), 'utf8');
    expect(svg).toContain('recall@1');
    expect(svg).not.toContain('<b>');
  });
});

describe('a training that fails', () => {
  const reckless = { ...tiny, clip: Infinity, schedule: { rate: 1e30, warmUp: 3, floor: 1 } };

  it('ends at a loss that is no number, and keeps the last good checkpoint', async () => {
    const failing = train(options('model', { settings: reckless, checkpointEvery: 1 }));
    await expect(failing).rejects.toThrow(/not a number at step \d \((one|two)\).* after \d steps is kept/);
    await expect(failing).rejects.toMatchObject({ name: 'TrainingError', kind: 'notFinite' });
    const { vectors } = await checkpointOf('model');
    expect(vectors.weights.every(Number.isFinite)).toBe(true);
    await readEncoder(join(root, 'model'));
  });

  it('keeps the start when nothing better was saved', async () => {
    await expect(train(options('model', { settings: reckless }))).rejects.toThrow('after 0 steps is kept');
    expect((await checkpointOf('model')).step).toBe(0);
  });

  it('does not start where it cannot save', async () => {
    await writeFile(join(root, 'file'), 'not a folder');
    const onProgress = vi.fn();
    await expect(train(options('file', { onProgress }))).rejects.toThrow(/cannot be saved in .*file: /);
    await expect(train(options('file', { onProgress }))).rejects.toMatchObject({ kind: 'notSaved' });
    expect(onProgress).not.toHaveBeenCalled();
    expect(await readFile(join(root, 'file'), 'utf8')).toBe('not a folder');
  });

  it.each([
    'Status Message: bfc_arena.cc:360 Failed to allocate memory for requested buffer of size 358400000000',
    'std::bad_alloc',
    'Array buffer allocation failed',
    'Invalid typed array length: 9000000000',
  ])('tells that memory ran out from “%s”, where there is less than it takes', (message) => {
    expect(stoppedBy(new Error(message), 'there.', 2 ** 30, 2 ** 29)).toMatchObject({
      kind: 'outOfMemory',
      message: 'Memory ran out there.',
    });
  });

  it('passes on what else goes wrong', () => {
    expect(stoppedBy(new Error('no such operator'), 'there.', 2 ** 20, 2 ** 29)).toMatchObject({
      kind: 'failed',
      message: 'The computation failed (no such operator) there.',
    });
  });

  it('does not start on nothing', async () => {
    await expect(train(options('model', { datasets: [] }))).rejects.toThrow('nothing to train on');
  });
});

describe('the folder of a training', () => {
  it('is not overwritten', async () => {
    await train(options('model', stopAfter(1)));
    const before = await modelOf('model');
    await expect(train(options('model'))).rejects.toThrow('already holds training.checkpoint');
    await rm(join(root, 'model', 'training.checkpoint'));
    await expect(train(options('model'))).rejects.toThrow('already holds encoder.onnx');
    expect((await modelOf('model')).equals(before)).toBe(true);
  });

  it('cannot be resumed without a checkpoint, with a damaged one, other settings or other data', async () => {
    await expect(train(options('model', { resume: true }))).rejects.toThrow('There is no training to resume');
    await train(options('model', stopAfter(1)));
    const settings = { ...tiny, schedule: { ...tiny.schedule, rate: 1 }, seed: 3 };
    const resumed = (other: Partial<TrainingOptions>) => train(options('model', { resume: true, ...other }));
    await expect(resumed({ settings })).rejects.toThrow('other settings (seed, schedule.rate)');
    await expect(resumed({ datasets: datasets.slice(1) })).rejects.toThrow('other data');
    const path = join(root, 'model', 'training.checkpoint');
    const bytes = await readFile(path);
    bytes[bytes.length >> 1]! ^= 1;
    await writeFile(path, bytes);
    await expect(resumed({})).rejects.toThrow('is damaged');
    await writeFile(path, 'short');
    await expect(resumed({})).rejects.toThrow('is damaged');
  });
});
