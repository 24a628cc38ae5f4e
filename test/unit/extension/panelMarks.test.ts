import { describe, expect, it } from 'vitest';
import { PanelSession } from '../../../src/extension/results/panelSession';
import { panelWorld, ref, summary } from './panelWorld';

const here = panelWorld();

describe('marks', () => {
  const at = (position: number) => ({ list: 1, parts: [[position, position]] });

  it('change what is asked, come and go by the same act, and are kept', async () => {
    await here.session.show(summary('/q'));
    await here.session.receive({ type: 'markMore', ...at(3) });
    expect(here.world.ranked.at(-1)).toMatchObject({ query: ref('/q'), set: { more: [ref('/3')], less: [] } });
    await here.session.receive({ type: 'markLess', list: 2, parts: [[4, 5]] });
    expect(here.world.ranked.at(-1)?.set).toMatchObject({ more: [ref('/3')], less: [ref('/4'), ref('/5')] });
    await here.session.receive({ type: 'combine', by: 'mean' });
    expect(here.world.ranked.at(-1)?.set?.by).toBe('mean');
    await here.session.receive({ type: 'markMore', list: 4, parts: [[3, 3]] });
    await here.session.receive({ type: 'unmark', list: 5, parts: [[4, 9]] });
    expect(here.world.ranked.at(-1)).not.toHaveProperty('set');
    expect(here.world.news().at(-1)).toMatchObject({ type: 'results', history: { back: false } });
  });

  it('that are made while another one is on its way are all kept', async () => {
    await here.session.show(summary('/q'), { set: { queries: [ref('/r')], more: [], less: [], by: 'nearest' } });
    const { list } = here.world.engine;
    const waiting: (() => void)[] = [];
    here.world.engine.list = (params) =>
      new Promise((resolve) =>
        waiting.push(() => {
          resolve(list(params, undefined));
        }),
      );
    const both = [
      here.session.receive({ type: 'markMore', ...at(3) }),
      here.session.receive({ type: 'markLess', ...at(4) }),
      here.session.receive({ type: 'combine', by: 'mean' }),
    ];
    for (const finish of waiting.reverse()) finish();
    await Promise.all(both);
    expect(here.world.ranked.at(-1)?.set).toEqual({
      queries: [ref('/r')],
      more: [ref('/3')],
      less: [ref('/4')],
      by: 'mean',
    });
  });

  it('that come too late for another query are not taken for it', async () => {
    await here.session.show(summary('/q'));
    const { list } = here.world.engine;
    let finish: () => void = () => undefined;
    here.world.engine.list = (params) =>
      new Promise((resolve) => {
        finish = () => {
          resolve(list(params, undefined));
        };
      });
    const late = here.session.receive({ type: 'markMore', ...at(3) });
    await here.session.show(summary('/other'));
    finish();
    await late;
    expect(here.world.ranked.at(-1)).toMatchObject({ query: ref('/other') });
    expect(here.world.ranked.at(-1)).not.toHaveProperty('set');
  });

  it('and queries come back with the panel, may be named by its page, and can be saved', async () => {
    const set = { queries: [ref('/far')], more: [], less: [ref('/away')], by: 'nearest' as const };
    await here.session.show(summary('/q'), { set, comparing: { scope: 'all' } });
    const later = new PanelSession(here.world, JSON.parse(JSON.stringify(here.world.saved)));
    await later.resume();
    expect(here.world.ranked.at(-1)).toMatchObject({ query: ref('/q'), set, scope: 'all' });
    await later.receive({ type: 'open', ref: ref('/far') });
    expect(here.world.done).toEqual(['open /far']);
    await later.receive({ type: 'leaveOut', ref: ref('/q') });
    await later.receive({ type: 'saveSet' });
    expect(here.world.savedView).toMatchObject({ query: ref('/far'), set: { queries: [], less: [ref('/away')] } });
    await later.receive({ type: 'copyPython' });
    expect(here.world.copiedView).toMatchObject({
      query: ref('/far'),
      scope: 'all',
      arrangement: { grouping: 'none' },
    });
    await later.receive({ type: 'leaveOut', ref: ref('/never') });
    expect(here.world.news().at(-1)?.type).toBe('error');
    later.dispose();
  });
});

describe('selected matches', () => {
  it('are searched with together, in another panel where this one is pinned', async () => {
    await here.session.show(summary('/q'));
    await here.session.receive({
      type: 'searchAll',
      list: 1,
      parts: [
        [2, 3],
        [7, 7],
      ],
    });
    const set = { queries: [ref('/3'), ref('/7')], more: [], less: [], by: 'nearest' };
    expect(here.world.ranked.at(-1)).toMatchObject({ query: ref('/2'), set });
    expect(here.world.news().at(-1)).toMatchObject({ type: 'results', history: { back: true } });
    here.session.isPinned = true;
    await here.session.receive({ type: 'searchAll', list: 2, parts: [[0, 1]] });
    expect(here.world.done).toEqual(['elsewhere /0']);
    expect(here.world.elsewhere?.queries).toEqual([ref('/1')]);
  });

  it('are refused together where they are too many', async () => {
    here.world.known = 200;
    await here.session.show(summary('/q'));
    const all = { type: 'searchAll', list: 1, parts: [[0, 64]] };
    await expect(here.session.receive(all)).rejects.toThrow('at most 64 recordings');
    expect(here.world.ranked).toHaveLength(1);
  });
});
