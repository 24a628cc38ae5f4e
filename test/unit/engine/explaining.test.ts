import { readFileSync, renameSync } from 'node:fs';
import { resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readEncoder } from '../../../src/core/encoder/description';
import type { Engine } from '../../../src/engine/engine';
import { recording, TestEngine, TestWorkspace } from './workspace';

const never = new AbortController().signal;
let workspace: TestWorkspace;
let held: TestEngine;
let engine: Engine;

beforeAll(async () => {
  workspace = new TestWorkspace();
  for (const phase of [0, 1, 2]) {
    workspace.write(`slow/${phase}.csv`, recording(0.1, { phase, steps: 400 }));
    workspace.write(`fast/${phase}.csv`, recording(0.9, { phase, steps: 300 }));
  }
  workspace.write('other.csv', recording(0.1, { steps: 500 }).replace('x,y', 'p,q'));
  const labels = [0, 1, 2].map((phase) => `slow/${phase}.csv,slow\nfast/${phase}.csv,fast\n`);
  workspace.write('labels.csv', `path,label\n${labels.join('')}`);
  held = new TestEngine();
  engine = await held.open(workspace);
});

afterAll(async () => {
  await engine.close();
  workspace.remove();
});

const ref = (name: string) => ({ path: workspace.path(name), number: 0 });
const pair = (query: string, match: string, scope: 'layout' | 'all' = 'layout') => ({
  query: ref(query),
  match: ref(match),
  scope,
  weights: null,
});
const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

async function shownDistance(query: string, match: string, scope: 'layout' | 'all'): Promise<number> {
  const { matches } = await engine.ask('search', { query: ref(query), scope, limit: 20 }, never);
  return matches.find(({ sequence }) => sequence.file === match)!.distance;
}

