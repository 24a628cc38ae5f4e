import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeSampleWorkspace } from '../../../src/dev/sample/workspace';
import { TestEngine, TestWorkspace } from './workspace';

const never = new AbortController().signal;
let workspace: TestWorkspace;
let tested: TestEngine;

beforeAll(async () => {
  workspace = new TestWorkspace();
  tested = new TestEngine();
  await writeSampleWorkspace(workspace.folder);
  await tested.open(workspace);
});

afterAll(async () => {
  await tested.engine.close();
  workspace.remove();
});

/** The share of labelled sequences whose nearest match has their label, by folder. */
async function recallAt1(): Promise<Record<string, number>> {
  const hits: Record<string, number[]> = {};
  for (const { path } of await tested.engine.ask('files', {})) {
    for (const query of await tested.engine.ask('sequences', { path: path }, never)) {
      const { matches } = await tested.engine.ask('search', { query: query.ref, scope: 'layout', limit: 1 }, never);
      const folder = query.file.split('/')[0]!;
      (hits[folder] ??= []).push(matches[0]?.sequence.label === query.label ? 1 : 0);
    }
  }
  return Object.fromEntries(
    Object.entries(hits).map(([folder, list]) => [folder, list.reduce((sum, hit) => sum + hit, 0) / list.length]),
  );
}

describe('the sample workspace', () => {
  it('is read without leaving anything out', async () => {
    expect(await tested.engine.ask('skipped', {})).toEqual([]);
    expect(await tested.engine.ask('files', {})).toHaveLength(62);
  });

  it('shows sensible matches: recall@1 by folder', async () => {
    const recall = await recallAt1();
    for (const folder of ['ecg', 'walking', 'bearings', 'handwriting', 'tones']) {
      expect(recall[folder], folder).toBeGreaterThanOrEqual(0.9);
    }
    // Nine kinds of series that differ in when something happens, which an untrained encoder tells apart only partly.
    expect(recall['archive']).toBeGreaterThanOrEqual(0.5);
  });
});
