import { readdirSync, readFileSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { cacheFolder } from '../../../../src/core/index/store/cacheFolder';
import { recording, testBed, type TestWorkspace } from '../workspace';
import { all, ready, until, writeMany } from './ready';

const bed = testBed();

const signal = new AbortController().signal;

function keptFiles({ storage }: TestWorkspace): readonly string[] {
  const folder = cacheFolder(storage);
  return readdirSync(folder)
    .filter((name) => name.startsWith('overview-'))
    .map((name) => join(folder, name));
}

describe('overviews', () => {
  it('finds neighbours, settles a map, and says what is shown of every sequence', async () => {
    const { workspace, tested } = bed;
    writeMany(workspace, 24);
    workspace.write('labels.csv', 'path,label\n0/0.csv,slow\n');
    const engine = await tested.open(workspace);
    const stages = new Set<string>();
    await until(engine, ({ stage }) => {
      stages.add(stage);
      return stage === 'ready';
    });
    expect([...stages]).toEqual(expect.arrayContaining(['neighbours', 'map', 'ready']));
    const points = await engine.ask('overviewPoints', all);
    expect(points.paths).toHaveLength(24);
    expect([...points.folders.texts].sort()).toEqual(['0', '1', '2']);
    for (const list of [points.x, points.y, points.nearest, points.number, points.steps]) expect(list).toHaveLength(24);
    for (const value of [...points.x, ...points.y]) expect(Math.abs(value)).toBeLessThanOrEqual(1);
    expect(points.quality?.trustworthiness).toBeGreaterThan(0.5);
    const slow = points.labels.of.findIndex((number) => points.labels.texts[number] === 'slow');
    expect(points.files.texts[points.files.of[slow] ?? -1]).toBe('0/0.csv');
    expect(points.paths[points.files.of[slow] ?? -1]).toBe(workspace.path('0/0.csv'));
    const { x, y } = await engine.ask('overviewPlaces', all);
    expect({ x, y }).toEqual({ x: points.x, y: points.y });
    // What is nearest here is nearest in a search.
    const number = points.files.of[5] ?? 0;
    const found = await engine.ask('search', {
      query: { path: points.paths[number] ?? '', number: 0 },
      scope: 'all',
      limit: 1,
    });
    expect(found.matches[0]?.distance).toBe(points.nearest[5]);
  });

  it('gives places to one recording, to two equal ones, and to many equal ones', async () => {
    const { workspace, tested } = bed;
    const asked = { layout: '["x","y"]' };
    workspace.write('0.csv', recording(0.1));
    const engine = await tested.open(workspace);
    await ready(engine, asked);
    expect(await engine.ask('overviewPoints', asked)).toMatchObject({ x: [0], y: [0], nearest: [], quality: null });
    for (const count of [2, 40]) {
      for (let i = 1; i < count; i++) workspace.write(`${i}.csv`, recording(0.1));
      await tested.engine.use(({ indexing }) => {
        indexing.scan();
      });
      await engine.indexed();
      await ready(engine, asked);
      const { x, y, nearest, quality } = await engine.ask('overviewPoints', asked);
      expect(x).toHaveLength(count);
      expect([...x, ...y].every(Number.isFinite)).toBe(true);
      expect(nearest.every((distance) => distance === 0)).toBe(true);
      expect(quality).not.toBeNull();
    }
  });

  it('follows files that come and go without moving the others', async () => {
    const { workspace, tested } = bed;
    writeMany(workspace, 20);
    const engine = await tested.open(workspace);
    const before = await ready(engine);
    const old = await engine.ask('overviewPoints', all);
    unlinkSync(workspace.path('0/3.csv'));
    writeMany(workspace, 2, 20);
    await engine.use(({ indexing }) => {
      indexing.scan();
    });
    await engine.indexed();
    const after = await ready(engine);
    expect(after.sequences).toBe(21);
    expect(after.version).toBeGreaterThan(before.version);
    const points = await engine.ask('overviewPoints', all);
    expect(points.paths).not.toContain(workspace.path('0/3.csv'));
    points.paths.forEach((path, i) => {
      const at = old.paths.indexOf(path);
      if (at >= 0) expect([points.x[i], points.y[i]]).toEqual([old.x[at], old.y[at]]);
    });
    expect(points.x.every(Number.isFinite)).toBe(true);
  });

  it('begins with what the session before kept, and makes it again when it is damaged', async () => {
    const { workspace, tested } = bed;
    writeMany(workspace, 20);
    const first = await tested.open(workspace);
    await ready(first);
    const points = await first.ask('overviewPoints', all);
    await first.close();
    const second = bed.newEngine();
    const again = await second.open(workspace);
    await ready(again);
    expect((await again.ask('overviewPoints', all)).x).toEqual(points.x);
    // No picture but that of the places which were kept.
    expect((await again.ask('overviewPlaces', all)).picture).toBe(1);
    await again.close();
    const [path = ''] = keptFiles(workspace);
    const bytes = readFileSync(path);
    bytes[bytes.length >> 1]! ^= 255;
    writeFileSync(path, bytes);
    const third = bed.newEngine();
    const anew = await third.open(workspace);
    await ready(anew);
    expect(third.log.map(({ text }) => text).join()).toContain('it is made again');
    expect((await anew.ask('overviewPlaces', all)).picture).toBeGreaterThan(1);
    expect((await anew.ask('overviewPoints', all)).nearest.toString()).toBe(points.nearest.toString());
  });

  it('pauses, tells so after a restart, and goes on', async () => {
    const { workspace, tested } = bed;
    writeMany(workspace, 20);
    const first = await tested.open(workspace);
    expect(await first.ask('overviewPause', { ...all, paused: true })).toMatchObject({ paused: true });
    await first.close();
    const engine = await bed.newEngine().open(workspace);
    expect(await until(engine, ({ paused }) => paused)).toMatchObject({ stage: 'neighbours', secondsLeft: null });
    await engine.ask('overviewPause', { ...all, paused: false });
    expect(await ready(engine)).toMatchObject({ paused: false, sequences: 20 });
  });

  it('is one overview for all who ask at the same time', async () => {
    const { workspace, tested } = bed;
    writeMany(workspace, 12);
    const engine = await tested.open(workspace);
    const [a, b, points] = await Promise.all([
      ready(engine),
      ready(engine, { layout: '["x","y"]' }),
      engine.ask('overviewPoints', all),
      engine
        .ask('overviewPause', { ...all, paused: true })
        .then(() => engine.ask('overviewPause', { ...all, paused: false })),
    ]);
    expect(points.x).toHaveLength(0);
    expect([a.sequences, b.sequences]).toEqual([12, 12]);
    expect(await engine.ask('overviewPoints', all)).toEqual(
      await engine.use(({ overviews }) => overviews.points(all, signal)),
    );
  });

  it('hands out the graph once it is complete, to several who wait, and refuses where it is paused', async () => {
    const { workspace, tested } = bed;
    writeMany(workspace, 12);
    const engine = await tested.open(workspace);
    const ask = () => engine.use(({ overviews }, closed) => overviews.graphOf(null, closed));
    const [a, b] = await Promise.all([ask(), ask()]);
    expect(a.graph).toBe(b.graph);
    expect(a.graph).toMatchObject({ k: 11 });
    expect((await ask()).graph).toBe(a.graph);
    const asked = { layout: '["x","y"]' };
    await engine.ask('overviewPause', { ...asked, paused: true });
    await expect(engine.use(({ overviews }) => overviews.graphOf(asked.layout, signal))).rejects.toThrow('is paused');
    await engine.ask('overviewPause', { ...asked, paused: false });
    const gone = new AbortController();
    gone.abort(new Error('nobody waits'));
    await expect(engine.use(({ overviews }) => overviews.graphOf(asked.layout, gone.signal))).rejects.toThrow('nobody');
  });

  it('says that the index is not complete', async () => {
    const { workspace, tested } = bed;
    writeMany(workspace, 30);
    const opening = tested.open(workspace);
    await tested.eventually(({ state }) => state === 'indexing').catch(() => undefined);
    const { stage } = await tested.engine.ask('overview', all);
    expect(stage).toBe('indexing');
    const engine = await opening;
    expect(await ready(engine)).toMatchObject({ sequences: 30 });
  });

  it('is empty once its layout has disappeared, and forgets everything with the cache', async () => {
    const { workspace, tested } = bed;
    const asked = { layout: '["x","y"]' };
    writeMany(workspace, 6);
    const engine = await tested.open(workspace);
    await ready(engine, asked);
    while (keptFiles(workspace).length === 0) await new Promise(setImmediate);
    await engine.ask('clear', {});
    expect(keptFiles(workspace)).toHaveLength(0);
    expect(await ready(engine, asked)).toMatchObject({ sequences: 0, total: 0 });
    expect(await engine.ask('overviewPoints', asked)).toMatchObject({ paths: [], x: [], nearest: [] });
    expect(await ready(engine, { layout: 'none' })).toMatchObject({ sequences: 0 });
  });

  it('ends while a map settles', async () => {
    const { workspace, tested } = bed;
    writeMany(workspace, 40);
    const engine = await tested.open(workspace);
    await until(engine, ({ stage }) => stage === 'map');
    await engine.close();
    const again = await bed.newEngine().open(workspace);
    await again.ask('overview', all);
    expect(await ready(again)).toMatchObject({ sequences: 40 });
  });
});
