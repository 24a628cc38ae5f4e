import { describe, expect, it } from 'vitest';
import { percentile, tableOf } from '../../../src/dev/bench/figures';

describe('the table of a benchmark', () => {
  const peer = { name: 'PyTorch', value: 100 };

  it('says whether a value and a ratio are reached', () => {
    const lines = tableOf([
      { name: 'time', value: 30, unit: 'ms', target: { at: 'most', value: 50 } },
      { name: 'speed', value: 30, unit: 'files/s', target: { at: 'least', value: 50 } },
      { name: 'step', value: 105, unit: 'ms', against: { ...peer, most: 1.1 } },
      { name: 'slow step', value: 120, unit: 'ms', against: { ...peer, most: 1.1 } },
      { name: 'late', value: 3, unit: 'frames', against: { name: 'at rest', value: 0 } },
      { name: 'alone', value: 2345, unit: 'ms' },
    ]).split('\n');
    expect(lines.map((line) => line.replace(/ {2,}/g, ' | '))).toEqual([
      'figure | measured | to reach | ratio',
      'time | 30 ms | ≤ 50 reached',
      'speed | 30 files/s | ≥ 50 MISSED',
      'step | 105 ms | ≤ 1.1 × reached | 1.05 × PyTorch (100)',
      'slow step | 120 ms | ≤ 1.1 × MISSED | 1.2 × PyTorch (100)',
      'late | 3 frames | against at rest (0)',
      'alone | 2,345 ms',
    ]);
  });
});

describe('percentile', () => {
  it('is an entry of the sorted values', () => {
    expect([0, 0.5, 0.95, 1].map((share) => percentile([3, 1, 2], share))).toEqual([1, 2, 3, 3]);
  });
});
