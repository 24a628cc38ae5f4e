import { describe, expect, it } from 'vitest';
import type { SequenceSummary } from '../../../src/protocol/engine';
import {
  fileItems,
  numberLastUsed,
  parseLastUsed,
  sequenceItems,
  withUsed,
} from '../../../src/extension/results/find/items';
import { skippedGroups } from '../../../src/extension/index/skippedGroups';
import { skippedItems, skippedText } from '../../../src/extension/index/skippedItems';

const summary = (number: number, more: Partial<SequenceSummary> = {}): SequenceSummary => ({
  ref: { path: '/w/a.ts', number },
  file: 'a.ts',
  siblings: 3,
  format: 'ts',
  name: null,
  label: null,
  channels: [null, null],
  steps: 1500,
  rate: null,
  covered: 1,
  notes: [],
  doubts: [],
  ...more,
});

describe('sequenceItems', () => {
  it('puts the sequence that was used last first and keeps the order of the others', () => {
    const items = sequenceItems([summary(0), summary(1), summary(2)], 2);
    expect(items.map(({ sequence }) => sequence.ref.number)).toEqual([2, 0, 1]);
    expect(items.map(({ description }) => description)).toEqual(['(used last)', '', '']);
  });

  it('keeps the order of the file when none was used, or one that is gone', () => {
    for (const used of [undefined, 99]) {
      expect(sequenceItems([summary(1), summary(4)], used).map(({ label }) => label)).toEqual(['2', '5']);
    }
  });

  it('tells number, name, label, length and rate', () => {
    const [item] = sequenceItems([summary(0, { name: 'x$(y)', label: 'walk', rate: 100 })], undefined);
    expect(item).toMatchObject({
      label: '1: x\\$(y)',
      description: 'walk',
      detail: '1,500 steps (15 s at 100 Hz), 2 channels',
    });
  });

  it('shows the course of those that are sketched', () => {
    const items = sequenceItems([summary(0), summary(1)], undefined, new Map([[1, [0, 7, 3]]]));
    expect(items.map(({ detail }) => detail)).toEqual(['1,500 steps, 2 channels', '▁█▄  1,500 steps, 2 channels']);
  });
});

describe('lastUsed', () => {
  it('remembers the last number of each file, and of 200 files at most', () => {
    let entries = parseLastUsed(undefined);
    for (let file = 0; file < 250; file++) entries = withUsed(entries, `/${file}`, file);
    entries = withUsed(entries, '/240', 1);
    expect(entries).toHaveLength(200);
    expect(numberLastUsed(entries, '/240')).toBe(1);
    expect(numberLastUsed(entries, '/249')).toBe(249);
    expect(numberLastUsed(entries, '/0')).toBeUndefined();
  });

  it.each([null, 'x', [['a']], [['a', -1]], [[1, 'a']]])('takes %j for nothing', (stored) => {
    expect(parseLastUsed(stored)).toEqual([]);
  });
});

describe('fileItems', () => {
  it('puts the active file first and splits name and folder', () => {
    const files = [
      { path: '/w/a.csv', file: 'a.csv' },
      { path: '/w/sub/b.csv', file: 'sub/b.csv' },
    ];
    expect(fileItems(files, '/w/sub/b.csv')).toEqual([
      { label: 'b.csv', description: 'sub', path: '/w/sub/b.csv' },
      { label: 'a.csv', description: '', path: '/w/a.csv' },
    ]);
  });
});

describe('skipped files', () => {
  const files = [
    { path: '/w/x.csv', file: 'x.csv', number: null, reason: 'it is a folder' },
    { path: '/w/y.npz', file: 'y\n.npz', number: 1, reason: 'it is $(bad)' },
  ];

  it('are listed with their reasons', () => {
    expect(skippedItems(skippedGroups(files))).toEqual([
      { kind: 'reason', label: 'it is a folder (1)' },
      { kind: 'file', label: 'x.csv', detail: 'Skipped, because it is a folder.', path: '/w/x.csv' },
      { kind: 'reason', label: 'it is \\$(bad) (1)' },
      { kind: 'file', label: 'y .npz (sequence 2)', detail: 'Skipped, because it is \\$(bad).', path: '/w/y.npz' },
    ]);
  });

  it('are written one a line', () => {
    expect(skippedText(files)).toBe(
      'x.csv: skipped, because it is a folder\ny .npz (sequence 2): skipped, because it is $(bad)\n',
    );
  });
});
