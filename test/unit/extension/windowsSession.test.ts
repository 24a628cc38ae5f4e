import * as v from 'valibot';
import { beforeEach, describe, expect, it } from 'vitest';
import { KindredError } from '../../../src/extension/failure';
import { WindowsSession } from '../../../src/extension/windows/windowsSession';
import type { RequestName } from '../../../src/protocol/engine';
import type { SequenceSummary } from '../../../src/protocol/sequences';
import type { WindowsFound, WindowsParams } from '../../../src/protocol/windows';
import { toWindowsPage, type ToWindowsPage, type WindowsState } from '../../../src/protocol/windowsPage';

interface Question {
  readonly name: RequestName;
  readonly params: unknown;
  readonly signal: AbortSignal | undefined;
  readonly resolve: (answer: never) => void;
  readonly reject: (error: Error) => void;
}

const params: WindowsParams = {
  query: { path: '/w/a.csv', number: 0 },
  span: { start: 10, end: 40 },
  among: { kind: 'layout' },
  each: 'best',
  limit: 50,
};

function summaryOf(path: string): SequenceSummary {
  return {
    ...{ ref: { path, number: 0 }, file: path.slice(3), siblings: 1, format: 'csv', name: null, label: null },
    ...{ channels: ['x'], steps: 100, rate: null, covered: 1, notes: [], doubts: [] },
  };
}

function found(...paths: readonly string[]): WindowsFound {
  const index = {
    state: 'ready',
    done: 1,
    total: 1,
    sequences: 1,
    skipped: 0,
    skippedSequences: 0,
    unsure: 0,
    changes: { opening: 'a', files: 0, labels: 0 },
    problem: null,
  } as const;
  return {
    ...{ query: summaryOf('/w/a.csv'), span: params.span, seconds: null, notes: [], left: [], index, milliseconds: 1 },
    searched: { recordings: paths.length, windows: 9 },
    rows: paths.map((path, i) => {
      return { rank: i + 1, distance: i, sequence: summaryOf(path), span: { start: i, end: i + 30 } };
    }),
  };
}

let posted: ToWindowsPage[];
let questions: Question[];
let moved: WindowsParams[];
let opened: string[];
let copied: unknown[];
let logged: string[];
let session: WindowsSession;

beforeEach(() => {
  [posted, questions, moved, opened, copied, logged] = [[], [], [], [], [], []];
  session = new WindowsSession(
    {
      ask: (name: RequestName, asked: unknown, signal?: AbortSignal) =>
        new Promise((resolve, reject) => {
          questions.push({ name, params: asked, signal, resolve, reject });
        }),
      post: (message) => {
        expect(v.is(toWindowsPage, message)).toBe(true);
        posted.push(message);
      },
      moved: (next) => void moved.push(next),
      open: ({ path }, { start, end }) => {
        opened.push(`${path} ${start} to ${end}`);
        return Promise.resolve();
      },
      copyPython: (asked, found) => {
        copied.push([asked, found]);
        return Promise.resolve();
      },
      log: (text) => void logged.push(text),
    },
    params,
  );
});

/** Lets everything run that waits for nothing from outside. */
const turn = () => new Promise((resolve) => setImmediate(resolve));

function state(): WindowsState {
  const message = posted.findLast(({ type }) => type === 'state');
  if (message?.type !== 'state') throw new Error('no state was shown');
  return message.state;
}

function asked(): Question {
  const question = questions.shift();
  if (question === undefined) throw new Error('nothing was asked');
  return question;
}

async function searched(...paths: readonly string[]): Promise<void> {
  const running = session.search();
  asked().resolve(found(...paths) as never);
  await running;
}

