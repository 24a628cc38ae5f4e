import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { plainArrangement, type Arrangement, type Listing, type ListParams } from '../../../../src/protocol/engine';
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

function list(more: Partial<ListParams> = {}, arrangement: Partial<Arrangement> = {}): Promise<Listing> {
  return tested.engine.list(
    {
      query: { path: workspace.path('g0/r0.csv'), number: 0 },
      scope: 'layout',
      weights: null,
      arrangement: { ...plainArrangement, ...arrangement },
      from: 0,
      count: 10,
      fresh: true,
      ...more,
    },
    never,
  );
}

async function scanAgain(): Promise<void> {
  await tested.engine.rebuild();
  await tested.engine.indexed();
}

const ranksOf = ({ items }: Listing) => items.map((item) => (item.kind === 'match' ? item.rank : item.name));
const filesOf = ({ items }: Listing) => items.flatMap((item) => (item.kind === 'match' ? [item.sequence.file] : []));

describe('a list', () => {
  it('gives the same matches as a search, part by part', async () => {
    const whole = await tested.engine.search(
      { query: { path: workspace.path('g0/r0.csv'), number: 0 }, scope: 'layout', limit: 100 },
      never,
    );
    const first = await list();
    expect(first).toMatchObject({ length: count - 1, matches: count - 1, candidates: count - 1, elsewhere: 1 });
    const rest = await list({ from: 10, count: 100, fresh: false });
    const items = [...first.items, ...rest.items];
    expect(items).toEqual(whole.matches.map((match) => ({ kind: 'match', ...match })));
    expect(first.nearest).toBe(whole.matches[0]?.distance);
    expect(first.farthest).toBeGreaterThan(first.nearest);
    expect(first.farthest).toBeLessThanOrEqual(whole.matches.at(-1)!.distance * 1.00001);
    expect(first.labelled).toBe(true);
  });

  it('stays as it is while it is read, until a fresh one is asked for', async () => {
    const before = await list();
    const added = workspace.write('g0/added.csv', recording(0.1));
    await scanAgain();
    const rest = await list({ from: 10, count: 100, fresh: false });
    expect([...filesOf(before), ...filesOf(rest)]).not.toContain('g0/added.csv');
    expect(filesOf(await list({ count: 100 }))).toContain('g0/added.csv');
    rmSync(added);
    await scanAgain();
    expect(filesOf(await list({ count: 100 }))).not.toContain('g0/added.csv');
  });

  it('is filtered, sorted and grouped, with the ranks of the whole ranking', async () => {
    const all = await list({ count: 100 });
    const filter = { ...plainArrangement.filter, path: 'g1/**' };
    const filtered = await list({ fresh: false, count: 100 }, { filter });
    expect(filtered.matches).toBe(10);
    expect(filtered.candidates).toBe(count - 1);
    const expected = all.items.filter((item) => item.kind === 'match' && item.sequence.file.startsWith('g1/'));
    expect(filtered.items).toEqual(expected);
    const byName = await list({ count: 3 }, { sorting: { key: 'name', descending: true } });
    expect(filesOf(byName)).toEqual(['g2/r29.csv', 'g1/r28.csv', 'g0/r27.csv']);
    const groups = await list({ count: 100 }, { grouping: 'folder', collapsed: ['g0', 'g1', 'g2'] });
    expect(groups.items.map((item) => item.kind === 'group' && item.count).sort()).toEqual([10, 10, 9]);
    expect(groups).toMatchObject({ length: 3, matches: count - 1 });
  });

  it('follows the weights of the channels, and ignores weights that do not fit', async () => {
    const alike = await list({ count: 100 });
    const onlyX = await list({ count: 100, weights: [1, 0] });
    const onlyY = await list({ count: 100, weights: [0, 2] });
    expect(onlyX.weights).toEqual([1, 0]);
    const distance = (listing: Listing, file: string) =>
      listing.items.find((item) => item.kind === 'match' && item.sequence.file === file) as { distance: number };
    for (const file of filesOf(alike)) {
      const mean = (distance(onlyX, file).distance + distance(onlyY, file).distance) / 2;
      expect(distance(alike, file).distance).toBeCloseTo(mean, 9);
    }
    for (const weights of [[1], [0, 0], [-1, 2], [NaN, 1], [3, 3]]) {
      const listing = await list({ count: 100, weights });
      expect(listing.weights).toBeNull();
      expect(ranksOf(listing)).toEqual(ranksOf(alike));
    }
    expect((await list({ scope: 'all', weights: [1, 0], count: 100 })).weights).toBeNull();
  });

  it('of all layouts holds the others too', async () => {
    const listing = await list({ scope: 'all', count: 5 });
    expect(listing).toMatchObject({ candidates: count, length: count, elsewhere: 1 });
    expect((await list({ scope: 'all', from: 5, count: 100, fresh: false })).items).toHaveLength(count - 5);
  });
});

describe('what there is', () => {
  it('to filter by is counted among the candidates', async () => {
    const facets = await tested.engine.facets({ path: workspace.path('g0/r0.csv'), number: 0 }, 'all', never);
    expect(facets.labels).toEqual([
      { value: null, count: count - 1 },
      { value: 'odd', count: 1 },
    ]);
    expect(facets.formats).toEqual([{ value: 'delimited', count }]);
  });

  it('in the index is told by layout', async () => {
    expect(await tested.engine.layouts()).toEqual([
      {
        channels: ['x', 'y'],
        sequences: count,
        labels: [
          { value: null, count: count - 1 },
          { value: 'odd', count: 1 },
        ],
      },
      { channels: ['q'], sequences: 1, labels: [{ value: null, count: 1 }] },
    ]);
  });
});
