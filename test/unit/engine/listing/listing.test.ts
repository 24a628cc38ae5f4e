import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { predicateOf } from '../../../../src/engine/listing/filter';
import { grouped } from '../../../../src/engine/listing/grouping';
import { Latest } from '../../../../src/engine/listing/latest';
import { sorted, type Row } from '../../../../src/engine/listing/sorting';
import { noFilter, type MatchFilter, type SequenceSummary, type SortKey } from '../../../../src/protocol/engine';

const summary = (more: Partial<SequenceSummary> = {}): SequenceSummary => ({
  ref: { path: '/w/ecg/p1.csv', number: 0 },
  file: 'ecg/p1.csv',
  siblings: 1,
  format: 'csv',
  name: null,
  label: 'rest',
  channels: ['MLII', 'V5'],
  steps: 1000,
  rate: 250,
  covered: 1,
  notes: [],
  doubts: [],
  ...more,
});

const row = (rank: number, more: Partial<SequenceSummary> = {}): Row => ({
  key: String(rank),
  rank,
  distance: rank / 10,
  sequence: summary(more),
});

const passes = (filter: Partial<MatchFilter>, sequence = summary(), distance = 0.5) =>
  predicateOf({ ...noFilter, ...filter })?.(sequence, distance);

describe('a filter', () => {
  it('without conditions is none', () => {
    expect(predicateOf(noFilter)).toBeNull();
    expect(predicateOf({ ...noFilter, text: '  ', path: ' ' })).toBeNull();
  });

  it.each<[Partial<MatchFilter>, boolean]>([
    [{ text: 'P1' }, true],
    [{ text: 'mlii REST ecg/' }, true],
    [{ text: 'rest p2' }, false],
    [{ path: '*.csv' }, true],
    [{ path: 'ecg/**' }, true],
    [{ path: 'ECG/*.csv' }, true],
    [{ path: 'walking/**' }, false],
    [{ path: '*.wav' }, false],
    [{ path: '[' }, false],
    [{ labels: ['rest'] }, true],
    [{ labels: [null, 'run'] }, false],
    [{ formats: ['csv', 'wfdb'] }, true],
    [{ formats: ['npy'] }, false],
    [{ rate: { least: 250, most: 250 } }, true],
    [{ rate: { least: 250.1, most: null } }, false],
    [{ length: { least: null, most: 4 } }, true],
    [{ length: { least: 4.1, most: null } }, false],
    [{ length: { least: 1000, most: 1000 }, lengthUnit: 'steps' }, true],
    [{ channels: { least: 3, most: null } }, false],
    [{ distance: { least: null, most: 0.5 } }, true],
    [{ distance: { least: null, most: 0.49 } }, false],
    [{ unsure: true }, false],
    [{ excluded: [{ path: '/w/ecg/p1.csv', number: 0 }] }, false],
    [{ excluded: [{ path: '/w/ecg/p1.csv', number: 1 }] }, true],
  ])('%j lets the recording through: %s', (filter, expected) => {
    expect(passes(filter)).toBe(expected);
  });

  it('of those that are to be checked lets those through whose reader has doubts', () => {
    const doubted = summary({ doubts: ['The dates of “t” may have the day or the month first.'] });
    expect(passes({ unsure: true }, doubted)).toBe(true);
    expect(passes({ unsure: true, text: 'other' }, doubted)).toBe(false);
  });

  it('by a quantity that a recording does not have leaves it out', () => {
    const unknown = summary({ rate: null, label: null });
    expect(passes({ rate: { least: 0, most: null } }, unknown)).toBe(false);
    expect(passes({ length: { least: 0, most: null } }, unknown)).toBe(false);
    expect(passes({ labels: [null] }, unknown)).toBe(true);
  });

  it('holds only when every one of its conditions does', () => {
    const all: Partial<MatchFilter>[] = [{ text: 'p1' }, { path: '*.csv' }, { labels: ['run'] }, { formats: ['npy'] }];
    fc.assert(
      fc.property(fc.subarray(all), (chosen) => {
        const combined = Object.assign({}, ...chosen) as Partial<MatchFilter>;
        const expected = chosen.every((one) => passes(one) === true);
        expect(passes(combined) ?? true).toBe(expected);
      }),
      { seed: 5 },
    );
  });
});