describe('explaining a distance', () => {
  it('adds up to the number shown: by channel, by feature and by time step of either recording', async () => {
    const params = pair('slow/0.csv', 'fast/1.csv');
    const shown = await shownDistance('slow/0.csv', 'fast/1.csv', 'layout');
    const explanation = await engine.ask('explain', { ...params, features: 10_000 }, never);
    const { features } = (await readEncoder(resolve('models'))).description;
    expect(explanation.of).toBe(2 * features);
    expect(Math.abs(explanation.distance - shown)).toBeLessThan(1e-5);
    expect(Math.abs(sum(explanation.channels!) - shown)).toBeLessThan(1e-5);
    expect(Math.abs(sum(explanation.features.map(({ part }) => part)) - shown)).toBeLessThan(1e-5);
    const timeline = await engine.ask(
      'timeline',
      { ...params, columns: 77, querySpan: null, matchSpan: null, channels: [0, 1, 7] },
      never,
    );
    for (const strip of [timeline.query, timeline.match]) {
      expect(Math.abs(sum(strip.costs) - shown)).toBeLessThan(1e-5);
      expect(strip.channels.map(({ index }) => index)).toEqual([0, 1]);
      strip.channels.forEach(({ costs }, c) => {
        expect(sum(costs)).toBeCloseTo(explanation.channels![c]!, 5);
        expect(strip.sums[c]).toBeCloseTo(explanation.channels![c]!, 5);
      });
    }
    expect(timeline.query).toMatchObject({ steps: 400, span: { start: 0, end: 400 }, comparedSteps: 400 });
    expect(timeline.match.steps).toBe(300);
  });

  it('adds up across layouts too, where no channel has a term of its own but time steps do', async () => {
    const params = pair('other.csv', 'fast/0.csv', 'all');
    const shown = await shownDistance('other.csv', 'fast/0.csv', 'all');
    const explanation = await engine.ask('explain', { ...params, features: 3 }, never);
    expect(explanation.channels).toBeNull();
    expect(explanation.features.map(({ channel }) => channel)).toEqual([null, null, null]);
    expect(Math.abs(explanation.distance - shown)).toBeLessThan(1e-5);
    const { query } = await engine.ask(
      'timeline',
      { ...params, columns: 10, querySpan: null, matchSpan: null, channels: [] },
      never,
    );
    expect(Math.abs(sum(query.sums) - shown)).toBeLessThan(1e-5);
    await expect(engine.ask('explain', { ...pair('other.csv', 'nowhere.csv'), features: 3 }, never)).rejects.toThrow(
      /nowhere\.csv cannot be used/,
    );
  });

  it.each(['query', 'match'] as const)('names the file that cannot be read where it is the %s', async (role) => {
    const asked = { ...pair('slow/0.csv', 'slow/1.csv'), [role]: ref('slow/2.csv') };
    const shown = { ...asked, columns: 7, querySpan: null, matchSpan: null, channels: [0] };
    const unknown = { ...asked, [role]: ref('nowhere.csv'), features: 3 };
    await expect(engine.ask('explain', unknown, never)).rejects.toThrow(/^nowhere\.csv cannot be used/);
    // It is in the index, and vanishes before it is drawn.
    renameSync(workspace.path('slow/2.csv'), workspace.path('slow/away'));
    try {
      const blamed = { kind: 'unreadable', message: expect.stringMatching(/^slow\/2\.csv cannot be used/) as unknown };
      await expect(engine.ask('timeline', shown, never)).rejects.toMatchObject(blamed);
      await expect(engine.ask('align', asked, never)).rejects.toMatchObject(blamed);
    } finally {
      renameSync(workspace.path('slow/away'), workspace.path('slow/2.csv'));
    }
  });

  it('leaves out a channel of weight 0', async () => {
    const params = { ...pair('slow/0.csv', 'fast/0.csv'), weights: [0, 3] };
    const all = await engine.ask('explain', { ...pair('slow/0.csv', 'fast/0.csv'), features: 1 }, never);
    const explanation = await engine.ask('explain', { ...params, features: 1 }, never);
    expect(explanation.channels![0]).toBe(0);
    expect(explanation.distance).toBeCloseTo(2 * all.channels![1]!, 5);
    const request = { ...params, columns: 10, querySpan: { start: 100, end: 200 }, matchSpan: null, channels: [0, 1] };
    const { query } = await engine.ask('timeline', request, never);
    expect(query.sums[0]).toBe(0);
    expect(query.span).toEqual({ start: 100, end: 200 });
    expect(sum(query.compared)).toBeCloseTo(100, 5);
  });

  it('measures the channels that are asked for, and the others when they are', async () => {
    const shared = { columns: 10, querySpan: null, matchSpan: null };
    const params = { ...pair('slow/1.csv', 'fast/2.csv'), ...shared };
    const { channels } = await engine.ask('explain', { ...pair('slow/1.csv', 'fast/2.csv'), features: 1 }, never);
    const [one, both] = await Promise.all([
      engine.ask('timeline', { ...params, channels: [1] }, never),
      engine.ask('timeline', { ...params, channels: [1, 0] }, never),
    ]);
    expect(one.query.sums[0]).toBe(0);
    expect(one.query).toMatchObject({ counted: 2, sums: [0, expect.closeTo(channels![1]!, 5)] });
    for (const { sums } of [both.query, both.match]) {
      expect(sums).toEqual(channels!.map((part) => expect.closeTo(part, 5) as number));
    }
  });

  it('finds passages in which features are strong, drawn from the recording', async () => {
    const request = { ref: ref('slow/0.csv'), count: 2, columns: 20 };
    const features = [
      { channel: 1, feature: 5 },
      { channel: 0, feature: 60 },
      { channel: 9, feature: 0 },
    ];
    const found = await engine.ask('passages', { ...request, features }, never);
    expect(found.map(({ channel, feature }) => [channel, feature])).toEqual([
      [1, 5],
      [0, 60],
    ]);
    for (const { passages } of found) {
      expect(passages.length).toBeGreaterThan(0);
      for (const { start, end, minimum } of passages) {
        expect(start).toBeGreaterThanOrEqual(0);
        expect(end).toBeLessThanOrEqual(400);
        expect(minimum).toHaveLength(20);
      }
    }
  });

  it('refuses to compare the channels of different layouts one by one', async () => {
    workspace.write('one.csv', recording(0.1).replaceAll(/,.*/g, ''));
    await expect(engine.ask('explain', { ...pair('other.csv', 'one.csv'), features: 1 }, never)).rejects.toThrow(
      /different channels/,
    );
  });
});

