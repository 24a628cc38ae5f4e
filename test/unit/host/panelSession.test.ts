import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { plainArrangement } from '../../../src/protocol/engine';
import { KindredError } from '../../../src/host/failure';
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

describe('a query', () => {
  it('is announced, answered and saved', async () => {
    await session.show(summary('/q'));
    const [searching, results] = world.news();
    expect(searching).toMatchObject({ type: 'searching', file: 'q' });
    expect(results).toMatchObject({ type: 'results', results: { candidates: 50 }, history: { back: false } });
    expect(world.searched).toMatchObject([
      { query: ref('/q'), scope: 'layout', weights: null, from: 0, count: 50, fresh: true },
    ]);
    expect(world.saved?.history.views).toHaveLength(1);
  });

  it('can ask for all layouts and for weights without a new step in the history', async () => {
    await session.show(summary('/q'));
    await session.receive({ type: 'weights', weights: [2] });
    await session.receive({ type: 'scope', scope: 'all' });
    expect(world.searched.map(({ scope, weights }) => [scope, weights])).toEqual([
      ['layout', null],
      ['layout', [2]],
      ['all', [2]],
    ]);
    expect(world.news().at(-1)).toMatchObject({ type: 'results', history: { back: false, forward: false } });
  });

  it('keeps its weights for a match with the same channels only', async () => {
    await session.show(summary('/q'));
    await session.receive({ type: 'weights', weights: [2] });
    await session.receive({ type: 'search', ref: ref('/3') });
    expect(world.searched.at(-1)?.weights).toEqual([2]);
    await session.show(summary('/other', { channels: ['a', 'b'] }));
    expect(world.searched.at(-1)?.weights).toBeNull();
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
    const list = world.list;
    world.list = () => Promise.reject(new KindredError('q is truncated.'));
    await session.show(summary('/q'));
    expect(world.news().at(-1)).toMatchObject({ type: 'error', message: 'q is truncated.' });
    world.list = list;
    await session.receive({ type: 'retry' });
    expect(world.news().at(-1)?.type).toBe('results');
  });

  it('that was overtaken by another one is not shown', async () => {
    let finish: () => void = () => undefined;
    const list = world.list;
    world.list = (parameters) =>
      new Promise((resolve) => {
        finish = () => {
          resolve(world.answer(parameters));
        };
      });
    const slow = session.show(summary('/slow'));
    world.list = list;
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
    const later = new PanelSession(world, JSON.parse(JSON.stringify(world.saved)));
    world.news();
    await later.resume();
    expect(world.searched.at(-1)).toMatchObject({ query: ref('/3'), scope: 'layout', fresh: true });
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
    { type: 'page', list: 1, from: 0, count: 1e6 },
    { type: 'weights', weights: [-1] },
    { type: 'arrange', arrangement: { ...plainArrangement, grouping: 'shape' } },
    { type: 'openSeveral', refs: [] },
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
    for (const type of ['back', 'forward', 'retry']) await session.receive({ type });
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
