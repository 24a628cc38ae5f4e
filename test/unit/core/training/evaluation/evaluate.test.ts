import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { evaluateModel } from '../../../../../src/cli/evaluate';
import { RequestError } from '../../../../../src/engine/requestError';
import type { EncoderDescription } from '../../../../../src/core/encoder/description';
import { stretched } from '../../../../../src/core/training/evaluation/embedPack';
import { evaluate, problemOf } from '../../../../../src/core/training/evaluation/evaluate';
import { reportOf, tableOf, type PackResult } from '../../../../../src/core/training/evaluation/summary';
import { packScales } from '../../../../../src/core/training/packs/scales';
import { readPack } from '../../../../../src/core/training/packs/readPack';
import { untrainedEncoder } from '../../../../../src/dev/untrainedEncoder';
import { packOfSeries, temporaryFolder, writePack } from '../packs/writePack';

const { signal } = new AbortController();
const options = { maximumSteps: 4096 };

/** Sines whose frequency and level follow the label, each with a slightly different phase. */
function sines(labels: readonly number[], steps = 64): number[][] {
  return labels.map((label, n) =>
    Array.from({ length: steps }, (_, t) => 4 * label + Math.sin(t * (0.5 + label) + n / 10)),
  );
}

async function folderOfPacks(): Promise<string> {
  const folder = await temporaryFolder();
  const labels = [0, 1, 0, 1, 0, 1];
  await writePack(join(folder, 'hum'), packOfSeries(sines(labels), { label: labels, part: [0, 0, 1, 1, 2, 2] }));
  const json = { domain: 'ucr', column_values: { split: ['test', 'train'] } };
  const split = [0, 0, 0, 1, 1, 1];
  await writePack(join(folder, 'ucr', 'Toy'), packOfSeries(sines(labels, 8), { label: labels, split }, json));
  return folder;
}

async function writeEncoder(change: (description: EncoderDescription) => void, model?: Uint8Array): Promise<string> {
  const folder = await temporaryFolder();
  const encoder = untrainedEncoder();
  const bytes = model ?? encoder.model;
  const description = { ...encoder.description, sha256: createHash('sha256').update(bytes).digest('hex') };
  change(description);
  await writeFile(join(folder, 'encoder.onnx'), bytes);
  await writeFile(join(folder, 'encoder.json'), JSON.stringify(description));
  return folder;
}

describe('evaluate', () => {
  it('tells sines of two frequencies apart, also those that are too short for the encoder', async () => {
    const seen: string[] = [];
    const folder = await folderOfPacks();
    const onPack = (name: string) => seen.push(name);
    const results = await evaluate('models', [folder], { ...options, onPack }, signal);
    expect(seen).toEqual(['hum', 'ucr/Toy']);
    expect(results).toMatchObject([
      {
        name: 'hum',
        group: 'identification',
        metrics: { recallAt1: 1, meanAveragePrecision: 1, equalErrorRate: 0, queries: 6 },
      },
      { name: 'ucr/Toy', group: 'ucr', metrics: { recallAt1: 1, queries: 3 } },
    ]);
  });

  it('prints a report as JSON', async () => {
    const folder = await folderOfPacks();
    const write = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
    try {
      await evaluateModel('models/encoder.onnx', [join(folder, 'hum.npz')], { json: true, unrounded: false }, signal);
      expect(JSON.parse(String(write.mock.calls[0]![0]))).toEqual({
        packs: { hum: { 'recall@1': 1, map: 1, eer: 0, queries: 6 } },
        mean: { ucr: null, identification: 1 },
      });
    } finally {
      write.mockRestore();
    }
  });

  it('takes the scale of a set with both splits from the training split', async () => {
    const folder = await temporaryFolder();
    const series = [0, 0, 1, 1].map((level, n) =>
      Array.from({ length: 20 }, (_, t) => (n > 1 ? 100 : 0) + Math.sin(t) + level),
    );
    const columns = { label: [0, 1, 0, 1], split: [1, 1, 0, 0] };
    const files = packOfSeries(series, columns, { column_values: { split: ['test', 'train'] } });
    const [scale] = packScales(await readPack(await writePack(join(folder, 'toy'), files)));
    expect(scale!.spread).toBeLessThan(2);
    files.json['column_values'] = {};
    const [all] = packScales(await readPack(await writePack(join(folder, 'toy'), files)));
    expect(all!.spread).toBeGreaterThan(5);
  });
});

