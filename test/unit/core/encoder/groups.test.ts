import { describe, expect, it } from 'vitest';
import { consecutiveGroups, learnGroups } from '../../../../src/core/encoder/groups';

describe('groups of features', () => {
  it('hold those together that rise and fall together, with signs', () => {
    const rows = 300;
    const causes = (r: number) => [Math.sin(r), Math.sin(1.7 * r + 1), Math.cos(0.6 * r)];
    const sums = new Float32Array(rows * 9);
    for (let r = 0; r < rows; r++) {
      for (let f = 0; f < 9; f++) sums[r * 9 + f] = (f % 2 === 0 ? 1 : -1) * (10 + f) * causes(r)[f % 3]! + 500;
    }
    const groups = learnGroups(sums, rows, 9, 3);
    const members = groups.map((group) => group.map((entry) => Math.abs(entry) - 1));
    expect(members.map((group) => new Set(group.map((f) => f % 3)).size)).toEqual([1, 1, 1]);
    for (const group of groups) {
      const signs = group.map((entry) => Math.sign(entry) * ((Math.abs(entry) - 1) % 2 === 0 ? 1 : -1));
      expect(new Set(signs).size).toBe(1);
    }
  });

  it('hold every feature once, whatever the numbers are', () => {
    const sums = Float32Array.from({ length: 7 * 20 }, (_, i) => (i % 7 === 3 ? 5 : (i * i) % 11));
    for (const size of [1, 2, 6, 9]) {
      const entries = learnGroups(sums, 20, 7, size).flat().map(Math.abs);
      expect(entries.sort((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7]);
    }
    expect(learnGroups(new Float32Array(14), 2, 7, 6).flat()).toHaveLength(7);
    expect(learnGroups(new Float32Array(0), 0, 7, 6).flat()).toHaveLength(7);
  });

  it('are consecutive features where nothing was learnt', () => {
    expect(consecutiveGroups(7, 3)).toEqual([[1, 2, 3], [4, 5, 6], [7]]);
  });
});
