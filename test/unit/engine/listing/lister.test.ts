import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  plainArrangement,
  type Arrangement,
  type Listing,
  type ListParams,
  type RankParams,
} from '../../../../src/protocol/engine';
import { recording, TestEngine, TestWorkspace } from '../workspace';

const never = new AbortController().signal;
const count = 30;
let workspace: TestWorkspace;
let tested: TestEngine;

beforeAll(async () => {
  workspace = new TestWorkspace();
  for (let i = 0; i < count; i++) workspace.write(`g${i % 3}/r${i}.csv`, recording(0.1 + 0.02 * i));
  workspace.write('other.csv', 'q\n' + Array.from({ length: 100 }, (_, t) => Math.sin(t)).join('\n'));
  workspace.write('labels.csv', 'path,label\ng0/r3.csv,odd\n');
  tested = new TestEngine();
  await tested.open(workspace);
});

afterAll(async () => {
  await tested.engine.close();
  workspace.remove();
});

const query = () => ({ path: workspace.path('g0/r0.csv'), number: 0 });

function rank(more: Partial<RankParams> = {}, arrangement: Partial<Arrangement> = {}): Promise<Listing> {
  return tested.engine.ask('rank', {
    query: query(),
    scope: 'layout',
    weights: null,
    arrangement: { ...plainArrangement, ...arrangement },
    from: 0,
    count: 10,
    ...more,
  });
}

function list(
  { ranking }: Listing,
  { from = 0, count = 100 }: Partial<ListParams> = {},
  arrangement: Partial<Arrangement> = {},
): Promise<Listing> {
  return tested.engine.ask('list', { ranking, arrangement: { ...plainArrangement, ...arrangement }, from, count });
}

async function scanAgain(): Promise<void> {
  await tested.engine.ask('rebuild', {});
  await tested.engine.indexed();
}

const ranksOf = ({ items }: Listing) => items.map((item) => (item.kind === 'match' ? item.rank : item.name));
const filesOf = ({ items }: Listing) => items.flatMap((item) => (item.kind === 'match' ? [item.sequence.file] : []));

describe('a list', () => {
  it('gives the same matches as a search, part by part', async () => {
    const whole = await tested.engine.ask(
      'search',
      { query: { path: workspace.path('g0/r0.csv'), number: 0 }, scope: 'layout', limit: 100 },
      never,
    );
    const first = await rank();
    expect(first).toMatchObject({ length: count - 1, matching: count - 1, candidates: count - 1, elsewhere: 1 });
    const rest = await list(first, { from: 10 });
    const items = [...first.items, ...rest.items];
    expect(items).toEqual(whole.matches.map((match) => ({ kind: 'match', ...match })));
    expect(first.nearest).toBe(whole.matches[0]?.distance);
    expect(first.farthest).toBeGreaterThan(first.nearest);
    expect(first.farthest).toBeLessThanOrEqual(whole.matches.at(-1)!.distance * 1.00001);
    expect(first.labelled).toBe(true);
  });

  it('stays as it is while it is read, until a fresh one is asked for', async () => {
    const before = await rank();
    const added = workspace.write('g0/added.csv', recording(0.1));
    await scanAgain();
    const rest = await list(before, { from: 10 });
    expect([...filesOf(before), ...filesOf(rest)]).not.toContain('g0/added.csv');
    expect(filesOf(await rank({ count: 100 }))).toContain('g0/added.csv');
    rmSync(added);
    await scanAgain();
    expect(filesOf(await rank({ count: 100 }))).not.toContain('g0/added.csv');
  });

  it('is filtered, sorted and grouped, with the ranks of the whole ranking', async () => {
    const all = await rank({ count: 100 });
    const filter = { ...plainArrangement.filter, path: 'g1/**' };
    const filtered = await list(all, {}, { filter });
    expect(filtered.matching).toBe(10);
    expect(filtered.candidates).toBe(count - 1);
    const expected = all.items.filter((item) => item.kind === 'match' && item.sequence.file.startsWith('g1/'));
    expect(filtered.items).toEqual(expected);
    const byName = await rank({ count: 3 }, { sorting: { key: 'name', descending: true } });
    expect(filesOf(byName)).toEqual(['g2/r29.csv', 'g1/r28.csv', 'g0/r27.csv']);
    const groups = await rank({ count: 100 }, { grouping: 'folder', collapsed: ['g0', 'g1', 'g2'] });
    const counts = groups.items.map((item) => (item.kind === 'group' ? item.count : NaN));
    expect(counts.sort((a, b) => a - b)).toEqual([9, 10, 10]);
    expect(groups).toMatchObject({ length: 3, matching: count - 1 });
  });

  it('follows the weights of the channels, and ignores weights that do not fit', async () => {
    const alike = await rank({ count: 100 });
    const onlyX = await rank({ count: 100, weights: [1, 0] });
    const onlyY = await rank({ count: 100, weights: [0, 2] });
    expect(onlyX.weights).toEqual([1, 0]);
    const distance = (listing: Listing, file: string) =>
      listing.items.find((item) => item.kind === 'match' && item.sequence.file === file) as { distance: number };
    for (const file of filesOf(alike)) {
      const mean = (distance(onlyX, file).distance + distance(onlyY, file).distance) / 2;
      expect(distance(alike, file).distance).toBeCloseTo(mean, 9);
    }
    for (const weights of [[1], [0, 0], [3, 3]]) {
      const listing = await rank({ count: 100, weights });
      expect(listing.weights).toBeNull();
      expect(ranksOf(listing)).toEqual(ranksOf(alike));
    }
    expect((await rank({ scope: 'all', weights: [1, 0], count: 100 })).weights).toBeNull();
  });

  it('takes no weights that are none', async () => {
    for (const weights of [
      [-1, 2],
      [NaN, 1],
    ]) {
      await expect(rank({ weights })).rejects.toMatchObject({ kind: 'invalid' });
    }
  });

  it('is refused as gone once newer rankings have taken its place, or the workspace was opened again', async () => {
    const first = await rank();
    for (let other = 0; other < 4; other++) await rank();
    await expect(list(first, { from: 10 })).rejects.toMatchObject({ kind: 'gone' });
    const last = await rank();
    await tested.engine.ask('configure', { settings: { ...tested.settings, threads: 2 } });
    await tested.engine.indexed();
    await expect(list(last, { from: 10 })).rejects.toMatchObject({ kind: 'gone' });
    await expect(list({ ...last, ranking: 'never made' })).rejects.toMatchObject({ kind: 'gone' });
  });

  it('stays when nothing of the workspace changes', async () => {
    const first = await rank();
    await tested.engine.ask('configure', { settings: { ...tested.settings, threads: 2 } });
    expect((await list(first, { from: 10 })).items).toHaveLength(count - 1 - 10);
  });

  it('of all layouts holds the others too', async () => {
    const listing = await rank({ scope: 'all', count: 5 });
    expect(listing).toMatchObject({ candidates: count, length: count, elsewhere: 1 });
    expect((await list(listing, { from: 5 })).items).toHaveLength(count - 5);
  });
});

