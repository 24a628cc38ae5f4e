import * as v from 'valibot';
import { beforeEach, describe, expect, it } from 'vitest';
import { KindredError } from '../../../src/extension/failure';
import { RecordingSession, type RecordingPort } from '../../../src/extension/recording/recordingSession';
import type { RequestName } from '../../../src/protocol/engine';
import { toRecordingPage, type RecordingState, type ToRecordingPage } from '../../../src/protocol/recordingPage';
import type { RecordingView } from '../../../src/protocol/recordings';

interface Question {
  readonly name: RequestName;
  readonly params: unknown;
  readonly signal: AbortSignal | undefined;
  readonly resolve: (answer: never) => void;
  readonly reject: (error: Error) => void;
}

const path = '/w/many.tsv';

function viewOf(number: number, label: string | null = null): RecordingView {
  return {
    summary: {
      ...{ ref: { path, number }, file: 'many.tsv', siblings: 3, format: 'ucr', name: null, label, channels: [null] },
      ...{ steps: 100, rate: null, covered: 1, notes: [], doubts: [] },
    },
    ...{ group: null, units: [null], variation: [1], problem: null },
  };
}

let posted: ToRecordingPage[];
let questions: Question[];
let done: string[];
let logged: string[];
let isThere: boolean;
let session: RecordingSession;

function sessionOf(number: number | null): RecordingSession {
  const note = (text: string) => {
    done.push(text);
    return Promise.resolve();
  };
  const port: RecordingPort = {
    ask: (name: RequestName, params: unknown, signal?: AbortSignal) =>
      new Promise((resolve, reject) => {
        questions.push({ name, params, signal, resolve, reject });
      }),
    post: (message) => {
      expect(v.is(toRecordingPage, message)).toBe(true);
      posted.push(message);
    },
    exists: () => Promise.resolve(isThere),
    findSimilar: (ref) => note(`find ${ref.number}`),
    setLabel: async (ref, siblings) => {
      await note(`label ${ref.number} of ${siblings}`);
      return true;
    },
    showReading: () => note('reading'),
    openAsText: () => note('text'),
    step: (by) => note(`step ${by}`),
    focused: (focused) => void done.push(`focused ${focused}`),
    runRemedy: ({ command }) => note(`run ${command}`),
    savePlot: ({ name }) => note(`save ${name}`),
    findPart: ({ span, where }) => note(`part ${span.start} to ${span.end} in ${where}`),
    log: (text) => void logged.push(text),
  };
  return new RecordingSession(port, path, number);
}

beforeEach(() => {
  [posted, questions, done, logged, isThere] = [[], [], [], [], true];
  session = sessionOf(null);
});

/** Lets everything run that waits for nothing from outside. */
const turn = () => new Promise((resolve) => setImmediate(resolve));

async function answer(view: RecordingView): Promise<unknown> {
  const question = questions.pop();
  question?.resolve(view as never);
  await turn();
  return question?.params;
}

function state(): RecordingState {
  const last = posted.findLast((message) => message.type === 'state');
  if (last?.type !== 'state') throw new Error('no state was posted');
  return last.state;
}

async function begun(number = 0): Promise<void> {
  session.receive({ type: 'ready' }).catch((error: unknown) => logged.push(String(error)));
  await turn();
  await answer(viewOf(number));
}

describe('the session of a recording', () => {
  it('asks for its file once the page is there, and once only', async () => {
    await begun();
    await session.receive({ type: 'ready' });
    expect(questions).toEqual([]);
    expect(state()).toMatchObject({ reading: false, gone: false, error: null, view: { summary: { ref: { path } } } });
  });

  it('begins with the sequence that was shown before, unless another one was asked for', async () => {
    await session.receive({ type: 'kept', number: 2 });
    session.receive({ type: 'ready' }).catch((error: unknown) => logged.push(String(error)));
    await turn();
    expect(await answer(viewOf(2))).toEqual({ path, number: 2 });
    session = sessionOf(1);
    await session.receive({ type: 'kept', number: 2 });
    session.receive({ type: 'ready' }).catch((error: unknown) => logged.push(String(error)));
    await turn();
    expect(await answer(viewOf(1))).toEqual({ path, number: 1 });
  });

  it('shows the sequence that was asked for last, whichever answer comes first', async () => {
    await begun();
    const first = session.receive({ type: 'show', number: 1 });
    const second = session.show(2);
    await turn();
    expect(questions.map(({ params }) => params)).toEqual([
      { path, number: 1 },
      { path, number: 2 },
    ]);
    const [old, fresh] = questions;
    expect(old?.signal?.aborted).toBe(true);
    fresh?.resolve(viewOf(2) as never);
    await second;
    old?.resolve(viewOf(1) as never);
    await first;
    expect(state().view?.summary.ref.number).toBe(2);
    expect(session.shown).toEqual({ path, number: 2 });
  });

  it('keeps what is shown when the file goes away, says so, and recovers', async () => {
    await begun();
    const looked = session.renew();
    isThere = false;
    questions.pop()?.reject(new KindredError('It vanished.'));
    await looked;
    expect(state()).toMatchObject({ gone: true, error: 'It vanished.', view: { summary: { steps: 100 } } });
    isThere = true;
    const again = session.renew();
    await answer(viewOf(0));
    await again;
    expect(state()).toMatchObject({ gone: false, error: null, version: 2 });
  });

  it('offers what can be done where the engine must not run, and asks again when it may', async () => {
    const ready = session.receive({ type: 'ready' });
    await turn();
    const remedies = [{ label: 'Manage Trust', command: 'workbench.trust.manage' }];
    questions.pop()?.reject(new KindredError('Not here.', { remedies }));
    await ready;
    expect(state()).toMatchObject({ error: 'Not here.', remedies: ['Manage Trust'], view: null });
    expect(session.isWaiting).toBe(true);
    await session.receive({ type: 'remedy', index: 0 });
    await session.receive({ type: 'remedy', index: 7 });
    expect(done).toEqual(['run workbench.trust.manage']);
    const again = session.renew();
    expect(session.isWaiting).toBe(false);
    await answer(viewOf(0));
    await again;
    expect(state().remedies).toEqual([]);
  });

  it('shows the label that was set', async () => {
    await begun(1);
    const labelled = session.act('setLabel');
    await turn();
    await answer(viewOf(1, 'new'));
    await labelled;
    expect(done).toEqual(['label 1 of 3']);
    expect(state().view?.summary.label).toBe('new');
  });

  it('answers questions about its file and no other, and nothing that does not fit', async () => {
    await begun();
    const asked = { ref: { path, number: 0 }, span: null, columns: 10, channels: [0] };
    const own = session.receive({ type: 'ask', id: 1, name: 'series', asked });
    await turn();
    expect(questions.map(({ name }) => name)).toEqual(['series']);
    questions.pop()?.resolve({} as never);
    await own;
    expect(posted.at(-1)).toEqual({ type: 'answer', id: 1, answer: {} });
    const other = { ...asked, ref: { path: '/etc/passwd', number: 0 } };
    await session.receive({ type: 'ask', id: 2, name: 'series', asked: other });
    await session.receive({ type: 'ask', id: 3, name: 'align', asked: { query: asked.ref, match: asked.ref } });
    await session.receive({ type: 'show', number: -1 });
    expect(questions).toEqual([]);
    expect(logged).toHaveLength(3);
  });
});
