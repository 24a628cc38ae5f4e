import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Places } from '../../../src/engine/places';
import { recording, testBed } from './workspace';

let base: string;
let folder: string;

beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'kindred-places-'));
  folder = join(base, 'folder');
});

afterEach(() => {
  rmSync(base, { recursive: true, force: true });
});

function make(name = 'folder'): void {
  mkdirSync(join(base, name));
  writeFileSync(join(base, name, 'a'), '');
}

describe('the places of a workspace', () => {
  it('are there, go, and come back', async () => {
    const places = new Places([folder]);
    expect([await places.look(), places.away]).toEqual([true, [folder]]);
    make();
    expect([await places.look(), places.away]).toEqual([true, []]);
    expect(await places.look()).toBe(false);
    renameSync(folder, `${folder}-gone`);
    expect([await places.look(), places.away]).toEqual([true, [folder]]);
    expect(await places.look()).toBe(false);
  });

  it('are away while an empty folder is in their place, as one in which a disk was mounted', async () => {
    const places = new Places([folder]);
    make();
    expect([await places.look(), places.away]).toEqual([false, []]);
    renameSync(folder, `${folder}-unmounted`);
    mkdirSync(folder);
    expect([await places.look(), places.isAway(folder)]).toEqual([true, true]);
    rmSync(folder, { recursive: true });
    renameSync(`${folder}-unmounted`, folder);
    expect([await places.look(), places.isAway(folder)]).toEqual([true, false]);
  });

  it('are others when another folder comes in their place', async () => {
    const places = new Places([folder]);
    make();
    await places.look();
    make('other');
    renameSync(folder, `${folder}-old`);
    renameSync(join(base, 'other'), folder);
    expect([await places.look(), places.away]).toEqual([true, []]);
  });
});

describe('a folder that is away', () => {
  const bed = testBed();

  it('keeps what is known of it, tells so, and is followed again when it is back', async () => {
    const { workspace, tested } = bed;
    for (const name of ['a.csv', 'b.csv']) workspace.write(name, recording(name === 'a.csv' ? 0.1 : 0.3));
    const engine = await tested.open(workspace, {}, true);
    await tested.eventually(({ state, sequences }) => state === 'ready' && sequences === 2);
    renameSync(workspace.folder, `${workspace.folder}-away`);
    await tested.eventually(({ state, problem }) => state === 'ready' && problem !== null);
    const { problem, sequences } = await engine.ask('status', {});
    expect([problem, sequences]).toEqual([expect.stringMatching(/^\S+ cannot be read at the moment/), 2]);
    renameSync(`${workspace.folder}-away`, workspace.folder);
    await tested.eventually(({ state, problem }) => state === 'ready' && problem === null);
    await engine.indexed();
    workspace.write('c.csv', recording(0.4));
    await tested.eventually(({ state, sequences }) => state === 'ready' && sequences === 3);
    expect((await engine.ask('diagnostics', {})).filesEncoded).toBe(3);
  });
});
