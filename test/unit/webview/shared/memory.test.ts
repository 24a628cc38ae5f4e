import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { panelState } from '../../../../src/protocol/panel';
import { keyOf, panelStateOf, placeIn, questionOf, startOfList } from '../../../../webview/shared/memory';
import { results } from '../samples';

describe('panelStateOf', () => {
  it('keeps where the user was and fits the schema', () => {
    const kept = panelStateOf('p', results(), { scroll: 350, active: 7 });
    expect(v.parse(panelState, JSON.parse(JSON.stringify(kept)))).toEqual(kept);
    expect(v.is(panelState, panelStateOf('p', results(), startOfList))).toBe(true);
  });
});

describe('placeIn', () => {
  it('gives back the place for the same query and scope only', () => {
    const saved = panelStateOf('p', results(), { scroll: 350, active: 7 });
    expect(placeIn(saved, results())).toEqual({ scroll: 350, active: 7 });
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
