import { describe, expect, it, vi } from 'vitest';
import { PanelSession } from '../../../src/extension/results/panelSession';
import { panelWorld, ref, status, summary } from './panelWorld';

const here = panelWorld();

describe('an index that grows', () => {
  const indexMessages = () => here.world.posted.splice(0).filter(({ type }) => type === 'index');

  it('is reported at most four times a second, the latest state at the end', () => {
    for (let count = 1; count <= 100; count++) here.session.indexChanged(status(count));
    expect(indexMessages()).toMatchObject([{ status: { sequences: 1 } }]);
    vi.advanceTimersByTime(1000);
    expect(indexMessages()).toMatchObject([{ status: { sequences: 100 } }]);
  });

  it('is told of as it was when the results were made, and then as it is, however late the page loads', async () => {
    here.world.index = status(7);
    await here.session.show(summary('/q'));
    here.session.indexChanged(status(9));
    here.world.posted.length = 0;
    await here.session.receive({ type: 'ready' });
    expect(here.world.posted).toMatchObject([
      { type: 'index', status: { sequences: 7 } },
      { type: 'pinned' },
      { type: 'results' },
      { type: 'facets' },
      { type: 'index', status: { sequences: 9 } },
    ]);
  });

  it('is searched again when it is ready after a reload, once, and only while nobody has touched the panel', async () => {
    await here.session.show(summary('/q'));
    for (const touched of [false, true]) {
      here.world.index = status(3);
      here.world.ranked.length = 0;
      const later = new PanelSession(here.world, here.world.saved);
      await later.resume();
      if (touched) await later.receive({ type: 'open', ref: ref('/1') });
      here.world.index = status(50, 'ready');
      for (let repeat = 0; repeat < 3; repeat++) {
        later.indexChanged(here.world.index);
        await vi.advanceTimersByTimeAsync(1000);
      }
      expect(here.world.ranked).toHaveLength(touched ? 1 : 2);
      later.dispose();
    }
  });

  it('does not disturb results that are being read', async () => {
    await here.session.show(summary('/q'));
    here.session.indexChanged(status(60));
    await vi.advanceTimersByTimeAsync(2000);
    expect(here.world.ranked).toHaveLength(1);
  });

  it('is searched again where nothing had been found, until something is', async () => {
    here.world.known = 0;
    here.world.index = status(0);
    await here.session.show(summary('/q'));
    here.session.indexChanged(status(0));
    await vi.advanceTimersByTimeAsync(1000);
    expect(here.world.ranked).toHaveLength(1);
    here.world.known = 3;
    here.world.index = status(3);
    here.session.indexChanged(status(3));
    await vi.advanceTimersByTimeAsync(1000);
    expect(here.world.ranked).toHaveLength(2);
    expect(here.world.news().map(({ type }) => type)).toEqual(['searching', 'results', 'results']);
    here.session.indexChanged(status(9));
    await vi.advanceTimersByTimeAsync(1000);
    expect(here.world.ranked).toHaveLength(2);
  });

  it('that has grown during a search is noticed without further news', async () => {
    here.world.known = 0;
    here.world.index = status(0);
    const { rank } = here.world.engine;
    here.world.engine.rank = async (parameters, signal) => {
      const result = await rank(parameters, signal);
      here.session.indexChanged(status(5, 'ready'));
      here.world.known = 5;
      here.world.index = status(5, 'ready');
      return result;
    };
    await here.session.show(summary('/q'));
    await vi.advanceTimersByTimeAsync(1000);
    expect(here.world.ranked).toHaveLength(2);
    expect(here.world.news().at(-1)).toMatchObject({ results: { candidates: 5 } });
  });

  it('has the list made again when the page asks, with a match to stay in sight, and not twice at once', async () => {
    await here.session.show(summary('/q'));
    here.world.news();
    const keep = ref('/7');
    await Promise.all([1, 2].map(() => here.session.receive({ type: 'renew', keep })));
    expect(here.world.ranked.map(({ find }) => find)).toEqual([undefined, keep]);
    expect(here.world.news()).toMatchObject([{ type: 'results', results: { kept: { ref: keep, position: 7 } } }]);
    await here.session.receive({ type: 'renew', keep: ref('/never shown') });
    expect(here.world.ranked).toHaveLength(2);
    expect(here.world.news()).toMatchObject([{ type: 'error' }]);
  });

  it('leaves the list in place when it cannot be made again', async () => {
    await here.session.show(summary('/q'));
    here.world.news();
    here.world.engine.rank = () => Promise.reject(new Error('no'));
    await here.session.receive({ type: 'renew', keep: null });
    expect(here.world.news().map(({ type }) => type)).toEqual(['trouble']);
    await here.session.receive({ type: 'ready' });
    expect(here.world.news().map(({ type }) => type)).toEqual(['results']);
  });

  it('has the same ranking listed with its labels when these have changed, once', async () => {
    await here.session.show(summary('/q'));
    here.world.news();
    const { changes } = here.world.index;
    here.world.index = { ...here.world.index, changes: { ...changes, labels: changes.labels + 1 } };
    for (let repeat = 0; repeat < 3; repeat++) {
      here.session.indexChanged(here.world.index);
      await vi.advanceTimersByTimeAsync(1000);
    }
    expect(here.world.ranked).toHaveLength(1);
    expect(here.world.listed.map(({ ranking }) => ranking)).toEqual(['ranking 1']);
    expect(here.world.news().map(({ type }) => type)).toEqual(['results']);
  });

  it('is no longer searched once the panel is closed', async () => {
    here.world.known = 0;
    here.world.index = status(0);
    await here.session.show(summary('/q'));
    here.session.indexChanged(status(3));
    here.session.dispose();
    await vi.advanceTimersByTimeAsync(1000);
    expect(here.world.ranked).toHaveLength(1);
  });
});
