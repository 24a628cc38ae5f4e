import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { writeEncoder } from '../../../../src/core/training/trainer/encoderFile';
import { untrainedEncoder } from '../../../../src/dev/untrainedEncoder';
import { recording, testBed } from '../workspace';
import { all, ready, writeMany } from './ready';

const bed = testBed();

describe('an overview', () => {
  it('knows where another encoder had placed its points, begins there, and goes back to what was kept', async () => {
    const { workspace, tested } = bed;
    writeMany(workspace, 20);
    workspace.write('labels.csv', `path,label\n${[0, 7, 1, 8].map((i) => `${i % 3}/${i}.csv,${i % 7}`).join('\n')}\n`);
    const first = await tested.open(workspace);
    await ready(first);
    const points = await first.ask('overviewPoints', all);
    expect(await first.ask('overviewBefore', all)).toBeNull();
    await first.close();
    const models = join(workspace.storage, 'untrained');
    await writeEncoder(models, untrainedEncoder());
    const second = await bed.newEngine().open(workspace, {}, false, models);
    await ready(second);
    workspace.write('2/20.csv', recording(0.1, { steps: 120 }));
    await second.use(({ indexing }) => {
      indexing.scan();
    });
    await second.indexed();
    const { version } = await ready(second);
    const now = await second.ask('overviewPoints', all);
    const before = await second.ask('overviewBefore', all);
    expect(before).toMatchObject({ version, agreeing: { before: 1, now: expect.any(Number) as number } });
    now.paths.forEach((path, i) => {
      const at = points.paths.indexOf(path);
      expect([before?.x[i], before?.y[i]]).toEqual(at < 0 ? [null, null] : [points.x[at], points.y[at]]);
    });
    await second.close();
    const third = await bed.newEngine().open(workspace);
    await ready(third);
    expect((await third.ask('overviewPlaces', all)).picture).toBeLessThanOrEqual(2);
  });

  it('tells how far all points are from one', async () => {
    const { workspace, tested } = bed;
    writeMany(workspace, 12);
    const engine = await tested.open(workspace);
    const asked = { layout: null, sequence: { path: workspace.path('1/4.csv'), number: 0 } };
    const { version } = await ready(engine);
    const { paths } = await engine.ask('overviewPoints', all);
    const told = await engine.ask('overviewDistances', asked);
    const { matches } = await engine.ask('search', { query: asked.sequence, scope: 'all', limit: 20 });
    const expected = paths.map((path) => matches.find(({ sequence }) => sequence.ref.path === path)?.distance ?? 0);
    expect(told).toEqual({ version, distances: expected });
    const gone = { layout: null, sequence: { path: workspace.path('1/40.csv'), number: 0 } };
    await expect(engine.ask('overviewDistances', gone)).rejects.toThrow('not in the index any more');
  });
});
