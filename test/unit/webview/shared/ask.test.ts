import { describe, expect, it } from 'vitest';
import type { FromWebview } from '../../../../src/protocol/panel';
import { asker, LatestQuestion } from '../../../../webview/shared/ask';

const ref = { path: '/a.csv', number: 0 };

describe('questions to the host', () => {
  it('find their answers by their numbers, in any order', async () => {
    const posted: FromWebview[] = [];
    const questions = asker((message) => posted.push(message));
    const first = questions.ask<'align'>({ kind: 'align', query: ref, match: ref });
    const second = questions.ask<'calibration'>({ kind: 'calibration', query: ref });
    expect(posted).toMatchObject([
      { type: 'ask', id: 1, question: { kind: 'align' } },
      { type: 'ask', id: 2, question: { kind: 'calibration' } },
    ]);
    questions.receive({ type: 'unanswered', id: 2, message: 'It is gone.' });
    questions.receive({ type: 'answer', id: 1, answer: { kind: 'align', lag: 2, unit: 's', correlation: 1 } });
    questions.receive({ type: 'unanswered', id: 99, message: 'nobody asked' });
    expect(await first).toMatchObject({ lag: 2 });
    await expect(second).rejects.toThrow('It is gone.');
  });

  it('are asked one at a time, and of those that wait only the last', async () => {
    const questions = new LatestQuestion();
    const done: number[] = [];
    const release: (() => void)[] = [];
    const work = (number: number) => () =>
      new Promise<void>((resolve) => {
        done.push(number);
        release.push(resolve);
      });
    for (const number of [1, 2, 3]) questions.ask(work(number));
    expect(done).toEqual([1]);
    release[0]!();
    await Promise.resolve();
    await Promise.resolve();
    expect(done).toEqual([1, 3]);
  });
});
