import * as v from 'valibot';
import { expect } from 'vitest';
import { OverviewSession } from '../../../../src/extension/overview/overviewSession';
import type { RequestName } from '../../../../src/protocol/engine';
import type { OverviewPoints, OverviewStatus } from '../../../../src/protocol/overview';
import { toOverviewPage, type OverviewState, type ToOverviewPage } from '../../../../src/protocol/overviewPage';
import type { IndexStatus } from '../../../../src/protocol/sequences';

interface Question {
  readonly name: RequestName;
  readonly params: unknown;
  readonly resolve: (answer: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** Two files: `a.csv` with one sequence, `b.npz` with two. */
export function pointsOf(version: number, picture = 0): OverviewPoints {
  const none = { texts: [], of: [-1, -1, -1] };
  return {
    ...{ version, picture, paths: ['/w/a.csv', '/w/b.npz'], files: { texts: ['a.csv', 'b.npz'], of: [0, 1, 1] } },
    ...{ number: [0, 0, 1], siblings: [1, 2, 2], names: none, labels: none, folders: none, formats: none },
    ...{ layouts: none, steps: [9, 9, 9], x: [], y: [], outlier: [], nearest: [], quality: null },
  };
}

export function statusOf(change: Partial<OverviewStatus> = {}): OverviewStatus {
  return {
    ...{ layout: '["x"]', stage: 'ready', paused: false, done: 0, total: 0, secondsLeft: null },
    ...{ sequences: 3, version: 1, picture: 0, ...change },
  };
}

export function indexOf(files: number, opening = 'a'): IndexStatus {
  return {
    ...{ state: 'ready', done: 1, total: 1, sequences: 3, skipped: 0, skippedSequences: 0, unsure: 0, problem: null },
    changes: { opening, files, labels: 0 },
  };
}

export const layouts = [
  { channels: ['x'], sequences: 3 },
  { channels: ['y', 'z'], sequences: 2 },
];

/** Lets everything run that waits for nothing from outside. */
export const turn = () => new Promise((resolve) => setImmediate(resolve));

/** A session with a page, an engine and an editor that note what they are told. */
export class OverviewWorld {
  readonly posted: ToOverviewPage[] = [];
  readonly questions: Question[] = [];
  readonly done: string[] = [];
  readonly logged: string[] = [];
  later: (() => void)[] = [];
  visible = true;
  readonly session: OverviewSession;

  constructor(layout?: string | null) {
    const { posted, questions, done, logged } = this;
    const note =
      (what: string) =>
      (...told: readonly unknown[]) => {
        done.push([what, ...told.map((each) => JSON.stringify(each instanceof Map ? [...each] : each))].join(' '));
        return Promise.resolve();
      };
    this.session = new OverviewSession(
      {
        ask: (name: RequestName, params: unknown) =>
          new Promise((resolve, reject) => {
            questions.push({ name, params, resolve: resolve as (answer: unknown) => void, reject });
          }),
        post: (message) => {
          expect(v.is(toOverviewPage, message)).toBe(true);
          posted.push(message);
        },
        isVisible: () => this.visible,
        later: (run) => {
          this.later.push(run);
          return () => {
            this.later = this.later.filter((each) => each !== run);
          };
        },
        moved: (next) => void done.push(`moved ${String(next)}`),
        open: note('open'),
        findSimilar: note('findSimilar'),
        copyPython: note('copyPython'),
        compare: note('compare'),
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

  /** Answers the oldest question that waits, which must be of this name. */
  async answer(name: RequestName, given: unknown): Promise<unknown> {
    await turn();
    const question = this.questions.shift();
    expect(question?.name).toBe(name);
    question?.resolve(given);
    await turn();
    return question?.params;
  }

  get names(): readonly RequestName[] {
    return this.questions.map(({ name }) => name);
  }

  get state(): OverviewState {
    const message = this.posted.findLast(({ type }) => type === 'state');
    if (message?.type !== 'state') throw new Error('no state was shown');
    return message.state;
  }

  posts(type: ToOverviewPage['type']): number {
    return this.posted.filter((message) => message.type === type).length;
  }

  /** Brings the session to where it shows points. */
  async shown(status = statusOf()): Promise<void> {
    const ready = this.session.receive({ type: 'ready' });
    await this.answer('layouts', layouts);
    await this.answer('overview', status);
    await this.answer('overviewPoints', pointsOf(status.version));
    await ready;
  }
}
