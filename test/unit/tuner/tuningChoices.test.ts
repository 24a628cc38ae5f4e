import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { usualBatch } from '../../../src/core/training/batches/batch';
import type { EncoderDescription, KeptView } from '../../../src/core/encoder/description';
import { usualTuning } from '../../../src/protocol/finetune';
import { batchFor, divideTime, enoughSteps, settingsFor } from '../../../src/tuner/tuningChoices';
import { pulsePack } from './sets';

const positive = fc.double({ min: 1e-3, max: 100, noNaN: true });

describe('the choices of a fine-tuning', () => {
  const steps = (sequences: number, labels: number) => enoughSteps({ sequences, labels }, usualBatch);

  it('show every sequence so often, half as often where a label has few', () => {
    const [many, few] = [steps(400, 10), steps(400, 100)];
    expect((many * usualBatch.sequences) / 400).toBeCloseTo(160, 0);
    expect(many).toBe(2 * few);
  });

  it('train neither for a moment nor for ever', () => {
    expect(steps(4, 2)).toBe(500);
    expect(steps(1e6, 2)).toBe(3000);
  });

  it('divide the time, so that validations take no more than a quarter of it', () => {
    expect(divideTime(1000, 0.1, 1)).toEqual({ steps: 8892, validations: 12 });
    fc.assert(
      fc.property(
        fc.double({ min: 30, max: 1e5, noNaN: true }),
        positive,
        positive,
        (seconds, perStep, perValidation) => {
          const { steps, validations } = divideTime(seconds, perStep, perValidation);
          expect(steps).toBeGreaterThanOrEqual(20);
          expect(validations).toBeGreaterThanOrEqual(2);
          if (steps > 20) expect(steps * perStep + validations * perValidation).toBeLessThanOrEqual(seconds);
          if (validations > 2) expect(validations * perValidation).toBeLessThanOrEqual(0.25 * seconds);
        },
      ),
    );
  });

  it('see sequences in the views of the encoder', () => {
    const network = { inputs: 3, levels: [] };
    const settings = (views?: readonly KeptView[]) => {
      const description = { network, levels: 6, ...(views && { views }) } as unknown as EncoderDescription;
      const base = { description, model: new Uint8Array() };
      const amount = { sequences: 40, labels: 4 };
      const batch = batchFor([pulsePack(3, 12, 1)], amount);
      return settingsFor(usualTuning, base, amount, 10, batch).objective;
    };
    const views = [{ steps: 256, weight: 0.25, levels: 3 }];
    expect(settings(views).views).toEqual(views);
    expect(settings()).not.toHaveProperty('views');
  });

  it('vary few sequences more, and see sequences in parts that fit into memory', () => {
    const packs = [pulsePack(3, 12, 1)];
    const many = batchFor(packs, { sequences: 36, labels: 3 });
    const few = batchFor(packs, { sequences: 6, labels: 3 });
    expect(few.variation.noise).toBeGreaterThan(many.variation.noise);
    expect(many.steps % 16).toBe(0);
    expect(many.steps * many.sequences * many.channels).toBeLessThanOrEqual(2 ** 16);
  });
});
