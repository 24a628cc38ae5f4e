import { rmSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { plainArrangement, type Listing, type SequenceRef } from '../../../src/protocol/engine';
import { recording, testBed } from './workspace';

const bed = testBed();

const asked = { scope: 'layout', weights: null, arrangement: plainArrangement, from: 0, count: 10 } as const;

function fill(): SequenceRef {
  for (let i = 0; i < 4; i++) bed.workspace.write(`r${i}.csv`, recording(0.1 + 0.02 * i));
  bed.workspace.write('labels.csv', 'path,label\nr1.csv,even\n');
  return { path: bed.workspace.path('r0.csv'), number: 0 };
}

async function openWatched() {
  const engine = await bed.tested.open(bed.workspace, {}, true);
  await engine.indexed();
  await bed.tested.eventually(({ state, sequences }) => state === 'ready' && sequences === 4);
  return engine;
}

const labelsOf = ({ items }: Listing) => items.map((item) => (item.kind === 'match' ? item.sequence.label : ''));

describe('the changes that are counted', () => {
  it('are of files whose content is another, and of lines of labels.csv that are others', async () => {
    fill();
    const engine = await openWatched();
    const { changes } = await engine.ask('status', {});
    // Written anew with the same content: later ones show that these counted for nothing.
    bed.workspace.write('r1.csv', recording(0.12));
    bed.workspace.write('labels.csv', 'path,label\nr1.csv,even\n');
    bed.workspace.write('r4.csv', recording(0.5));
    await bed.tested.eventually(({ state, sequences }) => state === 'ready' && sequences === 5);
    const added = (await engine.ask('status', {})).changes;
    expect(added).toEqual({ ...changes, files: changes.files + 1 });
    bed.workspace.write('r2.csv', recording(0.9));
    rmSync(bed.workspace.path('r4.csv'));
    bed.workspace.write('labels.csv', 'path,label\nr1.csv,odd\n');
    await bed.tested.eventually(({ changes: now }) => now.files === added.files + 2 && now.labels === added.labels + 1);
  });

  it('are none of what the session before knew', async () => {
    fill();
    const first = await bed.tested.open(bed.workspace);
    const { changes } = await first.ask('status', {});
    expect(changes.files).toBe(4);
    await first.close();
    const second = await bed.newEngine().open(bed.workspace);
    const again = (await second.ask('status', {})).changes;
    expect(again.files).toBe(0);
    expect(again.opening).not.toBe(changes.opening);
  });
});

describe('a list', () => {
  it('has the labels of now at once, also where it is sorted by them', async () => {
    const query = fill();
    const engine = await bed.tested.open(bed.workspace);
    const listing = await engine.ask('rank', { ...asked, query });
    expect(labelsOf(listing)).toEqual(['even', null, null]);
    const targets = [{ path: bed.workspace.path('r3.csv'), number: 0 }];
    await engine.ask('setLabel', { targets, label: 'new' });
    const { ranking } = listing;
    expect(labelsOf(await engine.ask('list', { ...asked, ranking }))).toEqual(['even', null, 'new']);
    const arrangement = { ...plainArrangement, sorting: { key: 'label', descending: true } } as const;
    expect(labelsOf(await engine.ask('list', { ...asked, ranking, arrangement }))).toEqual(['new', 'even', null]);
    await engine.ask('undoLabels', {});
    expect(labelsOf(await engine.ask('list', { ...asked, ranking, arrangement }))).toEqual(['even', null, null]);
  });

  it('says where a match stands, on the part that is asked for or beyond it', async () => {
    const query = fill();
    const engine = await bed.tested.open(bed.workspace);
    const find = { path: bed.workspace.path('r3.csv'), number: 0 };
    const listing = await engine.ask('rank', { ...asked, query, find });
    expect(listing.found).toBe(2);
    const short = await engine.ask('rank', { ...asked, query, find, count: 1 });
    expect([short.found, short.items.length]).toEqual([2, 1]);
    const { ranking } = listing;
    expect((await engine.ask('list', { ...asked, ranking, find: query })).found).toBeNull();
    expect(await engine.ask('list', { ...asked, ranking })).not.toHaveProperty('found');
  });

  it('can be made again after the file of the query is deleted, and says so', async () => {
    const query = fill();
    const engine = await openWatched();
    const before = await engine.ask('rank', { ...asked, query });
    rmSync(query.path);
    await bed.tested.eventually(({ state, sequences }) => state === 'ready' && sequences === 3);
    const after = await engine.ask('rank', { ...asked, query });
    expect(after.items).toEqual(before.items);
    expect(after.candidates).toBe(3);
    expect(after.query.notes).toEqual(['The file is no longer there. It is compared as it was.']);
    expect((await engine.ask('rank', { ...asked, query, weights: [1, 0] })).items).toHaveLength(3);
    const never = { path: bed.workspace.path('never.csv'), number: 0 };
    await expect(engine.ask('rank', { ...asked, query: never })).rejects.toThrow('never.csv');
  });
});
