import { describe, expect, it, vi } from 'vitest';
import { plainArrangement, type MatchFilter } from '../../../src/protocol/engine';
import { PanelSession } from '../../../src/extension/results/panelSession';
import { panelWorld, ref, status, summary } from './panelWorld';

const here = panelWorld();

const arrangement = (filter: Partial<MatchFilter> = {}) => ({
  ...plainArrangement,
  filter: { ...plainArrangement.filter, ...filter },
});

describe('a list', () => {
  const results = () => here.world.news().findLast((message) => message.type === 'results')?.results;

  it('comes with its first page and is told the others as they are asked for', async () => {
    here.world.known = 10_000;
    await here.session.show(summary('/q'));
    const { list, items, length } = results()!;
    expect([items.length, length]).toEqual([50, 10_000]);
    await here.session.receive({ type: 'page', list, from: 9950, count: 50 });
    const [page] = here.world.news();
    expect(page).toMatchObject({ type: 'page', list, from: 9950, length: 10_000 });
    expect(here.world.listed).toMatchObject([{ ranking: 'ranking 1', from: 9950, count: 50 }]);
    await here.session.receive({ type: 'open', ref: ref('/9999') });
    expect(here.world.done).toEqual(['open /9999']);
  });

  it('shows the query beside a match at once, wherever it stands', async () => {
    here.world.known = 10_000;
    await here.session.show(summary('/q'), { comparing: { scope: 'all' }, beside: ref('/7000') });
    expect(here.world.ranked).toMatchObject([{ scope: 'all', find: ref('/7000') }]);
    expect(results()?.compared).toMatchObject({ rank: 7001, sequence: { ref: ref('/7000') } });
    await here.session.receive({ type: 'open', ref: ref('/7000') });
    expect(here.world.done).toEqual(['open /7000']);
  });

  it('that is out of date has no pages any more', async () => {
    await here.session.show(summary('/q'));
    const { list } = results()!;
    await here.session.receive({ type: 'scope', scope: 'all' });
    here.world.news();
    await here.session.receive({ type: 'page', list, from: 0, count: 50 });
    expect(here.world.news()).toEqual([]);
  });

  it('is arranged without ranking anew, the same for the next query and after a reload', async () => {
    await here.session.show(summary('/q'));
    await here.session.receive({ type: 'arrange', arrangement: arrangement({ text: 'walk' }) });
    expect(here.world.listed).toMatchObject([{ ranking: 'ranking 1', arrangement: { filter: { text: 'walk' } } }]);
    expect(here.world.ranked).toHaveLength(1);
    await here.session.receive({ type: 'search', ref: ref('/3') });
    expect(here.world.ranked.at(-1)).toMatchObject({ query: ref('/3'), arrangement: { filter: { text: 'walk' } } });
    const later = new PanelSession(here.world, JSON.parse(JSON.stringify(here.world.saved)));
    await later.resume();
    expect(here.world.ranked.at(-1)?.arrangement.filter.text).toBe('walk');
    later.dispose();
  });

  it('is not filtered as before for a query from elsewhere, but sorted and grouped', async () => {
    await here.session.show(summary('/q'));
    const grouped = { ...arrangement({ text: 'walk' }), grouping: 'label' as const, collapsed: ['a'] };
    await here.session.receive({ type: 'arrange', arrangement: grouped });
    await here.session.receive({ type: 'weights', weights: [0] });
    await here.session.show(summary('/other'));
    expect(here.world.ranked.at(-1)).toMatchObject({ query: ref('/other'), arrangement: { filter: { text: '' } } });
    expect(here.world.ranked.at(-1)?.arrangement).toMatchObject({ grouping: 'label', collapsed: [] });
    expect(here.world.ranked.at(-1)?.weights).toBeNull();
  });

  it('tells what there is to filter by', async () => {
    await here.session.show(summary('/q'));
    expect(here.world.posted.find(({ type }) => type === 'facets')).toMatchObject({
      facets: { formats: [{ value: 'npy', count: 50 }] },
    });
  });

  it('copies the paths of positions that the page has not seen, and excludes them', async () => {
    here.world.known = 1000;
    await here.session.show(summary('/q'));
    const { list } = results()!;
    const parts = [
      [0, 1],
      [700, 701],
    ];
    await here.session.receive({ type: 'copyPaths', list, parts });
    expect(here.world.done).toEqual(['copy /0 /1 /700 /701']);
    await here.session.receive({ type: 'exclude', list, parts });
    expect(here.world.listed.at(-1)?.arrangement.filter.excluded).toEqual(['/0', '/1', '/700', '/701'].map(ref));
    await here.session.receive({ type: 'copyPaths', list: list + 99, parts });
    expect(here.world.done).toHaveLength(1);
  });

  it('has the labels set of thousands of positions that the page has not seen, and is shown with them', async () => {
    here.world.known = 5000;
    await here.session.show(summary('/q'));
    const { list } = results()!;
    await here.session.receive({ type: 'setLabel', list, parts: [[0, 4999]] });
    expect(here.world.labelled).toHaveLength(5000);
    expect(here.world.labelled.at(-1)).toEqual(ref('/4999'));
    expect(here.world.ranked).toHaveLength(1);
    expect(here.world.listed.at(-1)?.from).toBe(0);
    expect(results()!.list).not.toBe(list);
    await here.session.receive({ type: 'setLabel', list, parts: [[0, 1]] });
    expect(here.world.labelled).toHaveLength(5000);
  });

  it('stays as it is when no label is given, or nothing is there to be labelled', async () => {
    here.world.labels = false;
    await here.session.show(summary('/q'));
    const { list } = results()!;
    here.world.news();
    await here.session.receive({ type: 'setLabel', list, parts: [[90, 99]] });
    expect(here.world.labelled).toEqual([]);
    await here.session.receive({ type: 'setLabel', list, parts: [[3, 3]] });
    expect(here.world.labelled).toEqual([ref('/3')]);
    expect(here.world.news()).toEqual([]);
  });

  it('takes no positions that are none', async () => {
    await here.session.show(summary('/q'));
    const { list } = results()!;
    for (const parts of [[[-1, 3]], [[0.5, 3]], [['0', 3]], [[0]], 'all']) {
      await here.session.receive({ type: 'setLabel', list, parts });
    }
    expect(here.world.labelled).toEqual([]);
    expect(here.world.logged.filter((line) => line.includes('does not fit'))).toHaveLength(5);
  });

  it('opens several matches at once', async () => {
    await here.session.show(summary('/q'));
    await here.session.receive({ type: 'openSeveral', refs: [ref('/1'), ref('/2')] });
    expect(here.world.done).toEqual(['open /1 /2']);
  });

  it('that is pinned stays: other searches go to another tab', async () => {
    await here.session.show(summary('/q'));
    await here.session.receive({ type: 'pin', pinned: true });
    expect(here.world.done).toEqual(['pin true']);
    here.session.isPinned = true;
    await here.session.receive({ type: 'search', ref: ref('/3') });
    expect(here.world.done.at(-1)).toBe('elsewhere /3');
    expect(here.world.ranked).toHaveLength(1);
    expect(here.world.posted.filter(({ type }) => type === 'pinned').at(-1)).toEqual({ type: 'pinned', pinned: true });
  });
});

