import * as v from 'valibot';
import { beforeEach, describe, expect, it } from 'vitest';
import { KindredError } from '../../../src/extension/failure';
import { TuningSession, type TuningPort } from '../../../src/extension/finetune/tuningSession';
import { timeLeft, tuningStatus } from '../../../src/extension/finetune/tuningText';
import { usualTuning, type TuningReport } from '../../../src/protocol/finetune';
import { toTuningPage, type ToTuningPage, type TuningSituation } from '../../../src/protocol/finetunePanel';
import type { LabelOverview } from '../../../src/protocol/labels';

const flat = { value: 0.5, low: 0.4, high: 0.6 };
const compared = { before: flat, after: flat, gain: flat };
const named = (path: string) => ({ path, number: 0, file: path.slice(1), label: 'x' });
const report: TuningReport = {
  verdict: 'better',
  notes: [],
  queries: 10,
  recallAt1: compared,
  meanAveragePrecision: compared,
  equalErrorRate: compared,
  confusion: { labels: ['x'], before: [[10]], after: [[10]] },
  right: [{ query: named('/q'), before: named('/b'), after: named('/a') }],
  wrong: [],
  steps: 5,
  seconds: 1,
};

let posted: ToTuningPage[];
let done: string[];
let logged: string[];
let asked: (string | null)[];
let situation: TuningSituation;
let counts: ((overview: LabelOverview) => void)[];
let session: TuningSession;

const overview = (sequences: number): LabelOverview => ({ sequences, sources: [], suggestions: [] });

beforeEach(() => {
  [posted, done, logged, counts, asked] = [[], [], [], [], []];
  situation = { kind: 'none' };
  const did = (what: string) => () => {
    done.push(what);
    return Promise.resolve();
  };
  const port: TuningPort = {
    post: (message) => {
      expect(v.is(toTuningPage, message)).toBe(true);
      posted.push(message);
    },
    count: (pattern) => {
      asked.push(pattern);
      return new Promise((resolve) => counts.push(resolve));
    },
    start: (source, sets) => {
      done.push(`start ${source.kind} ${sets.join()}`);
      return Promise.reject(new KindredError('It cannot be done.'));
    },
    pause: did('pause'),
    resume: did('resume'),
    discard: did('discard'),
    use: did('use'),
    openSettings: did('settings'),
    open: (path) => did(`open ${path}`)(),
    situation: () => situation,
    settings: () => usualTuning,
    encoder: () => 'Bundled encoder',
    indexing: () => false,
    log: (text) => logged.push(text),
  };
  session = new TuningSession(port);
});

describe('the session of the page for fine-tuning', () => {
  it('shows what is known at once, and labels when they are counted', async () => {
    const ready = session.receive({ type: 'ready' });
    expect(posted.at(-1)).toMatchObject({ labels: null, situation: { kind: 'none' } });
    counts[0]!(overview(7));
    await ready;
    expect(posted.at(-1)?.labels).toEqual(overview(7));
  });

  it('keeps the newest count when an older one comes late', async () => {
    const first = session.receive({ type: 'count', pattern: 'a' });
    const second = session.receive({ type: 'count', pattern: 'ab' });
    counts[1]!(overview(2));
    await second;
    counts[0]!(overview(1));
    await first;
    expect(posted.at(-1)?.labels).toEqual(overview(2));
  });

  it('counts again when the index has become complete, with the pattern that was typed', async () => {
    await session.recount();
    expect(counts).toHaveLength(0);
    const typed = session.receive({ type: 'count', pattern: 'a' });
    counts[0]!(overview(0));
    await typed;
    const again = session.recount();
    counts[1]!(overview(120));
    await again;
    expect(posted.at(-1)?.labels).toEqual(overview(120));
    expect(asked).toEqual(['a', 'a']);
  });

  it('shows why something failed, until the next thing is asked for', async () => {
    await session.receive({ type: 'start', source: { kind: 'inside' }, sets: ['s'] });
    expect(done).toEqual(['start inside s']);
    expect(posted.at(-1)?.error).toBe('It cannot be done.');
    await session.receive({ type: 'pause' });
    expect(posted.at(-1)?.error).toBeNull();
  });

  it('follows only paths that the report names', async () => {
    await session.receive({ type: 'open', path: '/a' });
    situation = { kind: 'done', report };
    await session.receive({ type: 'open', path: '/a' });
    await session.receive({ type: 'open', path: '/etc/passwd' });
    expect(done).toEqual(['open /a']);
    expect(logged.at(-1)).toContain('/etc/passwd');
  });

  it('refuses messages that do not fit', async () => {
    await session.receive({ type: 'start', source: { kind: 'inside' }, sets: [] });
    await session.receive({ type: 'run', command: 'rm' });
    expect(done).toEqual([]);
    expect(logged).toHaveLength(2);
  });
});

describe('the status bar', () => {
  it('says how far it is and how good it has become', () => {
    const figures = { recallAt1: 0.91, meanAveragePrecision: 0.8, equalErrorRate: 0.1 };
    const progress = {
      step: 42,
      steps: 100,
      done: 0.42,
      secondsLeft: 185,
      points: [],
      validations: [{ step: 40, figures }],
    };
    const running = { kind: 'running', stage: 'training', stageDone: 0, progress, stopping: false } as const;
    expect(tuningStatus(running)?.text).toBe('$(mortar-board) 42 %, recall@1 0.91, 3 min left');
    expect(tuningStatus({ ...running, stopping: true })?.text).toBe('$(sync~spin) Pausing');
    expect(tuningStatus({ kind: 'none' })).toBeUndefined();
    expect(tuningStatus({ kind: 'done', report })?.text).toContain('done');
    expect(timeLeft(30)).toBe('30 s left');
  });
});
