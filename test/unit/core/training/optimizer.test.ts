import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  adamState,
  adamStep,
  clipNorm,
  drawTowards,
  learningRate,
  updateAverage,
  usualAdam,
} from '../../../../src/core/training/optimizer';
import { numbers } from './autodiff/run';

fc.configureGlobal({ seed: 20220101, numRuns: 100 });

describe('Adam', () => {
  it('equals the sums of the paper, weight by weight', () => {
    const options = { beta1: 0.8, beta2: 0.95, epsilon: 1e-6, weightDecay: 0.1 };
    const [size, steps, rate] = [5, 7, 0.05];
    const start = numbers(size, 1);
    const decays = Uint8Array.of(1, 0, 1, 0, 1);
    const gradients = Array.from({ length: steps }, (_, t) => numbers(size, t + 2));
    const weights = start.slice();
    const state = adamState(size);
    for (const gradient of gradients) adamStep(state, weights, gradient, rate, decays, options);
    start.forEach((value, i) => {
      // The moments as weighted sums over all gradients so far, instead of recursively.
      let expected = value;
      for (let t = 1; t <= steps; t++) {
        const moment = (beta: number, power: number) =>
          gradients.slice(0, t).reduce((sum, g, k) => sum + (1 - beta) * beta ** (t - 1 - k) * g[i]! ** power, 0) /
          (1 - beta ** t);
        const update = moment(options.beta1, 1) / (Math.sqrt(moment(options.beta2, 2)) + options.epsilon);
        expected -= rate * (update + options.weightDecay * decays[i]! * expected);
      }
      expect(weights[i]).toBeCloseTo(expected, 5);
    });
    expect(state.steps).toBe(steps);
  });

  it('finds the bottom of a bowl', () => {
    const weights = Float32Array.of(3, -2);
    const state = adamState(2);
    const target = [1, 0.5];
    for (let step = 0; step < 500; step++) {
      const gradient = weights.map((w, i) => 2 * (w - target[i]!));
      adamStep(state, weights, gradient, 0.05, Uint8Array.of(0, 0), usualAdam);
    }
    expect(weights[0]).toBeCloseTo(1, 2);
    expect(weights[1]).toBeCloseTo(0.5, 2);
  });
});

describe('the learning rate', () => {
  const options = { rate: 0.002, warmUp: 50, floor: 0.02 };

  it('rises to its peak and falls to its floor', () => {
    const rates = Array.from({ length: 1001 }, (_, step) => learningRate(step, 1000, options));
    expect(rates[0]).toBeCloseTo(0.002 / 50, 10);
    expect(rates[49]).toBeCloseTo(0.002, 10);
    expect(rates[525]).toBeCloseTo((0.002 * 1.02) / 2, 6);
    expect(rates[1000]).toBeCloseTo(0.002 * 0.02, 10);
    rates.slice(1).forEach((rate, i) => {
      if (i < 49) expect(rate).toBeGreaterThan(rates[i]!);
      else expect(rate).toBeLessThanOrEqual(rates[i]!);
    });
  });

  it('needs no warm-up, and stands a single step', () => {
    expect(learningRate(0, 10, { ...options, warmUp: 0 })).toBe(0.002);
    expect(learningRate(0, 1, options)).toBeGreaterThan(0);
  });
});

describe('clipping', () => {
  it('keeps the direction and bounds the norm', () => {
    fc.assert(
      fc.property(
        fc.array(fc.float({ noNaN: true, min: -100, max: 100 }), { minLength: 1, maxLength: 20 }),
        fc.double({ min: 0.01, max: 10, noNaN: true }),
        (values, limit) => {
          const before = Float32Array.from(values);
          const after = before.slice();
          const norm = clipNorm(after, limit);
          expect(norm).toBeCloseTo(Math.hypot(...before), 3);
          expect(Math.hypot(...after)).toBeLessThanOrEqual(limit * (1 + 1e-5));
          before.forEach((value, i) => {
            expect(after[i]).toBeCloseTo(norm > limit ? (value * limit) / norm : value, 4);
          });
        },
      ),
    );
  });
});

describe('the moving average', () => {
  it('starts quickly and then follows slowly', () => {
    const average = Float32Array.of(0);
    updateAverage(average, Float32Array.of(1), 0.999, 0);
    expect(average[0]).toBeCloseTo(0.9, 6);
    updateAverage(average, Float32Array.of(2), 0.999, 1e6);
    expect(average[0]).toBeCloseTo(0.999 * 0.9 + 0.001 * 2, 6);
  });

  it('is the weights themselves without a decay', () => {
    const average = Float32Array.of(5);
    updateAverage(average, Float32Array.of(1), 0, 100);
    expect(average[0]).toBe(1);
  });
});

it('moves weights a part of the way to where they started, and never beyond', () => {
  const vector = fc.array(fc.float({ min: -4, max: 4, noNaN: true }), { minLength: 3, maxLength: 3 });
  fc.assert(
    fc.property(vector, vector, fc.double({ min: 0, max: 3, noNaN: true }), (from, to, share) => {
      const weights = Float32Array.from(from);
      drawTowards(weights, Float32Array.from(to), share);
      weights.forEach((value, i) => {
        expect(value).toBeCloseTo(from[i]! + Math.min(share, 1) * (to[i]! - from[i]!), 5);
      });
    }),
  );
});
