import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { completed } from '../../../src/core/encoder/completed';
import { readEncoder } from '../../../src/core/encoder/description';
import { onnxruntime } from '../../../src/core/encoder/onnx/runtime';
import { loadEncoder } from '../../../src/core/encoder/session';
import { fineTune } from '../../../src/tuner/fineTune';
import type { FineTuneOptions } from '../../../src/tuner/options';
import { failureOf } from '../../../src/tuner/problems';
import type { TuningProgress } from '../../../src/protocol/finetune';
import { evaluatePack } from '../../../src/core/training/evaluation/evaluatePack';
import { measureResponses } from '../../../src/core/encoder/responses';
import { bundled, pulsePack, setOf, smallEncoder, tuning } from './sets';

/** Opened as the product opens it. */
const base = await completed(smallEncoder());

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kindred-tuning-'));
});

afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

const note = { kind: 'unreadable', sequences: 2 } as const;
const notAborted = new AbortController().signal;

/** Random weights have far to go. */
const fast = { ...tuning, learningRate: 0.01 };

function options(more: Partial<FineTuneOptions> = {}): FineTuneOptions {
  return {
    sets: [setOf(pulsePack(3, 12, 1))],
    base,
    settings: fast,
    name: 'test',
    folder,
    maximumSteps: 4096,
    steps: 12,
    notes: [note],
    signal: notAborted,
    ...more,
  };
}

const hashIn = async (path: string) => (await readEncoder(join(path, 'encoder'))).description.sha256;

