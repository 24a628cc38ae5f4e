import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { randomOf } from '../../../../../src/core/distributions/random';
import { channelInputs, momentsOf } from '../../../../../src/core/encoder/inputs';
import { viewed, type View } from '../../../../../src/core/encoder/views';
import type { Window } from '../../../../../src/core/training/batches/lengths';
import { variedInputs } from '../../../../../src/core/training/batches/variedInputs';

const still = { tempo: 0, ownTempo: 0, crops: 0, amplitude: 0, offset: 0, noise: 0 };

describe('the views of a batch', () => {
  const minimum = 16;
  const views: readonly View[] = [{ every: 4 }, { steps: 48 }];
  const inputsOf = (values: Float32Array, start = 0, end = values.length) => {
    const out = new Float32Array(3 * (end - start));
    channelInputs(values, momentsOf(values), { centre: 0.5, spread: 2 }, start, end, out, 0);
    return [...out];
  };
  const seenOf = (values: Float32Array, window: Omit<Window, 'sequence' | 'whole'>, variation = still) => {
    const sequence = { channels: [values], label: 0, columns: { label: 0 } };
    const channel = { number: 0, scale: { centre: 0.5, spread: 2 } };
    const whole = { sequence, whole: values.length, ...window };
    return variedInputs(whole, channel, views, variation, randomOf(1, 1)).map((inputs) => [...inputs]);
  };
  const shown = (values: Float32Array, view: View) => {
    const sequence = { channels: [{ name: null, unit: null, values }], rate: null, label: null, name: null, notes: [] };
    return viewed(sequence, view, minimum).channels[0]!.values;
  };

  it('without variation are what is embedded, whatever the length', () => {
    fc.assert(
      fc.property(fc.integer({ min: 16, max: 300 }), (length) => {
        const values = Float32Array.from({ length }, (_, t) => Math.sin(t / 3) + t / 50);
        const span = { start: 0, end: length };
        expect(seenOf(values, { ...span, part: span })).toEqual([
          inputsOf(values),
          ...views.map((view) => inputsOf(shown(values, view))),
        ]);
      }),
      { seed: 1, numRuns: 60 },
    );
  });

  it('that slide show the window, those of the whole the part', () => {
    const values = Float32Array.from({ length: 400 }, (_, t) => Math.sin(t / 7));
    const [sampled, every, whole] = seenOf(values, { start: 80, end: 160, part: { start: 20, end: 220 } });
    expect(sampled).toEqual(inputsOf(values, 80, 160));
    expect(every).toEqual(inputsOf(shown(values, { every: 4 }), 20, 40));
    expect(whole).toEqual(inputsOf(shown(values.subarray(20, 220), { steps: 48 })));
  });

  it('of a short window have as many steps as the encoder takes', () => {
    const values = Float32Array.from({ length: 70 }, (_, t) => Math.sin(t / 7));
    const [, every] = seenOf(values, { start: 50, end: 70, part: { start: 30, end: 70 } });
    expect(every).toHaveLength(3 * minimum);
  });

  it('are of one variation', () => {
    const values = Float32Array.from({ length: 192 }, (_, t) => Math.sin(t / 7));
    const span = { start: 0, end: 192 };
    const noisy = { ...still, noise: 1, offset: 1 };
    const third = (inputs: readonly number[]) => inputs.slice((2 * inputs.length) / 3).map((v) => 3 * Math.sinh(v / 3));
    const [sampled, every] = seenOf(values, { ...span, part: span }, noisy).map(third);
    every!.forEach((value, t) => {
      const mean = sampled!.slice(4 * t, 4 * t + 4).reduce((sum, v) => sum + v, 0) / 4;
      expect(value).toBeCloseTo(mean, 4);
    });
    expect(every).not.toEqual(third(seenOf(values, { ...span, part: span })[1]!));
  });
});
