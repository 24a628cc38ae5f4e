import { beforeEach, describe, expect, it } from 'vitest';
import { KindredError } from '../../../../src/extension/failure';
import { layouts, OverviewWorld, pointsOf, statusOf, turn } from './world';

let world: OverviewWorld;

beforeEach(() => {
  world = new OverviewWorld();
});

describe('what fails', () => {
  it('is said with what can be world.done, which the page can ask for', async () => {
    const looked = world.session.look();
    await turn();
    const remedies = [{ label: 'Manage Trust', command: 'trust' }];
    world.questions.shift()?.reject(new KindredError('Not here.', { remedies }));
    await looked;
    expect(world.state).toMatchObject({ error: 'Not here.', remedies: ['Manage Trust'] });
    await world.session.receive({ type: 'remedy', index: 0 });
    await world.session.receive({ type: 'remedy', index: 5 });
    expect(world.done).toEqual(['remedy "trust"']);
    expect(world.logged).toEqual([]);
    const again = world.session.receive({ type: 'retry' });
    await world.answer('layouts', layouts);
    await world.answer('overview', statusOf());
    await world.answer('overviewPoints', pointsOf(1));
    await again;
    expect(world.state.error).toBeNull();
  });

  it('is world.logged where nobody expected it', async () => {
    const looked = world.session.look();
    await turn();
    world.questions.shift()?.reject(new TypeError('a bug'));
    await looked;
    expect(world.state.error).toContain('a bug');
    expect(world.logged).toHaveLength(1);
  });
});

describe('what the page asks for', () => {
  const a = { path: '/w/a.csv', number: 0 };
  const b = { path: '/w/b.npz', number: 1 };

  beforeEach(() => world.shown());

  it('is world.done with sequences that it was shown, and refused with others', async () => {
    await world.session.receive({ type: 'open', refs: [a] });
    await world.session.receive({ type: 'open', refs: [{ path: '/etc/passwd', number: 0 }] });
    await world.session.receive({ type: 'open', refs: [{ path: '/w/a.csv', number: 1 }] });
    expect(world.done).toEqual([`open ${JSON.stringify([a])}`]);
    expect(world.logged).toHaveLength(2);
  });

  it('labels whole files where they hold one sequence, and single sequences else', async () => {
    await world.session.receive({ type: 'setLabel', refs: [a, b] });
    expect(world.done).toEqual([`setLabel ${JSON.stringify([{ path: '/w/a.csv', number: null }, b])}`]);
  });

  it('accepts labels together that are the same', async () => {
    const labels = [
      { ref: a, label: 'walk' },
      { ref: b, label: 'run' },
      { ref: { ...b, number: 0 }, label: 'walk' },
    ];
    await world.session.receive({ type: 'accept', labels });
    const walk = [
      { path: '/w/a.csv', number: null },
      { path: '/w/b.npz', number: 0 },
    ];
    expect(world.done).toEqual([
      `accept ${JSON.stringify([
        ['walk', walk],
        ['run', [b]],
      ])}`,
    ]);
  });

  it('leaves out files with all that they hold, but not the file of the one to keep', async () => {
    await world.session.receive({ type: 'exclude', refs: [b, { ...b, number: 0 }], kept: [a] });
    expect(world.done).toEqual(['exclude ["/w/b.npz"] 2']);
    await expect(world.session.receive({ type: 'exclude', refs: [b], kept: [{ ...b, number: 0 }] })).rejects.toThrow(
      /whole files/,
    );
  });

  it('is answered where it is about the layout that is shown', async () => {
    const part = { from: 0, count: 5, ignored: false };
    const asked = world.session.receive({
      type: 'ask',
      id: 1,
      name: 'overviewGroups',
      asked: { ...part, layout: '["x"]' },
    });
    await world.answer('overviewGroups', { rows: [] });
    await asked;
    await world.session.receive({ type: 'ask', id: 2, name: 'overviewGroups', asked: { ...part, layout: null } });
    await world.session.receive({ type: 'ask', id: 3, name: 'overviewGroups', asked: {} });
    const plot = { ref: { path: '/etc/passwd', number: 0 }, columns: 9, channels: 1 };
    await world.session.receive({ type: 'ask', id: 4, name: 'plot', asked: plot });
    expect(world.questions).toEqual([]);
    expect(world.posted.filter(({ type }) => type === 'answer' || type === 'unanswered')).toEqual([
      { type: 'answer', id: 1, answer: { rows: [] } },
      { type: 'unanswered', id: 2, message: expect.stringContaining('layout') as string },
    ]);
    expect(world.logged).toHaveLength(2);
  });

  it('is passed on', async () => {
    for (const type of ['undo', 'fineTune']) await world.session.receive({ type });
    await world.session.receive({ type: 'findSimilar', refs: [a, b] });
    expect(world.done).toEqual(['undo', 'fineTune', `findSimilar ${JSON.stringify([a, b])}`]);
    await world.session.receive({ type: 'copyPython', refs: [b] });
    await world.session.receive({ type: 'copyPython', refs: [] });
    expect(world.done.slice(3)).toEqual([
      `copyPython ${JSON.stringify(a)} ${JSON.stringify([b])}`,
      `copyPython ${JSON.stringify(a)} null`,
    ]);
    await world.session.receive({ type: 'compare', refs: [a, b] });
    expect(world.done.at(-1)).toBe(`compare ${JSON.stringify(a)} ${JSON.stringify(b)} false`);
    await world.session.receive({ type: 'nonsense' });
    expect(world.logged).toHaveLength(1);
  });
});
