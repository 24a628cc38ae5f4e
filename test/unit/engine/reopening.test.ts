import { beforeEach, expect, it } from 'vitest';
import type { SearchResult } from '../../../src/protocol/engine';
import { recording, testBed } from './workspace';

const bed = testBed();
beforeEach(() => {
  bed.workspace.write('slow/a.csv', recording(0.1));
  bed.workspace.write('slow/b.csv', recording(0.1, { phase: 1 }));
  bed.workspace.write('fast/c.csv', recording(0.9));
});

function search(name: string): Promise<SearchResult> {
  return bed.tested.engine.ask('search', {
    query: { path: bed.workspace.path(name), number: 0 },
    scope: 'layout',
    limit: 9,
  });
}

it('answers what a change of settings cuts short, and loses no change of several at once', async () => {
  const engine = await bed.tested.open(bed.workspace);
  bed.workspace.write('.hidden/query.csv', recording(0.9, { phase: 3, steps: 20_000 }));
  const asked = search('.hidden/query.csv');
  const changes = [
    engine.ask('configure', { settings: { ...bed.tested.settings, maximumSteps: 64 } }),
    engine.ask('configure', { folders: [{ name: 'slow', path: bed.workspace.path('slow') }] }),
  ];
  expect((await asked).query.file).toContain('query.csv');
  await Promise.all(changes);
  await engine.indexed();
  expect(await engine.ask('status', {})).toMatchObject({ total: 2, sequences: 2 });
  expect((await search('slow/a.csv')).query.covered).toBeCloseTo(64 / 200, 2);
});

it('reads nothing of a paused workspace that is opened again, until the user resumes', async () => {
  const engine = await bed.tested.open(bed.workspace);
  await engine.ask('pause', {});
  const changed = await engine.ask('configure', { settings: { ...bed.tested.settings, maximumSteps: 64 } });
  expect(changed.state).toBe('paused');
  await engine.ask('configure', { folders: [{ name: 'slow', path: bed.workspace.path('slow') }] });
  await bed.tested.eventually(({ total }) => total === 2);
  expect(await engine.ask('status', {})).toMatchObject({ state: 'paused', done: 0 });
  expect((await engine.ask('diagnostics', {})).filesEncoded).toBe(0);
  await engine.ask('resume', {});
  await engine.indexed();
  expect(await engine.ask('status', {})).toMatchObject({ state: 'ready', sequences: 2 });
});
