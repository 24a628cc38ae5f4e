import { describe, expect, it } from 'vitest';
import { conditionsOf, emptyFilter, type Filter } from '../../../../../webview/results/filter/conditions';

const filter: Filter = {
  ...emptyFilter(),
  text: 'p1',
  path: 'ecg/**',
  labels: ['rest', null],
  formats: ['wfdb'],
  rate: { least: 100, most: 360 },
  length: { least: 2.5, most: null },
  distance: { least: null, most: 0.0125 },
  unsure: true,
  excluded: [{ path: '/a', number: 0 }],
};

describe('the conditions of a filter', () => {
  it('are none for the empty one, nor is its free text among them', () => {
    expect(conditionsOf({ ...emptyFilter(), text: 'p1' })).toEqual([]);
  });

  it('say each what they ask for', () => {
    expect(conditionsOf(filter).map(({ text }) => text)).toEqual([
      'Path: ecg/**',
      'Label: rest',
      'Label: none',
      'Format: WFDB',
      'Rate 100–360 Hz',
      'Length ≥ 2.5 s',
      'Distance ≤ 0.0125',
      'To check only',
      '1 excluded',
    ]);
  });

  it('go one by one until the empty filter is left', () => {
    let left = filter;
    for (let count = 9; count > 0; count--) {
      const conditions = conditionsOf(left);
      expect(conditions).toHaveLength(count);
      left = conditions[count - 1]!.without;
    }
    expect(left).toEqual({ ...emptyFilter(), text: 'p1' });
  });

  it('show hostile values as they are, without invisible characters', () => {
    const [condition] = conditionsOf({ ...emptyFilter(), labels: ['a\u202eb'] });
    expect(condition?.text).toBe('Label: a\ufffdb');
  });
});
