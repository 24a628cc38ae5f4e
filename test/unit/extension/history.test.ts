import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { QueryHistory, type View } from '../../../src/extension/results/history';

const view = (path: string): View => ({ query: { path, number: 0 }, scope: 'layout', weights: null });

describe('QueryHistory', () => {
  it('goes nowhere while it is empty', () => {
    const history = new QueryHistory();
    expect(history.current).toBeUndefined();
    expect(history.directions).toEqual({ back: false, forward: false });
    expect(history.move(-1)).toBe(false);
    expect(history.move(1)).toBe(false);
  });

  it('goes back and forward, and forgets what lay ahead of a new query', () => {
    const history = new QueryHistory();
    for (const path of ['a', 'b', 'c']) history.push(view(path));
    expect(history.move(-1)).toBe(true);
    expect(history.current).toEqual(view('b'));
    expect(history.directions).toEqual({ back: true, forward: true });
    history.push(view('d'));
    expect(history.directions).toEqual({ back: true, forward: false });
    history.move(-1);
    expect(history.current).toEqual(view('b'));
  });

  it('replaces a query in its place', () => {
    const history = new QueryHistory();
    history.push(view('a'));
    history.push(view('b'));
    history.move(-1);
    history.replace({ ...view('a'), weights: [1, 2] });
    expect(history.current?.weights).toEqual([1, 2]);
    expect(history.directions).toEqual({ back: false, forward: true });
  });

  it('behaves as a list with a cursor whatever is done, survives saving, and keeps at most 50 queries', () => {
    const step = fc.oneof(fc.constant(-1 as const), fc.constant(1 as const), fc.nat(1000));
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
        let history = new QueryHistory();
        let model: string[] = [];
        let at = -1;
        for (const [index, act] of steps.entries()) {
          if (act === -1 || (act === 1 && index % 2 === 0)) {
            if (history.move(act)) at += act;
          } else {
            history.push(view(`${act}`));
            model = [...model.slice(0, at + 1), `${act}`].slice(-50);
            at = model.length - 1;
          }
          const restored = new QueryHistory();
          restored.restore(JSON.parse(JSON.stringify(history.save())));
          history = restored;
          expect(history.current?.query.path).toBe(model[at]);
          expect(history.directions).toEqual({ back: at > 0, forward: at < model.length - 1 });
        }
      }),
      { seed: 7, numRuns: 50 },
    );
  });

  it.each([
    undefined,
    null,
    'text',
    { views: [{ query: { path: 1 } }], position: 0 },
    { views: [view('a')] },
    { views: [view('a')], position: 0.5 },
    { views: Array.from({ length: 51 }, () => view('a')), position: 0 },
  ])('takes up nothing from %j', (saved) => {
    const history = new QueryHistory();
    history.push(view('x'));
    history.restore(saved);
    expect(history.current).toBeUndefined();
  });

  it.each([
    [-5, undefined],
    [7, 'a'],
  ])('keeps a saved position of %d within its bounds', (position, path) => {
    const history = new QueryHistory();
    history.restore({ views: [view('a')], position });
    expect(history.current?.query.path).toBe(path);
  });
});
