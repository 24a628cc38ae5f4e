import { describe, expect, it } from 'vitest';
import { bannersOf } from '../../../../webview/results/banners';
import { noticeOf } from '../../../../webview/results/notices';
import { type Action, coverageOf, initialState, reduce, screenOf, type State } from '../../../../webview/results/state';
import { index, results } from '../samples';

const history = { back: true, forward: false };
const after = (...actions: Action[]): State => actions.reduce(reduce, initialState);
const noticeAfter = (...actions: Action[]): ReturnType<typeof noticeOf> => {
  const state = after(...actions);
  return noticeOf(screenOf(state), state);
};
const found: Action = { type: 'results', results: results(), history };
const none = (elsewhere: number, scope: 'layout' | 'all' = 'layout'): Action => ({
  type: 'results',
  results: results({ items: [], length: 0, matching: 0, candidates: 0, elsewhere, scope }),
  history,
});
const indexing = (done: number, sequences: number): Action => ({
  type: 'index',
  status: index({ state: 'indexing', done, sequences }),
});
const ready: Action = { type: 'index', status: index() };

describe('screenOf', () => {
  it.each<[string, Action[]]>([
    ['waiting', []],
    ['empty', [{ type: 'empty' }]],
    ['empty', [ready, { type: 'empty' }]],
    ['indexing', [{ type: 'empty' }, indexing(12, 0)]],
    ['empty', [{ type: 'empty' }, indexing(12, 3)]],
    ['searching', [{ type: 'searching', file: 'a.csv', history }]],
    ['matches', [found]],
    ['matches', [found, { type: 'searching', file: 'a.csv', history }]],
    ['noMatch', [ready, none(112)]],
    ['noMatch', [indexing(12, 30), none(112)]],
    ['indexing', [indexing(12, 1), none(0)]],
    ['noMatch', [indexing(12, 1), none(0), ready]],
    ['error', [found, { type: 'error', message: 'It is truncated.', history }]],
    ['searching', [found, { type: 'error', message: 'No.', history }, { type: 'searching', file: 'a.csv', history }]],
  ])('shows %s', (screen, actions) => {
    expect(screenOf(after(...actions))).toBe(screen);
  });
});

describe('reduce', () => {
  it('forgets results and history, but not the index, when nothing is asked any more', () => {
    const state = after(ready, found, { type: 'empty' });
    expect([state.results, state.history.back, state.index]).toEqual([null, false, index()]);
  });

  it('keeps a complaint until it is dismissed', () => {
    const state = after({ type: 'complaint', text: 'Bad message' }, found);
    expect(bannersOf(state)).toEqual([{ kind: 'warning', text: 'Bad message', action: 'dismiss' }]);
    expect(bannersOf(reduce(state, { type: 'dismiss' }))).toEqual([]);
  });
});

describe('coverageOf', () => {
  it('remembers how far the index was when the results arrived', () => {
    expect(coverageOf(after(ready, found))).toBe('complete');
    expect(coverageOf(after(indexing(412, 500), found))).toBe('partial');
    expect(coverageOf(after(indexing(412, 500), found, ready))).toBe('outdated');
    expect(coverageOf(after(indexing(412, 500), found, ready, found))).toBe('complete');
    expect(coverageOf(after(found, indexing(412, 500)))).toBe('partial');
    expect(coverageOf(after(found, ready, indexing(502, 1190)))).toBe('complete');
    expect(coverageOf(after(indexing(503, 1200), found, ready))).toBe('complete');
  });
});

describe('bannersOf', () => {
  it('tells how much was ranked, and offers to search again', () => {
    const [partial] = bannersOf(after(indexing(412, 500), found));
    expect(partial).toEqual({
      kind: 'info',
      text: 'Ranked among the 412 of 503 files indexed so far.',
      action: 'retry',
    });
    const [outdated] = bannersOf(after(indexing(412, 500), found, ready));
    expect(outdated?.text).toBe('Ranked among the 412 of 503 files indexed at the time. The index is complete now.');
  });

  it('shows a problem of the cache', () => {
    const problem: Action = { type: 'index', status: index({ problem: 'The disk is full.' }) };
    expect(bannersOf(after(problem, found))).toEqual([{ kind: 'warning', text: 'The disk is full.', action: null }]);
  });
});

describe('noticeOf', () => {
  it('offers all layouts with their number when no other recording has the layout', () => {
    const notice = noticeAfter(ready, none(391));
    expect(notice?.title).toBe('No other recording has this layout');
    expect(notice?.lines[0]).toBe('391 recordings have other channels.');
    expect(notice?.actions[0]).toEqual({ text: 'Compare with all 391', message: { type: 'scope', scope: 'all' } });
  });

  it('does not offer all layouts where they were searched already', () => {
    const notice = noticeAfter(ready, none(0, 'all'));
    expect(notice?.actions.map(({ message }) => message.type)).toEqual(['skipped', 'pick']);
  });

  it('says what failed, with retry first', () => {
    const notice = noticeAfter({ type: 'error', message: 'a.csv is\u202etruncated.', history });
    expect(notice?.lines).toEqual(['a.csv is\ufffdtruncated.']);
    expect(notice?.actions.map(({ message }) => message.type)).toEqual(['retry', 'pick']);
  });

  it('has a text of its own for every screen without matches', () => {
    const notices = [
      noticeAfter({ type: 'empty' }),
      noticeAfter({ type: 'index', status: index({ sequences: 0 }) }, { type: 'empty' }),
      noticeAfter({ type: 'empty' }, indexing(12, 0)),
      noticeAfter({ type: 'empty' }, { type: 'index', status: index({ state: 'paused', done: 1, sequences: 0 }) }),
      noticeAfter({ type: 'searching', file: 'x/a.csv', history }),
      noticeAfter(ready, none(391)),
      noticeAfter(ready, none(0)),
      noticeAfter({ type: 'error', message: 'No.', history }),
    ];
    expect(new Set(notices.map((notice) => notice?.title)).size).toBe(notices.length);
    expect(notices.every((notice) => notice!.actions.length > 0)).toBe(true);
    expect(notices[4]?.lines[0]).toBe('Comparing a.csv with every indexed recording.');
  });
});