describe('sorting', () => {
  const rows = [
    row(1, { file: 'b/x10.csv', label: 'z', rate: 100, steps: 50, channels: ['a'], format: 'wav' }),
    row(2, { file: 'a/x2.csv', label: null, rate: null, steps: 9, channels: ['a', 'b'], format: 'csv' }),
    row(3, { file: 'x1.csv', label: 'A', rate: 10, steps: 50, channels: ['a'], format: 'npy' }),
    row(4, { file: 'a/X2.csv', label: 'z', rate: 100, steps: 40, channels: ['a'], format: 'npy' }),
  ];
  const ranks = (key: SortKey, descending = false) => sorted(rows, { key, descending }).map(({ rank }) => rank);

  it.each<[SortKey, number[], number[]]>([
    ['distance', [1, 2, 3, 4], [4, 3, 2, 1]],
    ['name', [3, 2, 4, 1], [1, 2, 4, 3]],
    ['folder', [3, 2, 4, 1], [1, 2, 4, 3]],
    ['label', [3, 1, 4, 2], [1, 4, 3, 2]],
    ['rate', [3, 1, 4, 2], [1, 4, 3, 2]],
    ['length', [4, 1, 3, 2], [3, 1, 4, 2]],
    ['channels', [1, 3, 4, 2], [2, 1, 3, 4]],
    ['format', [2, 3, 4, 1], [1, 3, 4, 2]],
  ])('by %s puts the nearest first among equals and what has no value last', (key, ascending, descending) => {
    expect(ranks(key)).toEqual(ascending);
    expect(ranks(key, true)).toEqual(descending);
  });

  it('by length goes by steps where no rate is known', () => {
    const steps = [row(1, { rate: null, steps: 7 }), row(2, { rate: null, steps: 3 })];
    expect(sorted(steps, { key: 'length', descending: false }).map(({ rank }) => rank)).toEqual([2, 1]);
  });
});

describe('grouping', () => {
  const rows = [row(1, { label: 'b' }), row(2, { label: 'a' }), row(3, { label: null }), row(4, { label: 'b' })];

  it('puts rows under heads with counts, the group of the first row first', () => {
    const lines = grouped(rows, 'label', ['a']);
    expect(
      lines.map((line) => (line.kind === 'row' ? line.row.rank : `${line.name} ${line.count} ${line.collapsed}`)),
    ).toEqual(['b 2 false', 1, 4, 'a 1 true', ' 1 false', 3]);
  });

  it('loses no row and keeps their order within groups', () => {
    const label = fc.option(fc.constantFrom('a', 'b', 'c'));
    fc.assert(
      fc.property(fc.array(label), (labels) => {
        const made = labels.map((each, index) => row(index + 1, { label: each }));
        const lines = grouped(made, 'label', []).filter((line) => line.kind === 'row');
        for (const each of ['a', 'b', 'c', null]) {
          const of = (all: readonly Row[]) => all.filter(({ sequence }) => sequence.label === each);
          expect(of(lines.map((line) => line.row))).toEqual(of(made));
        }
        expect(lines).toHaveLength(made.length);
      }),
      { seed: 5 },
    );
  });

  it('by folder names the folder, and none for the root', () => {
    const lines = grouped([row(1, { file: 'a/b/c.csv' }), row(2, { file: 'd.csv' })], 'folder', []);
    expect(lines.flatMap((line) => (line.kind === 'group' ? [line.name] : []))).toEqual(['a/b', '']);
  });
});

describe('the latest values', () => {
  it('are kept, the one used longest ago is forgotten', () => {
    const latest = new Latest<number>(2);
    latest.set('a', 1);
    latest.set('b', 2);
    expect(latest.get('a')).toBe(1);
    latest.set('c', 3);
    expect([latest.get('a'), latest.get('b'), latest.get('c')]).toEqual([1, undefined, 3]);
  });
});
