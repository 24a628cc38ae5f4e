import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { readEncoder, type EncoderFile } from '../../../src/core/encoder/description';
import { untrainedEncoder } from '../../../src/dev/untrainedEncoder';
import { writeEncoder } from '../../../src/core/training/trainer/encoderFile';
import { recording, TestEngine, TestWorkspace } from './workspace';

let workspace: TestWorkspace;
let folder: string;

beforeEach(() => {
  workspace = new TestWorkspace();
  folder = mkdtempSync(join(tmpdir(), 'kindred-encoders-'));
  for (const [i, frequency] of [0.1, 0.2, 0.9].entries()) workspace.write(`${i}.csv`, recording(frequency));
});

afterEach(() => {
  workspace.remove();
  rmSync(folder, { recursive: true });
});

/** Indexes the workspace with an encoder, and tells what that took. */
async function indexedWith(models: string) {
  const tested = new TestEngine();
  const engine = await tested.open(workspace, {}, false, models);
  const query = { path: workspace.path('0.csv'), number: 0 };
  const { matches } = await engine.ask('search', { query, scope: 'layout', limit: 9 }, new AbortController().signal);
  const { filesEncoded, filesFromCache } = await engine.ask('diagnostics', {});
  await engine.close();
  return { filesEncoded, filesFromCache, distances: matches.map(({ distance }) => distance) };
}

async function written(name: string, file: EncoderFile): Promise<string> {
  await writeEncoder(join(folder, name), file);
  return join(folder, name);
}

it('another encoder, or another choice of what it keeps, embeds anew, and what the first one made is kept', async () => {
  const bundled = await indexedWith(resolve('models'));
  expect(bundled).toMatchObject({ filesEncoded: 3, filesFromCache: 0 });

  const other = await indexedWith(await written('untrained', untrainedEncoder()));
  expect(other).toMatchObject({ filesEncoded: 3, filesFromCache: 0 });
  expect(other.distances).not.toEqual(bundled.distances);

  const { description, model } = await readEncoder(resolve('models'));
  const fewer = { description: { ...description, levels: 4, course: undefined }, model };
  expect(await indexedWith(await written('fewer', fewer))).toMatchObject({ filesEncoded: 3, filesFromCache: 0 });

  const again = await indexedWith(resolve('models'));
  expect(again).toMatchObject({ filesEncoded: 0, filesFromCache: 3 });
  expect(again.distances).toEqual(bundled.distances);
});
