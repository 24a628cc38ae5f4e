import { beforeEach, describe, expect, it } from 'vitest';
import { indexOf, layouts, OverviewWorld, pointsOf, statusOf } from './world';

let world: OverviewWorld;

beforeEach(() => {
  world = new OverviewWorld();
});

describe('the overview', () => {
  it('begins with the largest layout, and shows its points', async () => {
    const ready = world.session.receive({ type: 'ready' });
    await world.answer('layouts', layouts);
    expect(await world.answer('overview', statusOf())).toEqual({ layout: '["x"]' });
    expect(await world.answer('overviewPoints', pointsOf(1))).toEqual({ layout: '["x"]' });
    await ready;
    expect(world.state.layouts.map(({ layout }) => layout)).toEqual(['["x"]', '["y","z"]']);
    expect(world.state).toMatchObject({ layout: '["x"]', gone: false, error: null });
    expect(world.posts('points')).toBe(1);
    expect(world.questions).toEqual([]);
  });

  it('begins with the layout that was looked at before', async () => {
    world = new OverviewWorld(null);
    const looked = world.session.look();
    await world.answer('layouts', layouts);
    expect(await world.answer('overview', statusOf({ layout: null }))).toEqual({ layout: null });
    await world.answer('overviewPoints', pointsOf(1));
    await looked;
  });

  it('waits while nothing is indexed', async () => {
    const looked = world.session.look();
    await world.answer('layouts', []);
    await looked;
    expect(world.state).toMatchObject({ layouts: [], status: null, gone: false });
    const changed = world.session.indexChanged(indexOf(1));
    await world.answer('layouts', layouts);
    await world.answer('overview', statusOf());
    await world.answer('overviewPoints', pointsOf(1));
    await changed;
    expect(world.state.layout).toBe('["x"]');
  });

  it('asks for points only when they are others, and for places only when they have moved', async () => {
    await world.shown(statusOf({ stage: 'map', picture: 0 }));
    expect(world.later).toHaveLength(1);
    world.later[0]?.();
    await world.answer('overview', statusOf({ stage: 'map', picture: 0 }));
    expect(world.names).toEqual([]);
    world.later[0]?.();
    await world.answer('overview', statusOf({ stage: 'map', picture: 4 }));
    await world.answer('overviewPlaces', { version: 1, picture: 4, x: [0, 0, 0], y: [0, 0, 0] });
    expect(world.posts('places')).toBe(1);
    world.later[0]?.();
    await world.answer('overview', statusOf({ stage: 'ready', version: 2, picture: 5 }));
    await world.answer('overviewPoints', pointsOf(2, 5));
    expect(world.posts('points')).toBe(2);
    expect(world.later).toEqual([]);
  });

  it('looks again while something goes on and somebody sees it, and not otherwise', async () => {
    await world.shown();
    expect(world.later).toEqual([]);
    world.visible = false;
    const looked = world.session.look();
    await world.answer('overview', statusOf({ stage: 'neighbours' }));
    await looked;
    expect(world.later).toEqual([]);
    world.visible = true;
    const again = world.session.look();
    await world.answer('overview', statusOf({ stage: 'neighbours', paused: true }));
    await again;
    expect(world.later).toEqual([]);
  });

  it('looks once more, not several times, when it is called while it looks', async () => {
    await world.shown();
    const looks = [world.session.look(), world.session.look(), world.session.look()];
    await world.answer('overview', statusOf());
    await world.answer('overview', statusOf());
    await Promise.all(looks);
    expect(world.questions).toEqual([]);
  });

  it('drops what comes of a layout that is looked at no longer', async () => {
    const ready = world.session.receive({ type: 'ready' });
    await world.answer('layouts', layouts);
    await world.answer('overview', statusOf());
    const chosen = world.session.receive({ type: 'layout', layout: null });
    await world.answer('overviewPoints', pointsOf(1));
    expect(world.posts('points')).toBe(0);
    expect(await world.answer('overview', statusOf({ layout: null, version: 7 }))).toEqual({ layout: null });
    await world.answer('overviewPoints', pointsOf(7));
    await Promise.all([ready, chosen]);
    expect(world.done).toEqual(['moved null']);
    expect(world.state).toMatchObject({ layout: null, status: { version: 7 } });
  });

  it('asks for points anew where places are of others', async () => {
    await world.shown(statusOf({ stage: 'map' }));
    world.later[0]?.();
    await world.answer('overview', statusOf({ stage: 'map', picture: 2 }));
    await world.answer('overviewPlaces', { version: 2, picture: 2, x: [], y: [] });
    expect(world.posts('places')).toBe(0);
    await world.answer('overview', statusOf({ stage: 'map', version: 2, picture: 2 }));
    await world.answer('overviewPoints', pointsOf(2, 2));
    expect(world.posts('points')).toBe(2);
  });

  it('says that a layout has gone, and shows it when it comes back', async () => {
    await world.shown();
    const changed = world.session.indexChanged(indexOf(1));
    await world.answer('layouts', layouts.slice(1));
    await changed;
    expect(world.state).toMatchObject({ gone: true, status: null, layout: '["x"]' });
    expect(world.names).toEqual([]);
    const back = world.session.indexChanged(indexOf(2));
    await world.answer('layouts', layouts);
    await world.answer('overview', statusOf());
    await world.answer('overviewPoints', pointsOf(1));
    await back;
    expect(world.state.gone).toBe(false);
  });

  it('asks for points anew when the index was opened anew, whatever their version', async () => {
    await world.shown();
    const changed = world.session.indexChanged(indexOf(0, 'b'));
    await world.answer('layouts', layouts);
    await world.answer('overview', statusOf());
    await world.answer('overviewPoints', pointsOf(1));
    await changed;
    // The same index again is no change.
    await world.session.indexChanged(indexOf(0, 'b'));
    expect(world.questions).toEqual([]);
  });

  it('pauses, and goes on', async () => {
    await world.shown(statusOf({ stage: 'map' }));
    const paused = world.session.receive({ type: 'pause', paused: true });
    expect(await world.answer('overviewPause', statusOf({ stage: 'map', paused: true }))).toEqual({
      layout: '["x"]',
      paused: true,
    });
    await world.answer('overview', statusOf({ stage: 'map', paused: true }));
    await paused;
    expect(world.state.status?.paused).toBe(true);
  });
});
