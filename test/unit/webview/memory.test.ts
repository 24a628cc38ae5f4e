import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { panelState } from '../../../src/protocol/panel';
import { keyOf, panelStateOf, placeIn, questionOf, startOfList } from '../../../webview/memory';
import { matches, results } from './samples';

const active = { path: '/w/ecg/104.hea', number: 0 };

describe('panelStateOf', () => {
  it('keeps whole pages and fits the schema', () => {
    const limits = [0, 1, 20, 21, 40].map(
      (count) => panelStateOf(results({ matches: matches(count) as never }), startOfList).limit,
    );
    expect(limits).toEqual([20, 20, 20, 40, 40]);
    const kept = panelStateOf(results(), { scroll: 350, active });
    expect(v.parse(panelState, JSON.parse(JSON.stringify(kept)))).toEqual(kept);
    expect(v.is(panelState, panelStateOf(results(), startOfList))).toBe(true);
  });
});

describe('placeIn', () => {
  it('gives back the place for the same query and scope only', () => {
    const saved = panelStateOf(results(), { scroll: 350, active });
    expect(placeIn(saved, results())).toEqual({ scroll: 350, active });
    expect(placeIn(saved, results({ scope: 'all' }))).toEqual(startOfList);
    const other = { ...results().query, ref: { path: '/w/ecg/100.hea', number: 1 } };
    expect(placeIn(saved, results({ query: other }))).toEqual(startOfList);
    expect(placeIn(null, results())).toEqual(startOfList);
  });
});

describe('keys', () => {
  it('tell sequences and questions apart', () => {
    expect(keyOf({ path: '2:a', number: 1 })).not.toBe(keyOf({ path: 'a', number: 12 }));
    expect(questionOf(results())).not.toBe(questionOf(results({ scope: 'all' })));
  });
});