describe('a list by several sequences', () => {
  const refs = (...files: string[]) => files.map((file) => ({ path: workspace.path(file), number: 0 }));
  const none = { queries: [], more: [], less: [], by: 'nearest' as const };
  const distancesOf = ({ items }: Listing) =>
    new Map(items.flatMap((item) => (item.kind === 'match' ? [[item.sequence.file, item] as const] : [])));

  it('leaves the queries out, keeps the marked ones, and scores as it says', async () => {
    const set = { ...none, queries: refs('g1/r1.csv'), more: refs('g2/r29.csv'), less: refs('g0/r15.csv') };
    const listing = await rank({ count: 100, set });
    expect(listing).toMatchObject({ candidates: count - 2, length: count - 2, scope: 'layout' });
    expect(listing.set).toMatchObject({ mixed: false, by: 'nearest', more: [{ file: 'g2/r29.csv' }] });
    const [first, second] = await Promise.all([
      rank({ count: 100 }),
      rank({ count: 100, query: refs('g1/r1.csv')[0]! }),
    ]);
    const third = distancesOf(await rank({ count: 100, query: refs('g2/r29.csv')[0]! }));
    const less = distancesOf(await rank({ count: 100, query: refs('g0/r15.csv')[0]! }));
    for (const [file, found] of distancesOf(listing)) {
      const wanted = [distancesOf(first), distancesOf(second), third].map((of) => of.get(file)?.distance ?? 0);
      const own = Math.min(...wanted);
      const other = less.get(file)?.distance ?? 0;
      expect(found.distance).toBeCloseTo(own + Math.max(0, own - other) / 2, 9);
      expect(found.nearest?.distance).toBe(own);
      expect(wanted[found.nearest!.wanted]).toBe(own);
    }
    expect(listing.items[0]).toMatchObject({ distance: 0, sequence: { file: 'g2/r29.csv' } });
  });

  it('of different channels compares all layouts, and says so', async () => {
    const listing = await rank({ count: 100, set: { ...none, queries: refs('other.csv') } });
    expect(listing).toMatchObject({ scope: 'all', candidates: count - 1, set: { mixed: true } });
    expect(listing.weights).toBeNull();
    const facets = await tested.engine.ask('facets', {
      query: query(),
      set: { ...none, queries: refs('other.csv') },
      scope: 'layout',
    });
    expect(facets.formats).toEqual([{ value: 'delimited', count: count - 1 }]);
  });

  it('that names a file which is not there says which, and one of too many is refused', async () => {
    const missing = { ...none, less: refs('gone.csv') };
    await expect(rank({ set: missing })).rejects.toThrow(/gone\.csv/);
    const many = { ...none, queries: Array.from({ length: 65 }, () => query()) };
    await expect(rank({ set: many })).rejects.toMatchObject({ kind: 'invalid' });
  });
});

describe('what there is', () => {
  it('to filter by is counted among the candidates', async () => {
    const facets = await tested.engine.ask('facets', { query: query(), scope: 'all' });
    expect(facets.labels).toEqual([
      { value: null, count: count - 1 },
      { value: 'odd', count: 1 },
    ]);
    expect(facets.formats).toEqual([{ value: 'delimited', count }]);
  });

  it('in the index is told by layout', async () => {
    const layouts = await tested.engine.ask('layouts', {});
    expect(layouts).toMatchObject([
      {
        channels: ['x', 'y'],
        sequences: count,
        labels: [
          { value: null, within: null, count: count - 1 },
          { value: 'odd', within: null, count: 1 },
        ],
      },
      { channels: ['q'], sequences: 1, labels: [{ value: null, within: null, count: 1 }] },
    ]);
  });

  it('with a label is listed', async () => {
    const [first] = await tested.engine.ask('layouts', {});
    const labelled = (value: string | null) =>
      tested.engine.ask('labelled', { layoutOf: first!.member, label: { value, within: null } });
    expect((await labelled('odd')).map(({ label }) => label)).toEqual(['odd']);
    expect(await labelled(null)).toHaveLength(count - 1);
    expect(await labelled('even')).toEqual([]);
  });
});
