import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { randomOf } from '../../../../../src/core/distributions/random';
import { quantileFunction } from '../../../../../src/core/distributions/quantiles';
import { likeLevels, standardLevels } from '../../../../../src/core/ranking/checks/likeLevels';

describe('likeLevels', () => {
  it('finds the nearest of each as a comparison of all with all does', () => {
    const cases = fc.record({
      seed: fc.nat(500),
      count: fc.integer({ min: 0, max: 14 }),
      channels: fc.integer({ min: 1, max: 3 }),
    });
    fc.assert(
      fc.property(cases, ({ seed, count, channels }) => {
        const random = randomOf(seed, 'levels');
        const size = 4 * channels;
        const rows = Float32Array.from({ length: count * size }, () => random.normal());
        const distance = (i: number, j: number) => {
          let sum = 0;
          for (let c = 0; c < channels; c++) {
            const part = (of: number) => Array.from(rows.slice(of * size + 4 * c, of * size + 4 * c + 4));
            const [a, b] = [part(i), part(j)];
            const flipped = [...b].reverse().map((value) => -value);
            const differ = (other: number[]) => a.reduce((all, value, l) => all + Math.abs(value - other[l]!), 0);
            sum += Math.min(differ(b), differ(flipped));
          }
          return sum;
        };
        const found = likeLevels(rows, count, channels, 3);
        for (let i = 0; i < count; i++) {
          const others = [...Array(count).keys()]
            .filter((j) => j !== i)
            .sort((a, b) => distance(i, a) - distance(i, b));
          const expected = [0, 1, 2].map((at) => others[at] ?? -1);
          expect(Array.from(found.slice(3 * i, 3 * i + 3))).toEqual(expected);
        }
      }),
    );
  });

  it('takes a scaled, moved and inverted series for the same', () => {
    const random = randomOf(1, 'series');
    const series = Float32Array.from({ length: 500 }, () => Math.exp(random.normal()));
    const levels = (values: Float32Array) => standardLevels(quantileFunction(values, 16), 1);
    const others = Array.from({ length: 5 }, () => Float32Array.from({ length: 500 }, () => random.normal()));
    const all = [series, ...others, series.map((value) => 7 - 1000 * value)].map(levels);
    const rows = new Float32Array(all.length * 16);
    all.forEach((row, i) => {
      rows.set(row, 16 * i);
    });
    expect(likeLevels(rows, all.length, 1, 1)[0]).toBe(all.length - 1);
  });

  it('bears constant channels', () => {
    expect(Array.from(standardLevels(new Float32Array(16).fill(5), 1))).toEqual(Array<number>(16).fill(0));
  });
});
