import { appendFileSync, utimesSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { recording, testBed, type TestEngine } from './workspace';

const bed = testBed();

async function nearest(tested: TestEngine, name: string) {
  const query = { path: bed.workspace.path(name), number: 0 };
  const { matches } = await tested.engine.ask('search', { query, scope: 'layout', limit: 5 });
  return matches.map(({ sequence, distance }) => [sequence.file, distance]);
}

describe('two engines of one folder', () => {
  it('do nothing twice, and give the same', async () => {
    const files = 12;
    for (let i = 0; i < files; i++) bed.workspace.write(`r${i}.csv`, recording(0.03 * (i + 1)));
    const [one, other] = [bed.tested, bed.newEngine()];
    await Promise.all([one.open(bed.workspace), other.open(bed.workspace)]);
    const counts = await Promise.all([one, other].map(({ engine }) => engine.ask('diagnostics', {})));
    expect(counts.reduce((sum, { filesEncoded }) => sum + filesEncoded, 0)).toBe(files);
    expect(await nearest(other, 'r3.csv')).toEqual(await nearest(one, 'r3.csv'));
  });

  it('both follow when one of them gives a layout another scale', async () => {
    for (let i = 0; i < 3; i++) bed.workspace.write(`r${i}.csv`, recording(0.1 * (i + 1)));
    const [one, other] = [bed.tested, bed.newEngine()];
    await Promise.all([one.open(bed.workspace, {}, true), other.open(bed.workspace, {}, true)]);
    await Promise.all([one, other].map(({ engine }) => engine.indexed()));
    for (let i = 3; i < 9; i++) bed.workspace.write(`r${i}.csv`, recording(0.1 * i, { level: 500 * i }));
    await Promise.all(
      [one, other].map((each) => each.eventually(({ state, sequences }) => state === 'ready' && sequences === 9)),
    );
    await Promise.all([one, other].map(({ engine }) => engine.indexed()));
    expect(await nearest(other, 'r1.csv')).toEqual(await nearest(one, 'r1.csv'));
  });

  it('are not held up by one that is paused', async () => {
    bed.workspace.write('a.csv', recording(0.1));
    const [one, other] = [bed.tested, bed.newEngine()];
    await one.open(bed.workspace, {}, true);
    await one.engine.ask('pause', {});
    await other.open(bed.workspace);
    expect((await other.engine.ask('status', {})).sequences).toBe(1);
  });
});

describe('a file that another process has indexed', () => {
  it('is looked at again when it changes', async () => {
    const path = bed.workspace.write('a.csv', recording(0.1));
    await bed.tested.open(bed.workspace);
    appendFileSync(path, '0.1,0.2\n');
    utimesSync(path, new Date(), new Date());
    const other = bed.newEngine();
    await other.open(bed.workspace);
    expect((await other.engine.ask('diagnostics', {})).filesEncoded).toBe(1);
  });
});
