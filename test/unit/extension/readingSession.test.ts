import * as v from 'valibot';
import { beforeEach, describe, expect, it } from 'vitest';
import { KindredError } from '../../../src/extension/failure';
import { ReadingSession, type ReadingPort } from '../../../src/extension/reading/readingSession';
import type { Params, RequestName } from '../../../src/protocol/engine';
import type { ReadingDescription, ReadingRules } from '../../../src/protocol/reading';
import { toReadingPage, type ReadingState, type ToReadingPage } from '../../../src/protocol/readingPage';

interface Question {
  readonly name: RequestName;
  readonly params: unknown;
  readonly signal: AbortSignal | undefined;
  readonly resolve: (answer: never) => void;
  readonly reject: (error: Error) => void;
}

const rules: ReadingRules = {
  path: '/w/gaze/a.csv',
  file: 'gaze/a.csv',
  rulesFile: '/w/.kindred/reading.json',
  problem: null,
  decisions: { rate: 25 },
  globs: { file: 'gaze/a.csv', alike: 'gaze/*.csv', all: '*.csv' },
};

const counted = { files: 3, own: true, ruled: true, problem: null };

function described(steps: number): ReadingDescription {
  const sequence = { name: null, label: null, rate: 25, steps, channels: [], notes: [], doubts: [] };
  return {
    ...{ format: 'delimited', problem: null, decidable: ['rate'], decided: {}, table: null, channels: [] },
    sequences: [sequence],
    sequenceCount: 1,
  };
}

let posted: ToReadingPage[];
let questions: Question[];
let done: string[];
let logged: string[];
let session: ReadingSession;

beforeEach(() => {
  [posted, questions, done, logged] = [[], [], [], []];
  const port: ReadingPort = {
    ask: (name: RequestName, params: unknown, signal?: AbortSignal) =>
      new Promise((resolve, reject) => {
        questions.push({ name, params, signal, resolve, reject });
      }),
    post: (message) => {
      expect(v.is(toReadingPage, message)).toBe(true);
      posted.push(message);
    },
    moved: (saved) => done.push(`kept ${JSON.stringify(saved.decisions)}`),
    openFile: (path) => {
      done.push(`open ${path}`);
      return Promise.resolve();
    },
    openRules: (path, line) => {
      done.push(`open ${path} ${line}`);
      return Promise.resolve();
    },
    savePlot: () => Promise.resolve(),
    log: (text) => logged.push(text),
  };
  session = new ReadingSession(port, { path: '/w/gaze/a.csv', decisions: null });
});

/** Lets everything run that waits for nothing from outside. */
const turn = () => new Promise((resolve) => setImmediate(resolve));

async function answer(name: RequestName, value: unknown): Promise<unknown> {
  const at = questions.findIndex((question) => question.name === name);
  const [question] = questions.splice(at, 1);
  if (at < 0 || question === undefined) throw new Error(`nobody asked ${name}`);
  question.resolve(value as never);
  await turn();
  return question.params;
}

function state(): ReadingState {
  const last = posted.findLast((message) => message.type === 'state');
  if (last?.type !== 'state') throw new Error('no state was posted');
  return last.state;
}

async function begun(): Promise<void> {
  session.begin().catch((error: unknown) => logged.push(String(error)));
  await answer('readingRules', rules);
  await answer('describeReading', described(10));
  await answer('countFiles', counted);
}

