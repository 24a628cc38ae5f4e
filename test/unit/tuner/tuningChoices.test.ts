import { describe, expect, it } from 'vitest';
import { usualBatch } from '../../../src/core/training/batches/batch';
import type { EncoderDescription, KeptView } from '../../../src/core/encoder/description';
import { usualTuning } from '../../../src/protocol/finetune';
import { batchFor, enoughSteps, settingsFor, stepsWithin } from '../../../src/tuner/tuningChoices';
import { pulsePack } from './sets';

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
    expect(stepsWithin(1, 1, 1)).toBe(20);
    expect(stepsWithin(1000, 0.1, 1)).toBeLessThan(1000 / 0.1);
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
