import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { plainArrangement, type MatchFilter } from '../../../src/protocol/engine';
import { PanelSession } from '../../../src/host/panel/panelSession';
import { summary, World } from './panelWorld';

let world: World;
let session: PanelSession;

beforeEach(() => {
  vi.useFakeTimers();
  world = new World();
  session = new PanelSession(world, undefined);
});

afterEach(() => {
  session.dispose();
  vi.useRealTimers();
});

const ref = (path: string) => ({ path, number: 0 });

const arrangement = (filter: Partial<MatchFilter> = {}) => ({
  ...plainArrangement,
  filter: { ...plainArrangement.filter, ...filter },
});

describe('a list', () => {
  const results = () => world.news().findLast((message) => message.type === 'results')?.results;

  it('comes with its first page and is told the others as they are asked for', async () => {
    world.known = 10_000;
    await session.show(summary('/q'));
    const { list, items, length } = results()!;
    expect([items.length, length]).toEqual([50, 10_000]);
    await session.receive({ type: 'page', list, from: 9950, count: 50 });
    const [page] = world.news();
    expect(page).toMatchObject({ type: 'page', list, from: 9950, length: 10_000 });
    expect(world.asked.at(-1)).toMatchObject({ from: 9950, count: 50, fresh: false });
    await session.receive({ type: 'open', ref: ref('/9999') });
    expect(world.done).toEqual(['open /9999']);
  });

  it('that is out of date has no pages any more', async () => {
    await session.show(summary('/q'));
    const { list } = results()!;
    await session.receive({ type: 'scope', scope: 'all' });
    world.news();
    await session.receive({ type: 'page', list, from: 0, count: 50 });
    expect(world.news()).toEqual([]);
  });

  it('is arranged without ranking anew, the same for the next query and after a reload', async () => {
    await session.show(summary('/q'));
    await session.receive({ type: 'arrange', arrangement: arrangement({ text: 'walk' }) });
    expect(world.searched.at(-1)).toMatchObject({ fresh: false, arrangement: { filter: { text: 'walk' } } });
    await session.receive({ type: 'search', ref: ref('/3') });
    expect(world.searched.at(-1)).toMatchObject({ fresh: true, arrangement: { filter: { text: 'walk' } } });
    const later = new PanelSession(world, JSON.parse(JSON.stringify(world.saved)));
    await later.resume();
    expect(world.searched.at(-1)?.arrangement.filter.text).toBe('walk');
    later.dispose();
  });

  it('tells what there is to filter by', async () => {
    await session.show(summary('/q'));
    expect(world.posted.find(({ type }) => type === 'facets')).toMatchObject({
      facets: { formats: [{ value: 'npy', count: 50 }] },
    });
  });

  it('copies the paths of positions that the page has not seen, and excludes them', async () => {
    world.known = 1000;
    await session.show(summary('/q'));
    const { list } = results()!;
    const parts = [
      [0, 1],
      [700, 701],
    ];
    await session.receive({ type: 'copyPaths', list, parts });
    expect(world.done).toEqual(['copy /0 /1 /700 /701']);
    await session.receive({ type: 'exclude', list, parts });
    expect(world.searched.at(-1)?.arrangement.filter.excluded).toEqual(['/0', '/1', '/700', '/701'].map(ref));
    await session.receive({ type: 'copyPaths', list: list + 99, parts });
    expect(world.done).toHaveLength(1);
  });

  it('has the labels set of thousands of positions that the page has not seen, and is shown with them', async () => {
    world.known = 5000;
    await session.show(summary('/q'));
    const { list } = results()!;
    await session.receive({ type: 'setLabel', list, parts: [[0, 4999]] });
    expect(world.labelled).toHaveLength(5000);
    expect(world.labelled.at(-1)).toEqual(ref('/4999'));
    expect(world.searched.at(-1)).toMatchObject({ fresh: true });
    expect(world.searched).toHaveLength(world.asked.filter(({ from }) => from === 0).length);
    expect(results()!.list).not.toBe(list);
    await session.receive({ type: 'setLabel', list, parts: [[0, 1]] });
    expect(world.labelled).toHaveLength(5000);
  });

  it('stays as it is when no label is given, or nothing is there to be labelled', async () => {
    world.labels = false;
    await session.show(summary('/q'));
    const { list } = results()!;
    world.news();
    await session.receive({ type: 'setLabel', list, parts: [[90, 99]] });
    expect(world.labelled).toEqual([]);
    await session.receive({ type: 'setLabel', list, parts: [[3, 3]] });
    expect(world.labelled).toEqual([ref('/3')]);
    expect(world.news()).toEqual([]);
  });

  it('takes no positions that are none', async () => {
    await session.show(summary('/q'));
    const { list } = results()!;
    for (const parts of [[[-1, 3]], [[0.5, 3]], [['0', 3]], [[0]], 'all']) {
      await session.receive({ type: 'setLabel', list, parts });
    }
    expect(world.labelled).toEqual([]);
    expect(world.logged.filter((line) => line.includes('does not fit'))).toHaveLength(5);
  });

  it('opens several matches at once', async () => {
    await session.show(summary('/q'));
    await session.receive({ type: 'openSeveral', refs: [ref('/1'), ref('/2')] });
    expect(world.done).toEqual(['open /1 /2']);
  });

  it('that is pinned stays: other searches go to another tab', async () => {
    await session.show(summary('/q'));
    await session.receive({ type: 'pin', pinned: true });
    expect(world.done).toEqual(['pin true']);
    session.isPinned = true;
    await session.receive({ type: 'search', ref: ref('/3') });
    expect(world.done.at(-1)).toBe('elsewhere /3');
    expect(world.searched).toHaveLength(1);
    expect(world.posted.filter(({ type }) => type === 'pinned').at(-1)).toEqual({ type: 'pinned', pinned: true });
  });
});