describe('a search for parts', () => {
  it('is asked for, kept for a reload, and shown', async () => {
    const running = session.search();
    expect(state()).toMatchObject({ searching: true, found: null });
    const { name, params: sent, resolve } = asked();
    expect([name, sent, moved]).toEqual(['windows', params, [params]]);
    resolve(found('/w/b.csv') as never);
    await running;
    expect(state()).toMatchObject({ searching: false, error: null, found: { rows: [{ rank: 1 }] } });
  });

  it('can be copied as Python once something was found', async () => {
    await session.receive({ type: 'copyPython' });
    expect(copied).toEqual([]);
    await searched('/w/b.csv');
    await session.receive({ type: 'copyPython' });
    expect(copied).toEqual([[params, state().found]]);
  });

  it('gives way to a newer one, whichever is answered last', async () => {
    const first = session.search();
    const second = session.search({ ...params, each: 'all' });
    const [older, newer] = [asked(), asked()];
    expect(older.signal?.aborted).toBe(true);
    newer.resolve(found('/w/new.csv') as never);
    older.resolve(found('/w/old.csv') as never);
    await Promise.all([first, second]);
    expect(state().found?.rows[0]?.sequence.ref.path).toBe('/w/new.csv');
    expect(state().params.each).toBe('all');
  });

  it('begins again for windows of other lengths, and not for those that it shows', async () => {
    await searched('/w/a.csv');
    await session.receive({ type: 'range', range: false });
    expect(questions).toHaveLength(0);
    const running = session.receive({ type: 'range', range: true });
    const { params: sent, resolve } = asked();
    expect(sent).toEqual({ ...params, range: true });
    resolve(found('/w/b.csv') as never);
    await running;
    expect(state().params).toMatchObject({ range: true });
  });

  it('says in words why it failed, and can be tried again', async () => {
    const running = session.search();
    asked().reject(new KindredError('The selection has 3 time steps, and at least 16 are needed.'));
    await running;
    expect(state()).toMatchObject({ searching: false, error: expect.stringContaining('at least 16') as string });
    expect(session.isWaiting).toBe(true);
    const again = session.receive({ type: 'retry' });
    asked().resolve(found() as never);
    await again;
    expect(state()).toMatchObject({ error: null, found: { rows: [] } });
  });

  it('keeps what was found while more of it, or all windows, are asked for', async () => {
    await searched('/w/b.csv');
    const more = session.receive({ type: 'more' });
    expect(state().found?.rows).toHaveLength(1);
    const { params: sent, resolve } = asked();
    expect(sent).toMatchObject({ limit: 100 });
    resolve(found('/w/b.csv', '/w/c.csv') as never);
    await more;
    const all = session.receive({ type: 'each', each: 'all' });
    expect(state().found?.rows).toHaveLength(2);
    expect(asked().params).toMatchObject({ each: 'all', limit: 50 });
    session.dispose();
    await turn();
    expect(all).toBeInstanceOf(Promise);
  });
});

describe('the page of parts', () => {
  it('opens a row, the query, and searches for a row', async () => {
    await searched('/w/b.csv', '/w/c.csv');
    await session.receive({ type: 'open', rank: 2 });
    await session.receive({ type: 'openQuery' });
    expect(opened).toEqual(['/w/c.csv 1 to 31', '/w/a.csv 10 to 40']);
    const running = session.receive({ type: 'search', rank: 2 });
    expect(state().found).toBeNull();
    expect(asked().params).toMatchObject({ query: { path: '/w/c.csv' }, span: { start: 1, end: 31 } });
    session.dispose();
    expect(running).toBeInstanceOf(Promise);
  });

  it('is given curves of what it was shown, and of nothing else', async () => {
    await searched('/w/b.csv');
    const ask = (path: string) =>
      session.receive({
        ...{ type: 'ask', id: 1, name: 'series' },
        asked: { ref: { path, number: 0 }, span: null, columns: 10, channels: [0] },
      });
    const running = ask('/w/b.csv');
    asked().resolve({ curves: true } as never);
    await running;
    expect(posted.at(-1)).toEqual({ type: 'answer', id: 1, answer: { curves: true } });
    await ask('/etc/passwd');
    expect(questions).toEqual([]);
    expect(logged).toEqual([expect.stringContaining('not shown')]);
  });

  it('is not believed when its message does not fit', async () => {
    await session.receive({ type: 'open', rank: -1 });
    await session.receive({ type: 'run', command: 'rm' });
    await session.receive({ type: 'open', rank: 7 });
    expect(opened).toEqual([]);
    expect(logged).toHaveLength(2);
  });
});
