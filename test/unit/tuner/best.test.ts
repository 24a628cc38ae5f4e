import { copyFile, mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { readBest, removeOtherBest, writeBest } from '../../../src/tuner/best';
import { bundled, smallEncoder } from './sets';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kindred-best-'));
});

afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

it('the best weights so far bear that better ones were half written, until those are known to be whole', async () => {
  const [first, second] = [smallEncoder(), await bundled()];
  await writeBest(folder, 20, first);
  await mkdir(join(folder, 'best', '40'));
  await copyFile('models/encoder.onnx', join(folder, 'best', '40', 'encoder.onnx'));
  expect((await readBest(folder, 20)).description.sha256).toBe(first.description.sha256);
  await writeBest(folder, 40, second);
  await removeOtherBest(folder, 40);
  expect((await readBest(folder, 40)).description.sha256).toBe(second.description.sha256);
  expect(await readdir(join(folder, 'best'))).toEqual(['40']);
});
