import { describe, expect, it } from 'vitest';
import { plainArrangement } from '../../../src/protocol/engine';
import { KindredError } from '../../../src/extension/failure';
import { PanelSession } from '../../../src/extension/results/panelSession';
import { panelWorld, ref, summary } from './panelWorld';

const here = panelWorld();

describe('a query', () => {
  it('is announced, answered and saved', async () => {
    await here.session.show(summary('/q'));
    const [searching, results] = here.world.news();
    expect(searching).toMatchObject({ type: 'searching', file: 'q' });
    expect(results).toMatchObject({ type: 'results', results: { candidates: 50 }, history: { back: false } });
    expect(here.world.ranked).toMatchObject([{ query: ref('/q'), scope: 'layout', weights: null, from: 0, count: 50 }]);
    expect(here.world.saved?.history.views).toHaveLength(1);
  });

  it('can ask for all layouts and for weights without a new step in the history', async () => {
    await here.session.show(summary('/q'));
    await here.session.receive({ type: 'weights', weights: [2] });
    await here.session.receive({ type: 'scope', scope: 'all' });
    expect(here.world.ranked.map(({ scope, weights }) => [scope, weights])).toEqual([
      ['layout', null],
      ['layout', [2]],
      ['all', [2]],
    ]);
    expect(here.world.news().at(-1)).toMatchObject({ type: 'results', history: { back: false, forward: false } });
  });

  it('keeps its weights for a match with the same channels only', async () => {
    await here.session.show(summary('/q'));
    await here.session.receive({ type: 'weights', weights: [2] });
    await here.session.receive({ type: 'search', ref: ref('/3') });
    expect(here.world.ranked.at(-1)?.weights).toEqual([2]);
    await here.session.show(summary('/other', { channels: ['a', 'b'] }));
    expect(here.world.ranked.at(-1)?.weights).toBeNull();
  });

  it('leads to the next one and back', async () => {
    await here.session.show(summary('/q'));
    await here.session.receive({ type: 'search', ref: ref('/3') });
    expect(here.world.news().at(-1)).toMatchObject({ history: { back: true, forward: false } });
    await here.session.receive({ type: 'back' });
    expect(here.world.news().at(-1)).toMatchObject({ history: { back: false, forward: true } });
    await here.session.receive({ type: 'forward' });
    expect(here.world.ranked.map(({ query }) => query.path)).toEqual(['/q', '/3', '/q', '/3']);
  });

  it('that fails says why, and can be tried again', async () => {
    const { rank } = here.world.engine;
    here.world.engine.rank = () => Promise.reject(new KindredError('q is truncated.'));
    await here.session.show(summary('/q'));
    expect(here.world.news().at(-1)).toMatchObject({ type: 'error', message: 'q is truncated.' });
    here.world.engine.rank = rank;
    await here.session.receive({ type: 'retry' });
    expect(here.world.news().at(-1)?.type).toBe('results');
  });

  it('that was overtaken by another one is not shown', async () => {
    let finish: () => void = () => undefined;
    let stopped: boolean | undefined;
    const { rank } = here.world.engine;
    here.world.engine.rank = (parameters, signal) =>
      new Promise((resolve) => {
        finish = () => {
          stopped = signal?.aborted;
          resolve(here.world.answer(parameters, 'slow'));
        };
      });
    const slow = here.session.show(summary('/slow'));
    here.world.engine.rank = rank;
    await here.session.show(summary('/quick'));
    finish();
    await slow;
    expect(stopped).toBe(true);
    const shown = here.world.news().filter(({ type }) => type === 'results');
    expect(shown).toMatchObject([{ results: { query: { file: 'quick' } } }]);
  });

  it('whose answer cannot be shown says so', async () => {
    const answer = here.world.answer.bind(here.world);
    here.world.answer = (...asked) => ({ ...answer(...asked), query: summary('/q', { covered: NaN }) });
    await here.session.show(summary('/q'));
    expect(here.world.news().at(-1)?.type).toBe('error');
    expect(here.world.logged.at(-1)).toContain('results.query.covered');
  });
});

describe('a page', () => {
  it('that loads before any query is told that there is none', async () => {
    await here.session.receive({ type: 'ready' });
    expect(here.world.news()).toEqual([{ type: 'empty' }]);
  });

  it('that is loaded again gets what it had shown, without another search', async () => {
    await here.session.show(summary('/q'));
    const before = here.world.news().at(-1);
    await here.session.receive({ type: 'ready' });
    expect(here.world.news()).toEqual([before]);
    expect(here.world.ranked).toHaveLength(1);
  });

  it('comes back with its history after the window was reloaded', async () => {
    await here.session.show(summary('/a'));
    await here.session.receive({ type: 'search', ref: ref('/3') });
    const later = new PanelSession(here.world, JSON.parse(JSON.stringify(here.world.saved)));
    here.world.news();
    await later.resume();
    expect(here.world.ranked.at(-1)).toMatchObject({ query: ref('/3'), scope: 'layout' });
    expect(here.world.news().at(-1)).toMatchObject({ type: 'results', history: { back: true } });
    later.dispose();
  });

  it('comes back empty when nothing was saved', async () => {
    await here.session.resume();
    await here.session.receive({ type: 'ready' });
    expect(here.world.news()).toEqual([{ type: 'empty' }]);
    expect(here.world.ranked).toEqual([]);
  });
});

describe('messages', () => {
  it('are followed for sequences that were shown', async () => {
    await here.session.show(summary('/q'));
    const shown = ref('/3');
    const messages = [
      { type: 'open', ref: shown },
      { type: 'reading', ref: shown },
      { type: 'pick' },
      { type: 'skipped' },
      { type: 'dropped', uris: ['file:///a.csv'] },
    ];
    for (const message of messages) await here.session.receive(message);
    expect(here.world.done).toEqual(['open /3', 'reading /3', 'pick', 'skipped', 'dropped file:///a.csv']);
  });

  it.each(['search', 'open', 'reading'])('of type %s are not followed for others', async (type) => {
    await here.session.show(summary('/q'));
    here.world.news();
    await here.session.receive({ type, ref: ref('/etc/passwd') });
    await here.session.receive({ type, ref: { path: '/3', number: 1 } });
    expect(here.world.ranked).toHaveLength(1);
    expect(here.world.done).toEqual([]);
    expect(here.world.news().map((message) => message.type)).toEqual(['error', 'error']);
    expect(here.world.logged).toHaveLength(2);
  });

  it.each([
    undefined,
    'ready',
    { type: 'dropped', uris: [1] },
    { type: 'dropped', uris: Array(1001).fill('file:///a') },
    { type: 'combine', by: 'most' },
    { type: 'delete' },
    { type: 'scope', scope: 'world' },
    { type: 'page', list: 1, from: 0, count: 1e6 },
    { type: 'weights', weights: [-1] },
    { type: 'arrange', arrangement: { ...plainArrangement, grouping: 'shape' } },
    { type: 'openSeveral', refs: [] },
    { type: 'open', ref: { path: ['/3'], number: 0 } },
  ])('that do not fit, such as %j, end as an error', async (message) => {
    await here.session.show(summary('/q'));
    here.world.news();
    await here.session.receive(message);
    expect(here.world.news().map(({ type }) => type)).toEqual(['error']);
    expect(here.world.logged).toHaveLength(1);
  });

  it('without a query change nothing', async () => {
    for (const type of ['back', 'forward', 'retry']) await here.session.receive({ type });
    expect(here.world.news()).toEqual([]);
    expect(here.world.ranked).toEqual([]);
  });
});
