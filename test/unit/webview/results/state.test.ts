import { describe, expect, it } from 'vitest';
import { bannersOf } from '../../../../webview/results/banners';
import { noticeOf } from '../../../../webview/results/notices';
import {
  type Action,
  freshnessOf,
  initialState,
  reduce,
  screenOf,
  type State,
} from '../../../../webview/results/state';
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
    ['indexing', [indexing(12, 30), none(112)]],
    ['indexing', [{ type: 'index', status: index({ state: 'paused' }) }, none(112)]],
    ['noMatch', [indexing(12, 30), none(112), ready]],
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
    expect(bannersOf(state)).toEqual([{ text: 'Bad message', dismissible: true }]);
    expect(bannersOf(reduce(state, { type: 'dismiss' }))).toEqual([]);
  });
});

describe('freshnessOf', () => {
  const changed = (files: number, state: 'indexing' | 'ready' = 'ready', opening = 'a'): Action => ({
    type: 'index',
    status: index({ state, changes: { opening, files, labels: 0 } }),
  });

  it('counts what has changed since the results came', () => {
    expect(freshnessOf(after(changed(7), found))).toEqual({ kind: 'current', changes: 0 });
    expect(freshnessOf(after(changed(7), found, changed(10, 'indexing')))).toEqual({ kind: 'changed', changes: 3 });
    expect(freshnessOf(after(changed(7), found, changed(10), found))).toEqual({ kind: 'current', changes: 0 });
    expect(freshnessOf(after(found, changed(10)))).toEqual({ kind: 'current', changes: 0 });
  });

  it('is partial as long as results of a growing index may lack something', () => {
    expect(freshnessOf(after(changed(7, 'indexing'), found)).kind).toBe('partial');
    expect(freshnessOf(after(changed(7, 'indexing'), found, changed(9)))).toEqual({ kind: 'partial', changes: 2 });
    expect(freshnessOf(after(changed(7, 'indexing'), found, changed(7))).kind).toBe('current');
  });

  it('begins to count anew when the index was opened again, which changes nothing by itself', () => {
    expect(freshnessOf(after(changed(7), found, changed(0, 'ready', 'b'))).kind).toBe('current');
    expect(freshnessOf(after(changed(7), found, changed(2, 'ready', 'b')))).toEqual({ kind: 'changed', changes: 2 });
  });
});

describe('bannersOf', () => {
  it('says what failed while the results stay', () => {
    const state = after(found, { type: 'trouble', message: 'It is gone.' });
    expect(bannersOf(state)).toEqual([{ text: 'It is gone.', dismissible: true }]);
    expect(screenOf(state)).toBe('matches');
  });

  it('shows a problem of the cache', () => {
    const problem: Action = { type: 'index', status: index({ problem: 'The disk is full.' }) };
    expect(bannersOf(after(problem, found))).toEqual([{ text: 'The disk is full.', dismissible: false }]);
  });
});

describe('noticeOf', () => {
  it('offers all layouts with their number when no other recording has the layout', () => {
    const notice = noticeAfter(ready, none(391));
    expect(notice?.title).toBe('No other recording has this layout');
    expect(notice?.lines[0]).toBe('391 recordings have other channels.');
    expect(notice?.actions[0]).toEqual({ text: 'Compare with all 391', message: { type: 'scope', scope: 'all' } });
  });

  it('never says that there is no other recording before all files were seen, but offers those of other layouts', () => {
    const notice = noticeAfter(indexing(12, 30), none(391));
    expect(notice?.title).toBe('Nothing to compare with yet');
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
