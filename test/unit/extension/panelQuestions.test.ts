import { describe, expect, it } from 'vitest';
import { plainArrangement } from '../../../src/protocol/engine';
import { panelWorld, ref, summary } from './panelWorld';

const here = panelWorld();

describe('a question of the page', () => {
  const align = (match: string) => ({ kind: 'align', query: ref('/q'), match: ref(match) });

  it('is answered by its number', async () => {
    await here.session.show(summary('/q'));
    here.world.news();
    await here.session.receive({ type: 'ask', id: 7, question: align('/3') });
    expect(here.world.news()).toEqual([
      { type: 'answer', id: 7, answer: { kind: 'align', lag: 1, unit: 's', correlation: 0.5 } },
    ]);
  });

  it('that cannot be answered says why', async () => {
    await here.session.show(summary('/q'));
    here.world.news();
    await here.session.receive({ type: 'ask', id: 8, question: { kind: 'calibration', query: ref('/q') } });
    expect(here.world.news()).toMatchObject([
      { type: 'unanswered', id: 8, message: expect.stringContaining('calibration') as string },
    ]);
  });

  it('is answered with the scope and the weights of the list', async () => {
    await here.session.show(summary('/q'));
    await here.session.receive({ type: 'weights', weights: [2] });
    await here.session.receive({ type: 'scope', scope: 'all' });
    await here.session.receive({ type: 'ask', id: 1, question: align('/3') });
    expect(here.world.repliedFor).toMatchObject({ scope: 'all', weights: [2] });
  });

  it('may be about a match of any page that was shown, and of no other', async () => {
    here.world.known = 1000;
    await here.session.show(summary('/q'));
    const list = here.world.news().findLast((message) => message.type === 'results')!.results.list;
    await here.session.receive({ type: 'ask', id: 1, question: align('/900') });
    expect(here.world.news()).toMatchObject([{ type: 'error' }]);
    await here.session.receive({ type: 'page', list, from: 900, count: 50 });
    await here.session.receive({ type: 'ask', id: 2, question: align('/900') });
    expect(here.world.news().at(-1)).toMatchObject({ type: 'answer', id: 2 });
  });

  it('about a sequence that it was never told of is refused', async () => {
    await here.session.show(summary('/q'));
    here.world.news();
    await here.session.receive({ type: 'ask', id: 9, question: align('/etc/passwd') });
    expect(here.world.news()).toMatchObject([{ type: 'error' }]);
    expect(here.world.logged.at(-1)).toMatch(/never told of/);
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
    expect(here.world.takenFrom).toMatchObject({ query: ref('/q'), weights: [2], arrangement });
    await here.session.receive({ type: 'export', what: 'everything', format: 'npz' });
    expect(here.world.news().at(-1)).toMatchObject({ type: 'error' });
  });
});
