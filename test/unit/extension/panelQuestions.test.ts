import { describe, expect, it } from 'vitest';
import { plainArrangement, type Params } from '../../../src/protocol/engine';
import { panelWorld, ref, summary } from './panelWorld';

const here = panelWorld();

describe('a question of the page', () => {
  const align = (match: string) => ({ name: 'align', asked: { query: ref('/q'), match: ref(match) } });

  it('is answered by its number', async () => {
    await here.session.show(summary('/q'));
    here.world.news();
    await here.session.receive({ type: 'ask', id: 7, ...align('/3') });
    expect(here.world.news()).toEqual([{ type: 'answer', id: 7, answer: { lag: 1, unit: 's', correlation: 0.5 } }]);
  });

  it('that cannot be answered says why', async () => {
    await here.session.show(summary('/q'));
    here.world.news();
    await here.session.receive({ type: 'ask', id: 8, name: 'calibration', asked: { query: ref('/q') } });
    expect(here.world.news()).toMatchObject([
      { type: 'unanswered', id: 8, message: expect.stringContaining('calibration') as string },
    ]);
  });

  it('is answered with the scope and the weights of the list', async () => {
    await here.session.show(summary('/q'));
    await here.session.receive({ type: 'weights', weights: [2] });
    await here.session.receive({ type: 'scope', scope: 'all' });
    const asked: Params<'explain'>[] = [];
    here.world.engine.explain = (params) => {
      asked.push(params);
      return Promise.resolve({ distance: 1, channels: null, kinds: [], features: [], of: 0 });
    };
    // A page may still show another query than the one that is listed by now.
    const explain = { query: ref('/2'), match: ref('/3'), features: 6 };
    await here.session.receive({ type: 'ask', id: 1, name: 'explain', asked: explain });
    expect(asked).toEqual([{ ...explain, scope: 'all', weights: [2] }]);
  });

  it('may be about a match of any page that was shown, and of no other', async () => {
    here.world.known = 1000;
    await here.session.show(summary('/q'));
    const list = here.world.news().findLast((message) => message.type === 'results')!.results.list;
    await here.session.receive({ type: 'ask', id: 1, ...align('/900') });
    expect(here.world.news()).toMatchObject([{ type: 'error' }]);
    await here.session.receive({ type: 'page', list, from: 900, count: 50 });
    await here.session.receive({ type: 'ask', id: 2, ...align('/900') });
    expect(here.world.news().at(-1)).toMatchObject({ type: 'answer', id: 2 });
  });

  it('about a sequence that it was never told of is refused', async () => {
    await here.session.show(summary('/q'));
    here.world.news();
    await here.session.receive({ type: 'ask', id: 9, ...align('/etc/passwd') });
    expect(here.world.news()).toMatchObject([{ type: 'error' }]);
    expect(here.world.logged.at(-1)).toMatch(/never told of/);
  });

  it.each([
    { name: 'align', asked: { query: ref('/q') } },
    { name: 'series', asked: { ref: ref('/q'), span: { start: 5, end: 5 }, columns: 10, channels: [] } },
    { name: 'plot', asked: { ref: ref('/q'), columns: 1e9, channels: 6 } },
    { name: 'rebuild', asked: {} },
    { name: 'align' },
  ])('that does not fit, such as %j, ends as an error', async (question) => {
    await here.session.show(summary('/q'));
    here.world.news();
    await here.session.receive({ type: 'ask', id: 1, ...question });
    expect(here.world.news().map(({ type }) => type)).toEqual(['error']);
  });

  it('that is cancelled stops in the engine, and is not answered', async () => {
    await here.session.show(summary('/q'));
    here.world.news();
    const stopped: string[] = [];
    here.world.engine.align = ({ match }, signal) =>
      new Promise((_, reject) => {
        signal?.addEventListener('abort', () => {
          stopped.push(match.path);
          reject(new Error('cancelled'));
        });
      });
    const answered = ['/3', '/4'].map((match, id) => here.session.receive({ type: 'ask', id, ...align(match) }));
    await here.session.receive({ type: 'cancel', id: 7 });
    expect(stopped).toEqual([]);
    await here.session.receive({ type: 'cancel', id: 0 });
    await answered[0];
    expect(stopped).toEqual(['/3']);
    here.session.dispose();
    await Promise.all(answered);
    expect(stopped).toEqual(['/3', '/4']);
    expect(here.world.news()).toEqual([]);
    expect(here.world.logged).toEqual([]);
  });

  it('that takes something away is handed on with the query that is shown', async () => {
    await here.session.receive({ type: 'export', what: 'pairs', format: 'npz' });
    expect(here.world.done).toEqual([]);
    await here.session.show(summary('/q'));
    await here.session.receive({ type: 'export', what: 'pairs', format: 'npz' });
    await here.session.receive({ type: 'savePlot', format: 'svg', name: 'q', data: '<svg/>' });
    expect(here.world.done).toEqual(['export npz', 'savePlot svg']);
    const arrangement = { ...plainArrangement, grouping: 'label' as const };
    await here.session.receive({ type: 'arrange', arrangement });
    await here.session.receive({ type: 'weights', weights: [2] });
    await here.session.receive({ type: 'export', what: 'search', format: 'csv' });
    expect(here.world.takenFrom).toMatchObject({ query: ref('/q'), weights: [2], arrangement, ranking: 'ranking 2' });
    await here.session.receive({ type: 'export', what: 'everything', format: 'npz' });
    expect(here.world.news().at(-1)).toMatchObject({ type: 'error' });
  });
});
