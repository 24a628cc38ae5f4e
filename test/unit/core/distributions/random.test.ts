import { describe, expect, it } from 'vitest';
import { randomOf, xoshiro128 } from '../../../../src/core/distributions/random';

const draws = (random: { normal(): number }, count: number): number[] =>
  Array.from({ length: count }, () => random.normal());

describe('random numbers', () => {
  it("gives the words of the authors' C program", () => {
    const next = xoshiro128([1, 2, 3, 4]);
    expect(Array.from({ length: 6 }, next)).toEqual([11520, 0, 5927040, 70819200, 2031721883, 1637235492]);
  });

  it('repeats a stream, and gives another for another name or seed', () => {
    const stream = draws(randomOf(1, 'a'), 5);
    expect(draws(randomOf(1, 'a'), 5)).toEqual(stream);
    expect(draws(randomOf(1, 'b'), 5)).not.toEqual(stream);
    expect(draws(randomOf(2, 'a'), 5)).not.toEqual(stream);
  });

  it('draws standard normal deviates', () => {
    const values = draws(randomOf(3, 'normal'), 50_000);
    const moment = (power: number): number => values.reduce((sum, value) => sum + value ** power, 0) / values.length;
    expect(moment(1)).toBeCloseTo(0, 1);
    expect(Math.abs(moment(2) - 1)).toBeLessThan(0.03);
    expect(Math.abs(moment(3))).toBeLessThan(0.06);
    expect(Math.abs(moment(4) - 3)).toBeLessThan(0.15);
  });

  it('stays in the range asked for', () => {
    const random = randomOf(4, 'range');
    const uniform = Array.from({ length: 2000 }, () => random.uniform(-2, 5));
    expect(Math.min(...uniform)).toBeGreaterThanOrEqual(-2);
    expect(Math.max(...uniform)).toBeLessThan(5);
    expect(Math.max(...uniform) - Math.min(...uniform)).toBeGreaterThan(6.9);
    const near = Array.from({ length: 2000 }, () => random.near(-10, 0.1));
    expect(Math.min(...near)).toBeCloseTo(-12, 6);
    expect(Math.max(...near)).toBeCloseTo(-8, 6);
  });
});
