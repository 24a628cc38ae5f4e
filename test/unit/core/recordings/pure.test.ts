import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bridgeGaps } from '../../../../src/core/recordings/gaps';
import { layoutKey } from '../../../../src/core/recordings/layout';
import { reduceToColumns } from '../../../../src/core/recordings/reduce';
import type { Sequence } from '../../../../src/core/recordings/sequence';
import { usable } from '../../../../src/core/recordings/usable';

fc.configureGlobal({ seed: 20220101, numRuns: 200 });

const gap = NaN;
const bridged = (...values: number[]) => {
  const array = Float32Array.from(values);
  return { missing: bridgeGaps(array), values: [...array] };
};

function sequenceOf(...channels: number[][]): Sequence {
  return {
    channels: channels.map((values, c) => ({ name: `c${c}`, unit: null, values: Float32Array.from(values) })),
    rate: 100,
    label: 'a',
    name: null,
    notes: ['from the reader'],
  };
}

describe('bridging gaps', () => {
  it('interpolates inside and holds at the ends', () => {
    expect(bridged(gap, gap, 1, gap, gap, 4, Infinity)).toEqual({ missing: 5, values: [1, 1, 1, 2, 3, 4, 4] });
  });

  it('leaves a whole channel of gaps alone', () => {
    expect(bridged(gap, gap).missing).toBe(2);
    expect(bridged(gap, gap).values).toEqual([NaN, NaN]);
  });

  it('restores a straight line from any two of its samples or more', () => {
    const line = fc.tuple(fc.integer({ min: -9, max: 9 }), fc.array(fc.boolean(), { minLength: 1, maxLength: 50 }));
    fc.assert(
      fc.property(line, ([slope, known]) => {
        const marks = [true, ...known, true];
        const values = Float32Array.from(marks, (isKnown, i) => (isKnown ? slope * i : gap));
        expect(bridgeGaps(values)).toBe(marks.filter((isKnown) => !isKnown).length);
        values.forEach((value, i) => {
          expect(value).toBeCloseTo(slope * i, 3);
        });
      }),
    );
  });
});

describe('what can be embedded', () => {
  const ramp = Array.from({ length: 16 }, (_, i) => i);
  const constant = ramp.map(() => 5);
  const empty = ramp.map(() => gap);

  it.each([
    ['no samples', sequenceOf([]), /no samples/],
    ['no channels', sequenceOf(), /no samples/],
    ['too few steps', sequenceOf(ramp.slice(1)), /only 15 time steps, and 16 are needed/],
    ['a constant channel', sequenceOf(constant), /its only channel is constant/],
    ['constant channels', sequenceOf(constant, constant), /all its channels are constant/],
    ['channels of NaN', sequenceOf(empty, empty), /none of its channels holds a number/],
  ])('skips %s with its reason', (_, sequence, reason) => {
    const result = usable(sequence, 16);
    expect('reason' in result && result.reason).toMatch(reason);
  });

  it('keeps a constant channel beside a varying one and leaves an empty one out, with a note', () => {
    const result = usable(sequenceOf(constant, ramp, empty), 16);
    if (!('sequence' in result)) throw new Error(result.reason);
    expect(result.sequence.channels.map((channel) => channel.name)).toEqual(['c0', 'c1']);
    expect(result.sequence.notes).toEqual(['from the reader', '1 channel without a single number left out']);
    expect(result.sequence.label).toBe('a');
  });

  it('notes bridged samples', () => {
    const result = usable(sequenceOf([0, gap, gap, ...ramp.slice(3)]), 16);
    expect('sequence' in result && result.sequence.notes.at(-1)).toBe('2 missing samples bridged by interpolation');
  });
});

describe('layout', () => {
  it('is the names without regard to case, or the number of channels', () => {
    expect(layoutKey(['X', ' y '])).toBe(layoutKey(['x', 'Y']));
    expect(layoutKey(['x', 'y'])).not.toBe(layoutKey(['y', 'x']));
    expect(layoutKey([null, null, null])).toBe('3');
    expect(layoutKey(['a', null])).not.toBe(layoutKey([null, 'a']));
    expect(layoutKey(['3'])).not.toBe(layoutKey([null, null, null]));
  });

  it('overlooks how a name is written, and its unit', () => {
    const key = layoutKey(['Acc_X', 'Acc_Y']);
    for (const names of [
      ['acc x', 'ACC Y'],
      ['acc-x [g]', 'acc-y (m/s²)'],
      ['AccX', ' accY '],
    ])
      expect(layoutKey(names)).toBe(key);
    expect(layoutKey(['acc x', 'gyro y'])).not.toBe(key);
    expect(layoutKey(['[g]', '()'])).not.toBe(layoutKey(['', '']));
  });

  it('tells names apart that differ in nothing else', () => {
    expect(layoutKey(['a b', 'ab'])).not.toBe(layoutKey(['a b', 'a b']));
    expect(layoutKey(['acc [g]', 'acc [mg]'])).not.toBe(layoutKey(['acc', 'acc']));
  });
});

describe('reduction to pixel columns', () => {
  it('keeps every extreme and covers every sample once', () => {
    const series = fc.array(fc.float({ noNaN: true, min: -1e9, max: 1e9 }), { minLength: 1, maxLength: 500 });
    fc.assert(
      fc.property(series, fc.integer({ min: 1, max: 100 }), (list, columns) => {
        const values = Float32Array.from(list);
        const { minimum, maximum, mean } = reduceToColumns(values, columns);
        expect(minimum.length).toBe(Math.min(columns, values.length));
        expect(Math.min(...minimum)).toBe(Math.min(...values));
        expect(Math.max(...maximum)).toBe(Math.max(...values));
        const naive = Array.from(minimum, (_, c) =>
          values.slice(
            Math.floor((c * values.length) / minimum.length),
            Math.floor(((c + 1) * values.length) / minimum.length),
          ),
        );
        expect([...minimum]).toEqual(naive.map((part) => Math.min(...part)));
        expect([...maximum]).toEqual(naive.map((part) => Math.max(...part)));
        const means = naive.map((part) => Math.fround(part.reduce((sum, value) => sum + value, 0) / part.length));
        expect([...mean]).toEqual(means);
      }),
    );
  });
});
