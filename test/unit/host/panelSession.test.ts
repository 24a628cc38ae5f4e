import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { KindredError } from '../../../src/host/failure';
import { PanelSession } from '../../../src/host/panel/panelSession';
import { status, summary, World } from './panelWorld';

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

describe('a query', () => {
  it('is announced, answered and saved', async () => {
    await session.show(summary('/q'));
    const [searching, results] = world.news();
    expect(searching).toMatchObject({ type: 'searching', file: 'q' });
    expect(results).toMatchObject({ type: 'results', results: { candidates: 50 }, history: { back: false } });
    expect(world.searched).toEqual([{ query: ref('/q'), scope: 'layout', limit: 20 }]);
    expect(world.saved?.views).toHaveLength(1);
  });

  it('can ask for more, and for all layouts, without a new step in the history', async () => {
    await session.show(summary('/q'));
    await session.receive({ type: 'more' });
    await session.receive({ type: 'more' });
    await session.receive({ type: 'scope', scope: 'all' });
    expect(world.searched.map(({ scope, limit }) => [scope, limit])).toEqual([
      ['layout', 20],
      ['layout', 40],
      ['layout', 60],
      ['all', 20],
    ]);
    expect(world.news().at(-1)).toMatchObject({ type: 'results', history: { back: false, forward: false } });
  });

  it('leads to the next one and back', async () => {
    await session.show(summary('/q'));
    await session.receive({ type: 'search', ref: ref('/3') });
    expect(world.news().at(-1)).toMatchObject({ history: { back: true, forward: false } });
    await session.receive({ type: 'back' });
    expect(world.news().at(-1)).toMatchObject({ history: { back: false, forward: true } });
    await session.receive({ type: 'forward' });
    expect(world.searched.map(({ query }) => query.path)).toEqual(['/q', '/3', '/q', '/3']);
  });

  it('that fails says why, and can be tried again', async () => {
    const search = world.search;
    world.search = () => Promise.reject(new KindredError('q is truncated.'));
    await session.show(summary('/q'));
    expect(world.news().at(-1)).toMatchObject({ type: 'error', message: 'q is truncated.' });
    world.search = search;
    await session.receive({ type: 'retry' });
    expect(world.news().at(-1)?.type).toBe('results');
  });

  it('that was overtaken by another one is not shown', async () => {
    let finish: () => void = () => undefined;
    const search = world.search;
    world.search = (parameters) =>
      new Promise((resolve) => {
        finish = () => {
          resolve(world.answer(parameters));
        };
      });
    const slow = session.show(summary('/slow'));
    world.search = search;
    await session.show(summary('/quick'));
    finish();
    await slow;
    const shown = world.news().filter(({ type }) => type === 'results');
    expect(shown).toMatchObject([{ results: { query: { file: 'quick' } } }]);
  });

  it('with over-long names is shown with short ones', async () => {
    const answer = world.answer.bind(world);
    world.answer = (parameters) => ({ ...answer(parameters), query: summary('/q', { label: 'x'.repeat(10_000) }) });
    await session.show(summary('/q'));
    expect(world.news().at(-1)?.type).toBe('results');
  });

  it('whose answer cannot be shown says so', async () => {
    const answer = world.answer.bind(world);
    world.answer = (parameters) => ({ ...answer(parameters), query: summary('/q', { covered: NaN }) });
    await session.show(summary('/q'));
    expect(world.news().at(-1)?.type).toBe('error');
    expect(world.logged.at(-1)).toContain('results.query.covered');
  });
});

