import { describe, expect, it } from 'vitest';
import { addressesIn } from '../../../../webview/results/dropTarget';
import { isMadeAgain } from '../../../../webview/results/list/pages';
import { setWords } from '../../../../webview/results/querySet';
import { marksIn, pairDistance, wantedFor, wantedIn } from '../../../../webview/results/wanted';
import { keyOf, questionOf } from '../../../../webview/shared/memory';
import { results, summary } from '../samples';

const named = (file: string) => summary({ ref: { path: `/${file}`, number: 0 }, file });
const set = {
  queries: [named('b')],
  more: [named('c')],
  less: [named('d')],
  by: 'nearest' as const,
  mixed: false,
};
const asked = results({ query: named('a'), set });
const match = { ...results().items.flatMap((item) => (item.kind === 'match' ? [item] : []))[0]!, distance: 3 };

describe('a set', () => {
  it('says of a match which of the wanted ones is nearest, and how far', () => {
    expect(wantedIn(asked).map(({ file }) => file)).toEqual(['a', 'b', 'c']);
    const near = { ...match, nearest: { wanted: 2, distance: 1 } };
    expect([wantedFor(asked, near).file, pairDistance(near)]).toEqual(['c', 1]);
    expect([wantedFor(asked, match).file, pairDistance(match)]).toEqual(['a', 3]);
  });

  it('tells marks from queries, which alone make another question', () => {
    expect([...marksIn(asked)]).toEqual([
      [keyOf(named('c').ref), 'more'],
      [keyOf(named('d').ref), 'less'],
    ]);
    const unmarked = { ...asked, set: { ...set, more: [], less: [] } };
    expect(questionOf(unmarked)).toBe(questionOf(asked));
    expect(isMadeAgain(unmarked, asked)).toBe(false);
    expect(isMadeAgain(structuredClone(asked), asked)).toBe(true);
    expect(questionOf({ ...asked, set: null })).not.toBe(questionOf(asked));
  });

  it('says in words what a distance is', () => {
    expect(setWords(set, 3)).toEqual([
      'The distance of a match is its distance to the nearest of these 3 recordings.',
      'Where one that it should not be like is nearer than that, half of the difference is added.',
    ]);
    expect(setWords({ ...set, by: 'mean', less: [], mixed: true }, 2)).toEqual([
      'The distance of a match is the mean of its distances to these 2 recordings.',
      'They have different channels, so the channels of each are taken together.',
    ]);
    expect(setWords(set, 1)[0]).toBe('The distance of a match is its distance to the query.');
  });
});

describe('dropped files', () => {
  const drop = (data: Record<string, string>) => addressesIn((type) => data[type] ?? '');

  it('are known by what the editor or another program says of them', () => {
    const list = '# two\r\nfile:///a.csv\r\nfile:///b.csv\r\n';
    expect(drop({ 'text/uri-list': list })).toEqual(['file:///a.csv', 'file:///b.csv']);
    expect(drop({ resourceurls: '["file:///c.csv"]', 'text/uri-list': list })).toEqual(['file:///c.csv']);
    expect(drop({})).toEqual([]);
  });

  it('are at most so many and so long, and nothing else is taken for one', () => {
    expect(drop({ resourceurls: '{"a":1}' })).toEqual([]);
    expect(drop({ resourceurls: 'not JSON', 'text/uri-list': 'file:///a' })).toEqual(['file:///a']);
    expect(drop({ resourceurls: '[1, null, "file:///a"]' })).toEqual(['file:///a']);
    expect(drop({ 'text/uri-list': Array(2000).fill('file:///a').join('\n') })).toHaveLength(1000);
    expect(drop({ 'text/uri-list': 'x'.repeat(5000) })).toEqual([]);
  });
});
