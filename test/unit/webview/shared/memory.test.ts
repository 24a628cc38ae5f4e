import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { panelState } from '../../../../src/protocol/panel';
import { keyOf, panelStateOf, placeIn, Places, questionOf, startOfList } from '../../../../webview/shared/memory';
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

describe('Places', () => {
  it('are kept for each list, and what was saved is about the first one alone', () => {
    const saved = panelStateOf('p', results({ scope: 'all' }), { scroll: 350, active: 7 });
    const places = new Places(saved);
    expect(places.of(results())).toEqual(startOfList);
    expect(places.of(results({ scope: 'all' }))).toEqual(startOfList);
    places.keep(results(), { scroll: 20, active: 1 });
    expect(places.of(results())).toEqual({ scroll: 20, active: 1 });
    expect(new Places(saved).of(results({ scope: 'all' }))).toEqual({ scroll: 350, active: 7 });
  });
});

describe('keys', () => {
  it('tell sequences and questions apart', () => {
    expect(keyOf({ path: '2:a', number: 1 })).not.toBe(keyOf({ path: 'a', number: 12 }));
    expect(questionOf(results())).not.toBe(questionOf(results({ scope: 'all' })));
  });
});
