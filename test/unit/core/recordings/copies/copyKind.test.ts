import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { randomOf, type Random } from '../../../../../src/core/distributions/random';
import { resampledTo } from '../../../../../src/core/recordings/align';
import { copyKindOf } from '../../../../../src/core/recordings/copies/copyKind';

/** A smooth course with some noise of its own, in so many channels. */
function recording(random: Random, steps: number, channels: number): Float32Array[] {
  return Array.from({ length: channels }, () => {
    let [level, slope] = [0, 0];
    return Float32Array.from({ length: steps }, () => {
      slope = 0.9 * slope + random.normal();
      level = 0.98 * level + slope;
      return level + 0.5 * random.normal();
    });
  });
}

const cases = fc.record({
  seed: fc.nat(1000),
  steps: fc.integer({ min: 120, max: 5000 }),
  channels: fc.integer({ min: 1, max: 3 }),
  share: fc.double({ min: 0.03, max: 0.3, noNaN: true }),
});

function check(kind: (of: { random: Random; kept: Float32Array[]; share: number; steps: number }) => void): void {
  fc.assert(
    fc.property(cases, ({ seed, steps, channels, share }) => {
      const random = randomOf(seed, 'copies');
      kind({ random, kept: recording(random, steps, channels), share, steps });
    }),
    { numRuns: 40 },
  );
}

describe('copyKindOf', () => {
  it('knows the same values, also rounded', () => {
    check(({ kept }) => {
      const rounded = kept.map((values) => values.map((value) => Number(value.toPrecision(5))));
      expect(copyKindOf(kept, kept).kind).toBe('values');
      expect(copyKindOf(kept, rounded)).toEqual({ kind: 'values', amount: null, channel: null });
    });
  });

  it('knows what begins later or earlier', () => {
    check(({ kept, share, steps }) => {
      const by = Math.ceil(share * steps);
      const [early, late] = [kept.map((v) => v.slice(0, steps - by)), kept.map((v) => v.slice(by))];
      expect(copyKindOf(early, late)).toEqual({ kind: 'shifted', amount: by, channel: null });
      expect(copyKindOf(late, early)).toEqual({ kind: 'shifted', amount: -by, channel: null });
    });
  });

  it('knows what is cut from another, and the other way round', () => {
    check(({ kept, share, steps }) => {
      const [start, end] = [Math.floor(share * steps), steps - Math.floor((share * steps) / 2)];
      const part = kept.map((values) => values.slice(start, end));
      expect(copyKindOf(kept, part)).toEqual({ kind: 'cut', amount: start, channel: null });
      expect(copyKindOf(part, kept)).toEqual({ kind: 'cut', amount: start, channel: null });
    });
  });

  it('knows another scale, a constant that was added, and an inverted channel', () => {
    check(({ kept, share }) => {
      const last = kept.length - 1;
      const only = last === 0 ? null : last;
      const changed = (change: (value: number) => number) =>
        kept.map((values, c) => (c === last ? values.map(change) : values));
      const scaled = copyKindOf(
        kept,
        changed((value) => value * (1 + share)),
      );
      expect(scaled).toMatchObject({ kind: 'rescaled', channel: only });
      expect(scaled.amount).toBeCloseTo(1 + share, 3);
      expect(
        copyKindOf(
          kept,
          changed((value) => value + 100),
        ),
      ).toEqual({ kind: 'rescaled', amount: 1, channel: only });
      expect(
        copyKindOf(
          kept,
          changed((value) => -value),
        ),
      ).toEqual({ kind: 'inverted', amount: null, channel: only });
    });
  });

  it('knows the same in more or fewer steps', () => {
    check(({ kept, share }) => {
      const factor = 1 + 2 * share;
      const more = copyKindOf(
        kept,
        kept.map((values) => resampledTo(values, factor)),
      );
      expect(more.kind).toBe('resampled');
      expect(more.amount).toBeCloseTo(factor, 1);
    });
  });

  it('knows added noise, and how much of it', () => {
    check(({ random, kept, share }) => {
      const noisy = kept.map((values) => {
        const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
        const spread = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
        return values.map((value) => value + (share / 4) * spread * random.normal());
      });
      expect(copyKindOf(kept, noisy).kind).toBe('noisy');
    });
  });

  it('takes other recordings for none', () => {
    check(({ random, kept, steps }) => {
      expect(copyKindOf(kept, recording(random, steps, kept.length)).kind).toBe('alike');
      const smooth = kept.map((values) => values.map((value, i) => value + 5 * Math.sin(i / 20)));
      expect(copyKindOf(kept, smooth).kind).toBe('alike');
    });
  });

  it('bears what has no shape, and other channels', () => {
    const flat = [new Float32Array(100).fill(3)];
    expect(copyKindOf(flat, flat).kind).toBe('values');
    expect(copyKindOf(flat, [new Float32Array(100).fill(4)]).kind).toBe('rescaled');
    expect(copyKindOf(flat, [...flat, ...flat]).kind).toBe('alike');
    expect(copyKindOf([], []).kind).toBe('alike');
    expect(copyKindOf([new Float32Array(1)], [new Float32Array(1)]).kind).toBe('alike');
    expect(() => copyKindOf(flat, [new Float32Array(7)])).not.toThrow();
  });
});