describe('evaluate refuses', () => {
  const problem = async (model: string, ...paths: string[]) => {
    const error: unknown = await evaluate(model, paths, options, signal).catch((reason: unknown) => reason);
    return problemOf(error);
  };

  it('models that are not there, damaged, foreign or not as described', async () => {
    const folder = await folderOfPacks();
    expect(await problem(join(folder, 'none'), folder)).toMatch(/no encoder at/);
    expect(await problem(join(folder, 'hum.npz'), folder)).toMatch(/is not an encoder/);
    expect(await problem(folder, folder)).toMatch(/encoder\.json cannot be read/);
    expect(await problem('test/fixtures/damaged-encoder', folder)).not.toBeNull();
    const foreign = await writeEncoder(() => undefined, Buffer.from('no model'));
    expect(await problem(foreign, folder)).toMatch(/its model is damaged/);
  });

  it('an encoder whose features, strides or inputs are not those of its card', async () => {
    const folder = await folderOfPacks();
    const outputs = (description: EncoderDescription) => description.outputs.map((output) => ({ ...output }));
    const features = await writeEncoder((description) => {
      description.outputs = outputs(description);
      description.outputs[0]!.features++;
      description.features++;
    });
    expect(await problem(features, folder)).toMatch(/does not give the outputs/);
    const total = await writeEncoder((description) => (description.features = 99));
    expect(await problem(total, folder)).toMatch(/damaged/);
    const stride = await writeEncoder((description) => {
      description.outputs = outputs(description);
      description.outputs[2]!.stride = 8;
    });
    expect(await problem(stride, folder)).toMatch(/features2 does not advance 8 time steps/);
    const name = await writeEncoder((description) => {
      description.outputs = outputs(description);
      description.outputs[1]!.name = 'other';
    });
    expect(await problem(name, folder)).toMatch(/does not give the outputs/);
    const inputs = await writeEncoder((description) => (description.inputs = ['one']));
    expect(await problem(inputs, folder)).toMatch(/does not take one input of 1 rows/);
    const levels = await writeEncoder((description) => (description.levels = 0));
    expect(await problem(levels, folder)).toMatch(/damaged/);
  });

  it('a protocol that leaves nothing to compare', async () => {
    const folder = await temporaryFolder();
    const labels = [0, 0, 1, 1];
    await writePack(join(folder, 'toy'), packOfSeries(sines(labels), { label: labels, part: labels }));
    expect(await problem('models', folder)).toMatch(/toy cannot be used: .* no two sequences of one label/);
    const unrelated: unknown = await evaluateModel('models', [folder], { json: true, unrounded: false }, signal).catch(
      (e: unknown) => e,
    );
    expect(unrelated).toBeInstanceOf(RequestError);
  });

  it('to go on once it is interrupted', async () => {
    const folder = await folderOfPacks();
    await expect(evaluate('models', [folder], options, AbortSignal.abort())).rejects.toThrow(/abort/i);
  });
});

describe('the report', () => {
  const result = (name: string, group: PackResult['group'], recallAt1: number, map: number): PackResult => ({
    name,
    group,
    metrics: { recallAt1, meanAveragePrecision: map, equalErrorRate: 0.25, queries: 3 },
  });
  const results = [
    result('ecg', 'identification', 0.5, 0.25),
    result('pen', 'identification', 0.75, 0.75),
    result('ucr/A', 'ucr', 0.5, 0.1),
    result('ucr/B', 'ucr', 1, 0.2),
    result('ucr/OneSplit', null, 0, 0),
  ];

  it('takes recall over UCR sets with both splits, and mAP over the others', () => {
    const report = reportOf(results);
    expect(report.mean).toEqual({ ucr: 0.75, identification: 0.5 });
    expect(Object.keys(report.packs)).toEqual(results.map(({ name }) => name));
    expect(report.packs['ecg']).toEqual({ 'recall@1': 0.5, map: 0.25, eer: 0.25, queries: 3 });
  });

  it('is a table whose columns are aligned', () => {
    const lines = tableOf(results).split('\n');
    expect(lines[1]).toBe('ecg              0.500  0.250  0.250        3');
    expect(new Set(lines.slice(0, 6).map(({ length }) => length)).size).toBe(1);
    expect(lines[6]).toBe('Mean recall@1 over UCR sets: 0.750');
    expect(tableOf([result('a\u001b[2J', null, 1, 1)])).not.toContain('\u001b');
  });
});

describe('stretched', () => {
  it('interpolates a short series and leaves others as they are', () => {
    expect(stretched(Float32Array.of(0, 2, 4), 5)).toEqual(Float32Array.of(0, 1, 2, 3, 4));
    expect(stretched(Float32Array.of(7), 3)).toEqual(Float32Array.of(7, 7, 7));
    const long = Float32Array.of(1, 2, 3);
    expect(stretched(long, 3)).toBe(long);
  });
});
