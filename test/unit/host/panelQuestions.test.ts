import { afterEach, beforeEach, describe, expect, it } from 'vitest';
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