describe('fine-tuning', () => {
  it('learns in WebAssembly as well', async () => {
    vi.stubEnv('KINDRED_RUNTIME', 'wasm');
    try {
      expect((await onnxruntime()).kind).toBe('wasm');
      const report = await fineTune(options());
      expect(report).toMatchObject({ queries: 9 });
      expect(report?.verdict).not.toBe('notBetter');
    } finally {
      vi.unstubAllEnvs();
    }
  });

  it('ranks what it never saw better, says so, and describes itself', async () => {
    const seen: TuningProgress[] = [];
    const report = await fineTune(options({ onProgress: (progress) => seen.push(structuredClone(progress)) }));
    const fresh = pulsePack(3, 20, 99);
    const before = await evaluatePack(await loadEncoder(base), fresh, { maximumSteps: 4096 });
    const file = await readEncoder(join(folder, 'encoder'));
    const after = await evaluatePack(await loadEncoder(file), fresh, { maximumSteps: 4096 });
    expect(after.meanAveragePrecision).toBeGreaterThan(before.meanAveragePrecision);
    expect(report).toMatchObject({ queries: 9 });
    expect(report?.verdict).not.toBe('notBetter');
    expect(report?.notes).toContainEqual(note);
    expect(report?.notes).toContainEqual({ kind: 'deciding', same: true });
    expect(file.description.bytes).not.toEqual(base.description.bytes);
    expect(file.description.responses).toEqual(await measureResponses(await loadEncoder(file)));
    expect(file.description.training).toMatch(/fine-tuned for \d+ steps/);
    // It may be perfect before its last step, and stops by itself then.
    expect(seen.at(-1)).toMatchObject({ step: report?.steps, steps: 12 });
    expect(seen.at(-1)?.validations[0]?.step).toBe(0);
  });

  it('with three sequences per label does not rank worse than the encoder it started from', async () => {
    // Of random weights nobody knows what they rank: this is about the encoder that users have.
    const base = await bundled();
    const baseSession = await loadEncoder(base);
    for (const seed of [1, 2]) {
      const own = join(folder, String(seed));
      await fineTune(
        options({ base, sets: [setOf(pulsePack(4, 3, seed))], folder: own, settings: { ...tuning, seed } }),
      );
      const fresh = pulsePack(4, 15, 100 + seed);
      const before = await evaluatePack(baseSession, fresh, { maximumSteps: 4096 });
      const after = await evaluatePack(await loadEncoder(await readEncoder(join(own, 'encoder'))), fresh, {
        maximumSteps: 4096,
      });
      expect(after.meanAveragePrecision).toBeGreaterThanOrEqual(before.meanAveragePrecision);
      expect(after.recallAt1).toBeGreaterThanOrEqual(before.recallAt1 - 0.02);
    }
  }, 180_000);

  it('goes on from where it was stopped and ends with the same weights', async () => {
    await fineTune(options());
    const parts = join(folder, 'parts');
    const stop = new AbortController();
    const stopped = await fineTune(
      options({
        folder: parts,
        signal: stop.signal,
        onProgress: ({ step }) => {
          if (step >= 5) stop.abort();
        },
      }),
    );
    expect(stopped).toBeNull();
    expect(existsSync(join(parts, 'encoder'))).toBe(false);
    // Validations that were under way when it stopped are left out, so the best may be another; the weights are not.
    const report = await fineTune(options({ folder: parts }));
    expect(report?.steps).toBe(12);
    const trained = async (path: string) => (await readEncoder(join(path, 'training'))).description.sha256;
    expect(await trained(parts)).toBe(await trained(folder));
  });

  it('names each stage, from its start on', async () => {
    const stages: string[] = [];
    const first = new Map<string, number>();
    await fineTune(
      options({
        onStage: (stage, done) => {
          if (stages.at(-1) !== stage) stages.push(stage);
          if (!first.has(stage)) first.set(stage, done);
          expect(done).toBeLessThanOrEqual(1);
        },
      }),
    );
    expect(stages).toEqual(['rankingBefore', 'training', 'choosing', 'measuringGain']);
    expect([...first.values()]).toEqual([0, 0, 0, 0]);
  });

  it('trains no step where no weights could rank better, and says so', async () => {
    const pack = pulsePack(2, 12, 1);
    const sequences = pack.sequences.map((one, n) => ({
      ...one,
      channels: [Float32Array.from({ length: 64 }, (_, t) => 10 * one.label + 0.1 * Math.sin(t + n))],
    }));
    const apart = setOf({ ...pack, sequences });
    const report = await fineTune(options({ sets: [apart] }));
    expect(report).toMatchObject({ verdict: 'nothingToGain', steps: 0, recallAt1: { before: { value: 1 } } });
  });

  it('stops training when its time is over, which counts from when it was asked for', async () => {
    const settings = { ...fast, minutes: 0.5 };
    const { steps, ...untilTime } = options({ settings, began: performance.now() - 31_000 });
    const report = await fineTune(untilTime);
    expect(report?.seconds).toBeGreaterThan(31);
    // The fewest that are planned, which are more than these.
    expect(report?.steps).toBeLessThanOrEqual(20);
    expect(steps).toBe(12);
  });

  it('keeps what ranked best when the numbers run away', async () => {
    const report = await fineTune(options({ settings: { ...tuning, learningRate: 1 } }));
    expect(report).not.toBeNull();
    expect(report!.recallAt1.after.value).toBeGreaterThanOrEqual(0);
    expect(await hashIn(folder)).toMatch(/^[0-9a-f]{64}$/);
  });

  it('refuses labels of which nothing can be held out', async () => {
    const set = setOf(pulsePack(3, 2, 1));
    await expect(fineTune(options({ sets: [set] }))).rejects.toThrow(/Label more sequences/);
  });

  it('says when the disk is full, and goes on once it is not', async (context) => {
    const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=64m', 'tmpfs', folder]).status === 0;
    if (!mounted) context.skip('a small disk can only be mounted by root on Linux');
    try {
      const filler = join(folder, 'filler');
      await writeFile(filler, Buffer.alloc(64 * 2 ** 20));
      const error: unknown = await fineTune(options()).catch((reason: unknown) => reason);
      expect(failureOf(error)).toEqual({ problem: { kind: 'diskFull' }, resumable: true });
      await rm(filler);
      const report = await fineTune(options());
      expect(report?.steps).toBe(12);
    } finally {
      spawnSync('umount', ['-l', folder]);
    }
  });
});
