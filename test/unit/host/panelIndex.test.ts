import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
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
      { type: 'pinned' },
      { type: 'results' },
      { type: 'facets' },
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
    world.list = (parameters) => {
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