describe('the page of one file', () => {
  it('begins with what the rules decide', async () => {
    await begun();
    expect(state()).toMatchObject({ decisions: { rate: 25 }, glob: 'gaze/a.csv', counted, reading: false });
  });

  it('tries decisions out at once, and gives the question before up', async () => {
    await begun();
    const first = session.receive({ type: 'decide', decisions: { rate: 1 } });
    const second = session.receive({ type: 'decide', decisions: { rate: 2 } });
    await turn();
    expect(questions.map(({ params }) => params)).toMatchObject([
      { decisions: { rate: 1 } },
      { decisions: { rate: 2 } },
    ]);
    expect(questions.map(({ signal }) => signal?.aborted)).toEqual([true, false]);
    const [old, fresh] = questions;
    fresh?.resolve(described(2) as never);
    await second;
    old?.resolve(described(1) as never);
    await first;
    expect(state().description?.sequences[0]?.steps).toBe(2);
    expect(state()).toMatchObject({ decisions: { rate: 2 }, reading: false, error: null });
  });

  it('counts the files of the newest glob', async () => {
    await begun();
    const first = session.receive({ type: 'scope', scope: 'alike', glob: 'g*' });
    const second = session.receive({ type: 'scope', scope: 'alike', glob: 'ga*' });
    await turn();
    const [old, fresh] = questions;
    fresh?.resolve({ ...counted, files: 2 } as never);
    old?.reject(new Error('cancelled'));
    await Promise.all([first, second]);
    expect(state()).toMatchObject({ glob: 'ga*', counted: { files: 2 }, error: null });
  });

  it('writes a rule, and shows what holds then', async () => {
    await begun();
    const decided = session.receive({ type: 'decide', decisions: { rate: 50 } });
    await turn();
    await answer('describeReading', described(5));
    await decided;
    const applied = session.receive({ type: 'apply' });
    await turn();
    // A second press while the first is under way writes nothing.
    await session.receive({ type: 'apply' });
    const asked = (await answer('setReadingRule', { decided: { rate: 50 } })) as Params<'setReadingRule'>;
    expect(asked).toEqual({ path: '/w/gaze/a.csv', glob: 'gaze/a.csv', decisions: { rate: 50 } });
    await answer('countFiles', counted);
    await answer('readingRules', { ...rules, decisions: { rate: 50 } });
    await answer('describeReading', described(5));
    await answer('countFiles', counted);
    await applied;
    expect(questions).toEqual([]);
    expect(state()).toMatchObject({ decisions: { rate: 50 }, writing: false });
    expect(state().done).toContain('3 files');
    expect(done.at(-1)).toBe('kept null');
  });

  it('says why a rule was not written', async () => {
    await begun();
    const applied = session.receive({ type: 'apply' });
    await turn();
    questions.pop()?.reject(new KindredError('Line 2 is wrong.'));
    await applied;
    expect(state()).toMatchObject({ error: 'Line 2 is wrong.', writing: false, done: null });
  });

  it('opens the rules at the line that is wrong, and looks again when they were saved', async () => {
    session.begin().catch((error: unknown) => logged.push(String(error)));
    await answer('readingRules', { ...rules, problem: { line: 7, reason: 'reading.json, line 7: …' }, decisions: {} });
    await answer('describeReading', described(10));
    await answer('countFiles', counted);
    await session.receive({ type: 'openRules' });
    await session.receive({ type: 'openFile' });
    expect(done).toEqual(['open /w/.kindred/reading.json 7', 'open /w/gaze/a.csv']);
    await session.saved('/w/other.txt');
    expect(questions).toEqual([]);
    const looked = session.saved('/w/.kindred/reading.json');
    await answer('readingRules', rules);
    await answer('describeReading', described(10));
    await answer('countFiles', counted);
    await looked;
    expect(state()).toMatchObject({ rules: { problem: null }, decisions: { rate: 25 } });
  });

  it('draws the file as it is read now, and no other', async () => {
    await begun();
    const asked = (path: string) => ({ ref: { path, number: 0 }, span: null, columns: 5, channels: [0] });
    const drawn = session.receive({ type: 'ask', id: 4, name: 'series', asked: asked('/w/gaze/a.csv') });
    await turn();
    const series = {
      ref: { path: '/w/gaze/a.csv', number: 0 },
      steps: 1,
      rate: null,
      span: { start: 0, end: 1 },
      channels: [],
    };
    expect(await answer('previewSeries', series)).toMatchObject({ decisions: { rate: 25 } });
    await drawn;
    expect(posted.at(-1)).toEqual({ type: 'answer', id: 4, answer: series });
    for (const other of [asked('/etc/passwd'), { ref: 3 }]) {
      await session.receive({ type: 'ask', id: 5, name: 'series', asked: other });
    }
    await session.receive({ type: 'ask', id: 6, name: 'align', asked: {} });
    expect(questions).toEqual([]);
    expect(logged).toHaveLength(3);
  });

  it('refuses messages that do not fit', async () => {
    await begun();
    await session.receive({ type: 'decide', decisions: { rate: -1 } });
    await session.receive({ type: 'decide', decisions: { files: '*' } });
    await session.receive({ type: 'run', command: 'rm' });
    expect(questions).toEqual([]);
    expect(logged).toHaveLength(3);
    expect(state().decisions).toEqual({ rate: 25 });
  });
});
