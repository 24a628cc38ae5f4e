import * as v from 'valibot';
import { beforeEach, describe, expect, it } from 'vitest';
import { KindredError } from '../../../src/extension/failure';
import { OverviewSession } from '../../../src/extension/overview/overviewSession';
import type { RequestName } from '../../../src/protocol/engine';
import type { OverviewPoints, OverviewStatus } from '../../../src/protocol/overview';
import { toOverviewPage, type OverviewState, type ToOverviewPage } from '../../../src/protocol/overviewPage';
import type { IndexStatus } from '../../../src/protocol/sequences';

interface Question {
  readonly name: RequestName;
  readonly params: unknown;
  readonly resolve: (answer: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** Two files: `a.csv` with one sequence, `b.npz` with two. */
function pointsOf(version: number, picture = 0): OverviewPoints {
  const none = { texts: [], of: [-1, -1, -1] };
  return {
    ...{ version, picture, paths: ['/w/a.csv', '/w/b.npz'], files: { texts: ['a.csv', 'b.npz'], of: [0, 1, 1] } },
    ...{ number: [0, 0, 1], siblings: [1, 2, 2], names: none, labels: none, folders: none, formats: none },
    ...{ layouts: none, steps: [9, 9, 9], x: [], y: [], outlier: [], nearest: [], quality: null },
  };
}

function statusOf(change: Partial<OverviewStatus> = {}): OverviewStatus {
  return {
    ...{ layout: '["x"]', stage: 'ready', paused: false, done: 0, total: 0, secondsLeft: null },
    ...{ sequences: 3, version: 1, picture: 0, ...change },
  };
}

function indexOf(files: number, opening = 'a'): IndexStatus {
  return {
    ...{ state: 'ready', done: 1, total: 1, sequences: 3, skipped: 0, skippedSequences: 0, unsure: 0, problem: null },
    changes: { opening, files, labels: 0 },
  };
}

const layouts = [
  { channels: ['x'], sequences: 3 },
  { channels: ['y', 'z'], sequences: 2 },
];

let posted: ToOverviewPage[];
let questions: Question[];
let done: string[];
let logged: string[];
let later: (() => void)[];
let visible: boolean;
let session: OverviewSession;

beforeEach(() => {
  [posted, questions, done, logged, later, visible] = [[], [], [], [], [], true];
  session = sessionFor(undefined);
});

function sessionFor(layout: string | null | undefined): OverviewSession {
  const note =
    (what: string) =>
    (...told: readonly unknown[]) => {
      done.push([what, ...told.map((each) => JSON.stringify(each instanceof Map ? [...each] : each))].join(' '));
      return Promise.resolve();
    };
  return new OverviewSession(
    {
      ask: (name: RequestName, params: unknown) =>
        new Promise((resolve, reject) => {
          questions.push({ name, params, resolve: resolve as (answer: unknown) => void, reject });
        }),
      post: (message) => {
        expect(v.is(toOverviewPage, message)).toBe(true);
        posted.push(message);
      },
      isVisible: () => visible,
      later: (run) => {
        later.push(run);
        return () => {
          later = later.filter((each) => each !== run);
        };
      },
      moved: (layout) => void done.push(`moved ${String(layout)}`),
      open: note('open'),
      findSimilar: note('findSimilar'),
      setLabel: note('setLabel'),
      accept: note('accept'),
      undo: note('undo'),
      exclude: note('exclude'),
      fineTune: note('fineTune'),
      runRemedy: ({ command }) => note('remedy')(command),
      log: (text) => void logged.push(text),
    },
    layout,
  );
}

/** Lets everything run that waits for nothing from outside. */
const turn = () => new Promise((resolve) => setImmediate(resolve));

/** Answers the oldest question that waits, which must be of this name. */
async function answer(name: RequestName, given: unknown): Promise<unknown> {
  await turn();
  const question = questions.shift();
  expect(question?.name).toBe(name);
  question?.resolve(given);
  await turn();
  return question?.params;
}

const names = () => questions.map(({ name }) => name);

function state(): OverviewState {
  const message = posted.findLast(({ type }) => type === 'state');
  if (message?.type !== 'state') throw new Error('no state was shown');
  return message.state;
}

const posts = (type: ToOverviewPage['type']) => posted.filter((message) => message.type === type).length;

/** Brings the session to where it shows points. */
async function shown(status = statusOf()): Promise<void> {
  const ready = session.receive({ type: 'ready' });
  await answer('layouts', layouts);
  await answer('overview', status);
  await answer('overviewPoints', pointsOf(status.version));
  await ready;
}

describe('the overview', () => {
  it('begins with the largest layout, and shows its points', async () => {
    const ready = session.receive({ type: 'ready' });
    await answer('layouts', layouts);
    expect(await answer('overview', statusOf())).toEqual({ layout: '["x"]' });
    expect(await answer('overviewPoints', pointsOf(1))).toEqual({ layout: '["x"]' });
    await ready;
    expect(state().layouts.map(({ layout }) => layout)).toEqual(['["x"]', '["y","z"]']);
    expect(state()).toMatchObject({ layout: '["x"]', gone: false, error: null });
    expect(posts('points')).toBe(1);
    expect(questions).toEqual([]);
  });

  it('begins with the layout that was looked at before', async () => {
    session = sessionFor(null);
    const looked = session.look();
    await answer('layouts', layouts);
    expect(await answer('overview', statusOf({ layout: null }))).toEqual({ layout: null });
    await answer('overviewPoints', pointsOf(1));
    await looked;
  });

  it('waits while nothing is indexed', async () => {
    const looked = session.look();
    await answer('layouts', []);
    await looked;
    expect(state()).toMatchObject({ layouts: [], status: null, gone: false });
    const changed = session.indexChanged(indexOf(1));
    await answer('layouts', layouts);
    await answer('overview', statusOf());
    await answer('overviewPoints', pointsOf(1));
    await changed;
    expect(state().layout).toBe('["x"]');
  });

  it('asks for points only when they are others, and for places only when they have moved', async () => {
    await shown(statusOf({ stage: 'map', picture: 0 }));
    expect(later).toHaveLength(1);
    later[0]?.();
    await answer('overview', statusOf({ stage: 'map', picture: 0 }));
    expect(names()).toEqual([]);
    later[0]?.();
    await answer('overview', statusOf({ stage: 'map', picture: 4 }));
    await answer('overviewPlaces', { version: 1, picture: 4, x: [0, 0, 0], y: [0, 0, 0] });
    expect(posts('places')).toBe(1);
    later[0]?.();
    await answer('overview', statusOf({ stage: 'ready', version: 2, picture: 5 }));
    await answer('overviewPoints', pointsOf(2, 5));
    expect(posts('points')).toBe(2);
    expect(later).toEqual([]);
  });

  it('looks again while something goes on and somebody sees it, and not otherwise', async () => {
    await shown();
    expect(later).toEqual([]);
    visible = false;
    const looked = session.look();
    await answer('overview', statusOf({ stage: 'neighbours' }));
    await looked;
    expect(later).toEqual([]);
    visible = true;
    const again = session.look();
    await answer('overview', statusOf({ stage: 'neighbours', paused: true }));
    await again;
    expect(later).toEqual([]);
  });

  it('looks once more, not several times, when it is called while it looks', async () => {
    await shown();
    const looks = [session.look(), session.look(), session.look()];
    await answer('overview', statusOf());
    await answer('overview', statusOf());
    await Promise.all(looks);
    expect(questions).toEqual([]);
  });

  it('drops what comes of a layout that is looked at no longer', async () => {
    const ready = session.receive({ type: 'ready' });
    await answer('layouts', layouts);
    await answer('overview', statusOf());
    const chosen = session.receive({ type: 'layout', layout: null });
    await answer('overviewPoints', pointsOf(1));
    expect(posts('points')).toBe(0);
    expect(await answer('overview', statusOf({ layout: null, version: 7 }))).toEqual({ layout: null });
    await answer('overviewPoints', pointsOf(7));
    await Promise.all([ready, chosen]);
    expect(done).toEqual(['moved null']);
    expect(state()).toMatchObject({ layout: null, status: { version: 7 } });
  });

  it('asks for points anew where places are of others', async () => {
    await shown(statusOf({ stage: 'map' }));
    later[0]?.();
    await answer('overview', statusOf({ stage: 'map', picture: 2 }));
    await answer('overviewPlaces', { version: 2, picture: 2, x: [], y: [] });
    expect(posts('places')).toBe(0);
    await answer('overview', statusOf({ stage: 'map', version: 2, picture: 2 }));
    await answer('overviewPoints', pointsOf(2, 2));
    expect(posts('points')).toBe(2);
  });

  it('says that a layout has gone, and shows it when it comes back', async () => {
    await shown();
    const changed = session.indexChanged(indexOf(1));
    await answer('layouts', layouts.slice(1));
    await changed;
    expect(state()).toMatchObject({ gone: true, status: null, layout: '["x"]' });
    expect(names()).toEqual([]);
    const back = session.indexChanged(indexOf(2));
    await answer('layouts', layouts);
    await answer('overview', statusOf());
    await answer('overviewPoints', pointsOf(1));
    await back;
    expect(state().gone).toBe(false);
  });

  it('asks for points anew when the index was opened anew, whatever their version', async () => {
    await shown();
    const changed = session.indexChanged(indexOf(0, 'b'));
    await answer('layouts', layouts);
    await answer('overview', statusOf());
    await answer('overviewPoints', pointsOf(1));
    await changed;
    // The same index again is no change.
    await session.indexChanged(indexOf(0, 'b'));
    expect(questions).toEqual([]);
  });

  it('pauses, and goes on', async () => {
    await shown(statusOf({ stage: 'map' }));
    const paused = session.receive({ type: 'pause', paused: true });
    expect(await answer('overviewPause', statusOf({ stage: 'map', paused: true }))).toEqual({
      layout: '["x"]',
      paused: true,
    });
    await answer('overview', statusOf({ stage: 'map', paused: true }));
    await paused;
    expect(state().status?.paused).toBe(true);
  });
});

describe('what fails', () => {
  it('is said with what can be done, which the page can ask for', async () => {
    const looked = session.look();
    await turn();
    const remedies = [{ label: 'Manage Trust', command: 'trust' }];
    questions.shift()?.reject(new KindredError('Not here.', { remedies }));
    await looked;
    expect(state()).toMatchObject({ error: 'Not here.', remedies: ['Manage Trust'] });
    await session.receive({ type: 'remedy', index: 0 });
    await session.receive({ type: 'remedy', index: 5 });
    expect(done).toEqual(['remedy "trust"']);
    expect(logged).toEqual([]);
    const again = session.receive({ type: 'retry' });
    await answer('layouts', layouts);
    await answer('overview', statusOf());
    await answer('overviewPoints', pointsOf(1));
    await again;
    expect(state().error).toBeNull();
  });

  it('is logged where nobody expected it', async () => {
    const looked = session.look();
    await turn();
    questions.shift()?.reject(new TypeError('a bug'));
    await looked;
    expect(state().error).toContain('a bug');
    expect(logged).toHaveLength(1);
  });
});

describe('what the page asks for', () => {
  const a = { path: '/w/a.csv', number: 0 };
  const b = { path: '/w/b.npz', number: 1 };

  beforeEach(() => shown());

  it('is done with sequences that it was shown, and refused with others', async () => {
    await session.receive({ type: 'open', refs: [a] });
    await session.receive({ type: 'open', refs: [{ path: '/etc/passwd', number: 0 }] });
    await session.receive({ type: 'open', refs: [{ path: '/w/a.csv', number: 1 }] });
    expect(done).toEqual([`open ${JSON.stringify([a])}`]);
    expect(logged).toHaveLength(2);
  });

  it('labels whole files where they hold one sequence, and single sequences else', async () => {
    await session.receive({ type: 'setLabel', refs: [a, b] });
    expect(done).toEqual([`setLabel ${JSON.stringify([{ path: '/w/a.csv', number: null }, b])}`]);
  });

  it('accepts labels together that are the same', async () => {
    const labels = [
      { ref: a, label: 'walk' },
      { ref: b, label: 'run' },
      { ref: { ...b, number: 0 }, label: 'walk' },
    ];
    await session.receive({ type: 'accept', labels });
    const walk = [
      { path: '/w/a.csv', number: null },
      { path: '/w/b.npz', number: 0 },
    ];
    expect(done).toEqual([
      `accept ${JSON.stringify([
        ['walk', walk],
        ['run', [b]],
      ])}`,
    ]);
  });

  it('leaves out files with all that they hold, but not the file of the one to keep', async () => {
    await session.receive({ type: 'exclude', refs: [b, { ...b, number: 0 }], kept: [a] });
    expect(done).toEqual(['exclude ["/w/b.npz"] 2']);
    await expect(session.receive({ type: 'exclude', refs: [b], kept: [{ ...b, number: 0 }] })).rejects.toThrow(
      /whole files/,
    );
  });

  it('is answered where it is about the layout that is shown', async () => {
    const part = { from: 0, count: 5, ignored: false };
    const asked = session.receive({ type: 'ask', id: 1, name: 'overviewGroups', asked: { ...part, layout: '["x"]' } });
    await answer('overviewGroups', { rows: [] });
    await asked;
    await session.receive({ type: 'ask', id: 2, name: 'overviewGroups', asked: { ...part, layout: null } });
    await session.receive({ type: 'ask', id: 3, name: 'overviewGroups', asked: {} });
    const plot = { ref: { path: '/etc/passwd', number: 0 }, columns: 9, channels: 1 };
    await session.receive({ type: 'ask', id: 4, name: 'plot', asked: plot });
    expect(questions).toEqual([]);
    expect(posted.filter(({ type }) => type === 'answer' || type === 'unanswered')).toEqual([
      { type: 'answer', id: 1, answer: { rows: [] } },
      { type: 'unanswered', id: 2, message: expect.stringContaining('layout') as string },
    ]);
    expect(logged).toHaveLength(2);
  });

  it('is passed on', async () => {
    for (const type of ['undo', 'fineTune']) await session.receive({ type });
    await session.receive({ type: 'findSimilar', refs: [a, b] });
    expect(done).toEqual(['undo', 'fineTune', `findSimilar ${JSON.stringify([a, b])}`]);
    await session.receive({ type: 'nonsense' });
    expect(logged).toHaveLength(1);
  });
});