describe('a page', () => {
  it('that loads before any query is told that there is none', async () => {
    await session.receive({ type: 'ready' });
    expect(world.news()).toEqual([{ type: 'empty' }]);
  });

  it('that is loaded again gets what it had shown, without another search', async () => {
    await session.show(summary('/q'));
    const before = world.news().at(-1);
    await session.receive({ type: 'ready' });
    expect(world.news()).toEqual([before]);
    expect(world.searched).toHaveLength(1);
  });

  it('comes back with its history after the window was reloaded', async () => {
    await session.show(summary('/a'));
    await session.receive({ type: 'search', ref: ref('/3') });
    await session.receive({ type: 'more' });
    const later = new PanelSession(world, JSON.parse(JSON.stringify(world.saved)));
    world.news();
    await later.resume();
    expect(world.searched.at(-1)).toEqual({ query: ref('/3'), scope: 'layout', limit: 40 });
    expect(world.news().at(-1)).toMatchObject({ type: 'results', history: { back: true } });
    later.dispose();
  });

  it('comes back empty when nothing was saved', async () => {
    await session.resume();
    await session.receive({ type: 'ready' });
    expect(world.news()).toEqual([{ type: 'empty' }]);
    expect(world.searched).toEqual([]);
  });
});

describe('messages', () => {
  it('are followed for sequences that were shown', async () => {
    await session.show(summary('/q'));
    for (const message of [{ type: 'open', ref: ref('/3') }, { type: 'pick' }, { type: 'skipped' }]) {
      await session.receive(message);
    }
    expect(world.done).toEqual(['open /3', 'pick', 'skipped']);
  });

  it.each(['search', 'open', 'plot'])('of type %s are not followed for others', async (type) => {
    await session.show(summary('/q'));
    world.news();
    await session.receive({ type, ref: ref('/etc/passwd'), columns: 10 });
    await session.receive({ type, ref: { path: '/3', number: 1 }, columns: 10 });
    expect(world.searched).toHaveLength(1);
    expect(world.done).toEqual([]);
    expect(world.news().map((message) => message.type)).toEqual(['error', 'error']);
    expect(world.logged).toHaveLength(2);
  });

  it.each([
    undefined,
    'ready',
    { type: 'delete' },
    { type: 'scope', scope: 'world' },
    { type: 'plot', ref: ref('/3'), columns: 1e9 },
    { type: 'open', ref: { path: ['/3'], number: 0 } },
  ])('that do not fit, such as %j, end as an error', async (message) => {
    await session.show(summary('/q'));
    world.news();
    await session.receive(message);
    expect(world.news().map(({ type }) => type)).toEqual(['error']);
    expect(world.logged).toHaveLength(1);
  });

  it('without a query change nothing', async () => {
    for (const type of ['more', 'back', 'forward', 'retry']) await session.receive({ type });
    expect(world.news()).toEqual([]);
    expect(world.searched).toEqual([]);
  });

  it('for a plot are answered with the plot, or with why there is none', async () => {
    await session.show(summary('/q'));
    world.news();
    await session.receive({ type: 'plot', ref: ref('/1'), columns: 300 });
    expect(world.news()).toMatchObject([{ type: 'plot', plot: { steps: 100 } }]);
    world.plot = () => Promise.reject(new KindredError('It is gone.'));
    await session.receive({ type: 'plot', ref: ref('/1'), columns: 300 });
    expect(world.news()).toEqual([{ type: 'plotFailed', ref: ref('/1'), message: 'It is gone.' }]);
  });
});