describe('a ranking that the engine has lost', () => {
  const arrangeBy = (text: string) => ({ type: 'arrange', arrangement: arrangement({ text }) });
  const shown = () => here.world.news().filter(({ type }) => type !== 'run');
  const listNow = () => here.world.news().findLast((message) => message.type === 'results')!.results.list;

  it('is made again for the next page, with what is shown kept until then', async () => {
    here.world.known = 119;
    await here.session.show(summary('/q'));
    const list = listNow();
    here.world.rankings.clear();
    await here.session.receive({ type: 'page', list, from: 50, count: 50 });
    const [results, ...others] = shown();
    expect(results).toMatchObject({ type: 'results', results: { length: 119, candidates: 119 } });
    expect(others).toEqual([]);
    expect(here.world.ranked).toHaveLength(2);
    const again = results?.type === 'results' ? results.results.list : list;
    await here.session.receive({ type: 'page', list: again, from: 50, count: 50 });
    expect(shown()).toMatchObject([{ type: 'page', from: 50, length: 119 }]);
  });

  it('is made again once for pages that are asked for at once', async () => {
    await here.session.show(summary('/q'));
    const list = listNow();
    here.world.rankings.clear();
    await Promise.all([0, 10, 20].map((from) => here.session.receive({ type: 'page', list, from, count: 10 })));
    expect(here.world.ranked).toHaveLength(2);
    expect(shown().map(({ type }) => type)).toEqual(['results']);
  });

  it('keeps its rows while the index holds less than it did, and is made again when that is complete', async () => {
    here.world.known = 119;
    await here.session.show(summary('/q'));
    const list = listNow();
    here.world.rankings.clear();
    here.world.known = 3;
    here.world.index = status(4, 'scanning');
    await here.session.receive({ type: 'page', list, from: 50, count: 50 });
    here.session.indexChanged(here.world.index);
    await vi.advanceTimersByTimeAsync(1000);
    expect(shown()).toEqual([]);
    here.world.known = 119;
    here.world.index = status(120, 'ready');
    here.session.indexChanged(here.world.index);
    await vi.advanceTimersByTimeAsync(1000);
    expect(shown()).toMatchObject([{ type: 'results', results: { candidates: 119 } }]);
    expect(here.world.ranked).toHaveLength(3);
  });

  it('gives way to what the user asks for meanwhile, whatever the index holds', async () => {
    await here.session.show(summary('/q'));
    const list = listNow();
    here.world.rankings.clear();
    here.world.known = 3;
    here.world.index = status(4, 'scanning');
    await here.session.receive({ type: 'page', list, from: 10, count: 10 });
    await here.session.receive(arrangeBy('walk'));
    expect(shown().map(({ type }) => type)).toEqual(['searching', 'results']);
    expect(here.world.ranked.at(-1)?.arrangement.filter.text).toBe('walk');
  });

  it('is made again before anything is done with what is selected in it', async () => {
    await here.session.show(summary('/q'));
    const list = listNow();
    here.world.rankings.clear();
    const copied = here.session.receive({ type: 'copyPaths', list, parts: [[0, 1]] });
    await expect(copied).rejects.toThrow(/Select again/);
    expect(here.world.done).toEqual([]);
    expect(shown().map(({ type }) => type)).toEqual(['results']);
  });

  it('that is of another view than the one that is listed is not used for it', async () => {
    await here.session.show(summary('/q'));
    const { rank } = here.world.engine;
    let finish: () => void = () => undefined;
    here.world.engine.rank = (parameters, signal) =>
      new Promise((resolve, reject) => {
        finish = () => {
          rank(parameters, signal).then(resolve, reject);
        };
      });
    const slow = here.session.receive({ type: 'search', ref: ref('/3') });
    here.world.engine.rank = rank;
    await here.session.receive(arrangeBy('walk'));
    finish();
    await slow;
    expect(here.world.ranked[1]).toMatchObject({ query: ref('/3'), arrangement: { filter: { text: 'walk' } } });
    expect(here.world.listed).toEqual([]);
  });
});
