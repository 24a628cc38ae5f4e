import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { plainArrangement } from '../../../src/protocol/engine';
import { PanelSession } from '../../../src/host/panel/panelSession';
import { summary, World } from './panelWorld';

let world: World;
let session: PanelSession;

beforeEach(() => {
  world = new World();
  session = new PanelSession(world, undefined);
});

afterEach(() => {
  session.dispose();
});

const ref = (path: string) => ({ path, number: 0 });

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

  it('is answered with the scope and the weights of the list', async () => {
    await session.show(summary('/q'));
    await session.receive({ type: 'weights', weights: [2] });
    await session.receive({ type: 'scope', scope: 'all' });
    await session.receive({ type: 'ask', id: 1, question: align('/3') });
    expect(world.repliedFor).toMatchObject({ scope: 'all', weights: [2] });
  });

  it('may be about a match of any page that was shown, and of no other', async () => {
    world.known = 1000;
    await session.show(summary('/q'));
    const list = world.news().findLast((message) => message.type === 'results')!.results.list;
    await session.receive({ type: 'ask', id: 1, question: align('/900') });
    expect(world.news()).toMatchObject([{ type: 'error' }]);
    await session.receive({ type: 'page', list, from: 900, count: 50 });
    await session.receive({ type: 'ask', id: 2, question: align('/900') });
    expect(world.news().at(-1)).toMatchObject({ type: 'answer', id: 2 });
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
    const arrangement = { ...plainArrangement, grouping: 'label' as const };
    await session.receive({ type: 'arrange', arrangement });
    await session.receive({ type: 'weights', weights: [2] });
    await session.receive({ type: 'export', what: 'search', format: 'csv' });
    expect(world.takenFrom).toMatchObject({ query: ref('/q'), weights: [2], arrangement });
    await session.receive({ type: 'export', what: 'everything', format: 'npz' });
    expect(world.news().at(-1)).toMatchObject({ type: 'error' });
  });
});
