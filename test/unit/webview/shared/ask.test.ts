import { describe, expect, it } from 'vitest';
import type { FromWebview } from '../../../../src/protocol/panel';
import { asker, LatestQuestion } from '../../../../webview/shared/ask';

const ref = { path: '/a.csv', number: 0 };

describe('questions to the extension', () => {
  const align = { query: ref, match: ref };

  it('find their answers by their numbers, in any order', async () => {
    const posted: FromWebview[] = [];
    const questions = asker((message) => posted.push(message));
    const first = questions.ask('align', align);
    const second = questions.ask('calibration', { query: ref });
    expect(posted).toEqual([
      { type: 'ask', id: 1, name: 'align', asked: align },
      { type: 'ask', id: 2, name: 'calibration', asked: { query: ref } },
    ]);
    questions.receive({ type: 'unanswered', id: 2, message: 'It is gone.' });
    questions.receive({ type: 'answer', id: 1, answer: { lag: 2, unit: 's', correlation: 1 } });
    questions.receive({ type: 'unanswered', id: 99, message: 'nobody asked' });
    expect(await first).toEqual({ lag: 2, unit: 's', correlation: 1 });
    await expect(second).rejects.toThrow('It is gone.');
  });

  it('take no answer to something else', async () => {
    const questions = asker(() => undefined);
    const asked = questions.ask('align', align);
    questions.receive({ type: 'answer', id: 1, answer: { lag: 'far', unit: 's', correlation: 1 } });
    await expect(asked).rejects.toThrow(/does not understand/);
  });

  it('that nobody waits for any more are cancelled once, and those that are answered are not', async () => {
    const posted: FromWebview[] = [];
    const questions = asker((message) => posted.push(message));
    const closed = new AbortController();
    const answered = questions.ask('align', align, closed.signal);
    const given = questions.ask('calibration', { query: ref }, closed.signal);
    questions.receive({ type: 'answer', id: 1, answer: { lag: 2, unit: 's', correlation: 1 } });
    await answered;
    closed.abort();
    await expect(given).rejects.toThrow(/aborted/);
    questions.receive({ type: 'unanswered', id: 2, message: 'too late' });
    expect(posted.filter(({ type }) => type === 'cancel')).toEqual([{ type: 'cancel', id: 2 }]);
    await expect(questions.ask('align', align, closed.signal)).rejects.toThrow(/aborted/);
    expect(posted).toHaveLength(3);
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