describe('an index that grows', () => {
  const indexMessages = () => world.posted.splice(0).filter(({ type }) => type === 'index');

  it('is reported at most four times a second, the latest state at the end', () => {
    for (let count = 1; count <= 100; count++) session.indexChanged(status(count));
    expect(indexMessages()).toMatchObject([{ status: { sequences: 1 } }]);
    vi.advanceTimersByTime(1000);
    expect(indexMessages()).toMatchObject([{ status: { sequences: 100 } }]);
  });

  it('is told of as it was when the results were made, and then as it is, however late the page loads', async () => {
    world.index = status(7);
    await session.show(summary('/q'));
    session.indexChanged(status(9));
    world.posted.length = 0;
    await session.receive({ type: 'ready' });
    expect(world.posted).toMatchObject([
      { type: 'index', status: { sequences: 7 } },
      { type: 'results' },
      { type: 'index', status: { sequences: 9 } },
    ]);
  });

  it('is searched again when it is ready after a reload, once, and only while nobody has touched the panel', async () => {
    await session.show(summary('/q'));
    for (const touched of [false, true]) {
      world.index = status(3);
      world.searched.length = 0;
      const later = new PanelSession(world, world.saved);
      await later.resume();
      if (touched) await later.receive({ type: 'open', ref: ref('/1') });
      world.index = status(50, 'ready');
      for (let repeat = 0; repeat < 3; repeat++) {
        later.indexChanged(world.index);
        await vi.advanceTimersByTimeAsync(1000);
      }
      expect(world.searched).toHaveLength(touched ? 1 : 2);
      later.dispose();
    }
  });

  it('does not disturb results that are being read', async () => {
    await session.show(summary('/q'));
    session.indexChanged(status(60));
    await vi.advanceTimersByTimeAsync(2000);
    expect(world.searched).toHaveLength(1);
  });

  it('is searched again where nothing had been found, until something is', async () => {
    world.known = 0;
    world.index = status(0);
    await session.show(summary('/q'));
    session.indexChanged(status(0));
    await vi.advanceTimersByTimeAsync(1000);
    expect(world.searched).toHaveLength(1);
    world.known = 3;
    world.index = status(3);
    session.indexChanged(status(3));
    await vi.advanceTimersByTimeAsync(1000);
    expect(world.searched).toHaveLength(2);
    expect(world.news().map(({ type }) => type)).toEqual(['searching', 'results', 'results']);
    session.indexChanged(status(9));
    await vi.advanceTimersByTimeAsync(1000);
    expect(world.searched).toHaveLength(2);
  });

  it('that has grown during a search is noticed without further news', async () => {
    world.known = 0;
    world.index = status(0);
    world.search = (parameters) => {
      world.searched.push(parameters);
      const result = world.answer(parameters);
      session.indexChanged(status(5, 'ready'));
      world.known = 5;
      world.index = status(5, 'ready');
      return Promise.resolve(result);
    };
    await session.show(summary('/q'));
    await vi.advanceTimersByTimeAsync(1000);
    expect(world.searched).toHaveLength(2);
    expect(world.news().at(-1)).toMatchObject({ results: { candidates: 5 } });
  });

  it('is no longer searched once the panel is closed', async () => {
    world.known = 0;
    world.index = status(0);
    await session.show(summary('/q'));
    session.indexChanged(status(3));
    session.dispose();
    await vi.advanceTimersByTimeAsync(1000);
    expect(world.searched).toHaveLength(1);
  });
});

describe('a question of the page', () => {
  const align = (match: string) => ({ kind: 'align', query: ref('/q'), match: ref(match) });

  it('is answered by its number', async () => {
    await session.show(summary('/q'));
    world.news();
    await session.receive({ type: 'ask', id: 7, question: align('/3') });
    expect(world.news()).toEqual([
      { type: 'answer', id: 7, answer: { kind: 'align', lag: 1, unit: 's', correlation: 0.5 } },
    ]);
  });

  it('that cannot be answered says why', async () => {
    await session.show(summary('/q'));
    world.news();
    await session.receive({ type: 'ask', id: 8, question: { kind: 'calibration', query: ref('/q') } });
    expect(world.news()).toMatchObject([
      { type: 'unanswered', id: 8, message: expect.stringContaining('calibration') as string },
    ]);
  });

  it('about a sequence that it was never told of is refused', async () => {
    await session.show(summary('/q'));
    world.news();
    await session.receive({ type: 'ask', id: 9, question: align('/etc/passwd') });
    expect(world.news()).toMatchObject([{ type: 'error' }]);
    expect(world.logged.at(-1)).toMatch(/never told of/);
  });

  it('that takes something away is handed on with the query that is shown', async () => {
    await session.receive({ type: 'export', what: 'pairs', format: 'npz' });
    expect(world.done).toEqual([]);
    await session.show(summary('/q'));
    await session.receive({ type: 'export', what: 'pairs', format: 'npz' });
    await session.receive({ type: 'savePlot', format: 'svg', name: 'q', data: '<svg/>' });
    expect(world.done).toEqual(['export npz', 'savePlot svg']);
    await session.receive({ type: 'export', what: 'everything', format: 'npz' });
    expect(world.news().at(-1)).toMatchObject({ type: 'error' });
  });
});