describe('showing recordings', () => {
  it('gives a part of a recording in finer detail', async () => {
    const whole = await engine.ask('series', { ref: ref('slow/0.csv'), span: null, columns: 50, channels: [1] }, never);
    expect(whole).toMatchObject({ steps: 400, span: { start: 0, end: 400 }, channels: [{ index: 1, name: 'y' }] });
    const span = { start: 100, end: 140 };
    const part = await engine.ask('series', { ref: ref('slow/0.csv'), span, columns: 50, channels: [1, 0, 5] }, never);
    expect(part.channels.map(({ index }) => index)).toEqual([1, 0]);
    expect(part.channels[0]!.minimum).toHaveLength(40);
    expect(part.channels[0]!.minimum).toEqual(part.channels[0]!.maximum);
    const rows = readFileSync(workspace.path('slow/0.csv'), 'utf8').split('\n').slice(101, 141);
    expect(part.channels[0]!.minimum).toEqual(rows.map((row) => Math.fround(Number(row.split(',')[1]))));
    const beyond = await engine.ask(
      'series',
      { ref: ref('slow/0.csv'), span: { start: 390, end: 9e9 }, columns: 9, channels: [0] },
      never,
    );
    expect(beyond.span).toEqual({ start: 390, end: 400 });
  });

  it('aligns two recordings', async () => {
    const lines = readFileSync(workspace.path('slow/1.csv'), 'utf8').split('\n');
    const cut = workspace.write('cut.csv', [lines[0], ...lines.slice(1 + 137)].join('\n'));
    const { lag, unit, correlation } = await engine.ask(
      'align',
      { ...pair('slow/1.csv', 'cut.csv'), match: { path: cut, number: 0 } },
      never,
    );
    expect({ lag, unit }).toEqual({ lag: 137, unit: 'steps' });
    expect(correlation).toBeGreaterThan(0.9);
  });
});

describe('what distances mean', () => {
  it('is learnt from all pairs of the layout, with their labels', async () => {
    const { pairs, exact, distances, labels } = await engine.ask(
      'calibration',
      { query: ref('slow/0.csv'), scope: 'layout', weights: null },
      never,
    );
    expect({ pairs, exact }).toEqual({ pairs: 15, exact: true });
    expect([...distances].sort((a, b) => a - b)).toEqual(distances);
    const found = await engine.ask('search', { query: ref('slow/0.csv'), scope: 'layout', limit: 20 }, never);
    expect(distances).toContain(found.matches[0]!.distance);
    expect(labels!.pairs).toEqual([...Array(15).keys()].map((i) => i + 1));
    // Recordings of one frequency are nearer to one another than to any other.
    expect(labels!.same.slice(0, 6)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(labels!.same.at(-1)).toBe(6);
  });

  it('takes other layouts in, and follows the weights', async () => {
    const all = await engine.ask('calibration', { query: ref('slow/0.csv'), scope: 'all', weights: null }, never);
    expect(all.pairs).toBe(21);
    const weighted = await engine.ask(
      'calibration',
      { query: ref('slow/0.csv'), scope: 'layout', weights: [1, 0] },
      never,
    );
    expect(weighted.pairs).toBe(15);
    expect(weighted.distances).not.toEqual(all.distances);
  });

  it('says nothing where nothing can be said', async () => {
    const alone = await engine.ask('calibration', { query: ref('other.csv'), scope: 'layout', weights: null }, never);
    expect(alone).toEqual({ pairs: 0, exact: true, distances: [], labels: null });
  });
});
