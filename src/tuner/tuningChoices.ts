import type { EncoderFile } from '../core/encoder/description';
import { networkOf } from '../core/encoder/weightsOf';
import { bucketOf } from '../core/training/batches/lengths';
import { usualVariation, type Variation } from '../core/training/batches/augment';
import { usualBatch, type BatchOptions } from '../core/training/batches/batch';
import { usualSettings, type TrainingSettings } from '../core/training/trainer/settings';
import type { TuningSettings } from '../protocol/finetune';
import { stepsOf, type Pack } from '../core/training/packs/pack';

/** Time steps of a batch over all its sequences and channels: it bounds the memory that one step takes. */
const mostBatchSteps = 2 ** 16;

/** Sessions may hold on to so many time steps together: about 0.7 GB. */
export const sessionSteps = 2 ** 17;

/** Longer sequences are seen in parts. */
const longestCrop = 1024;

/** Labels with fewer training sequences than these need variation more than to be seen as they are. */
const fewPerLabel = 5;

/** How much is trained on. */
export interface Amount {
  readonly sequences: number;
  readonly labels: number;
}

const isFew = ({ sequences, labels }: Amount): boolean => sequences < fewPerLabel * labels;

/**
 * Gentler than in training: what is to be told apart is in the recordings at hand, and may be as fine as a device's noise.
 * Noise is what hides that most.
 */
const usualTuning: Variation = { ...usualVariation, tempo: 0.2, crops: 0.3, noise: 0.08 };
const variationOfFew: Variation = { ...usualTuning, noise: usualVariation.noise };

/** What batches of a fine-tuning look like, for the packs at hand of which so much is trained on. */
export function batchFor(packs: readonly Pack[], amount: Amount): BatchOptions {
  const channels = Math.min(Math.max(...packs.map((pack) => pack.channels)), usualBatch.channels);
  const lengths = Float64Array.from(packs.flatMap(({ sequences }) => sequences.map(stepsOf))).sort();
  const usual = lengths[Math.floor(0.9 * (lengths.length - 1))]!;
  const room = Math.floor(mostBatchSteps / (usualBatch.sequences * channels) / 16) * 16;
  const steps = Math.min(bucketOf(usual, longestCrop), Math.max(room, 64));
  const variation = isFew(amount) ? variationOfFew : usualTuning;
  return { ...usualBatch, channels, steps, variation };
}

/** The pull towards the old weights for one training sequence, and its bounds. */
const pullOfFew = { ofOne: 400, weakest: 1, strongest: 20 };
const usualPull = { ofOne: 160, weakest: 0.4, strongest: 8 };

/**
 * How a fine-tuning is done. The fewer sequences there are to train on, the more the weights are held where they were.
 *
 * @param base the encoder that is trained further
 * @param amount how much is trained on
 */
export function settingsFor(
  { learningRate, seed }: TuningSettings,
  base: EncoderFile,
  amount: Amount,
  steps: number,
  batch: BatchOptions,
): TrainingSettings {
  const pull = isFew(amount) ? pullOfFew : usualPull;
  const { levels, views } = base.description;
  return {
    ...usualSettings,
    seed,
    steps,
    objective: { ...usualSettings.objective, architecture: networkOf(base), levels, ...(views && { views }) },
    batch,
    schedule: { rate: learningRate, warmUp: Math.min(20, Math.ceil(steps / 10)), floor: 0.05 },
    anchoring: Math.min(Math.max(pull.ofOne / amount.sequences, pull.weakest), pull.strongest),
    averageDecay: 0.99,
  };
}

const views = { usual: 160, ofFew: 80 };
const enough = { least: 500, most: 3000 };

/** The steps that show every sequence often enough, on average, within bounds: with more it is learned by heart. */
export function enoughSteps(amount: Amount, { sequences }: Pick<BatchOptions, 'sequences'>): number {
  const times = isFew(amount) ? views.ofFew : views.usual;
  return Math.min(Math.max(Math.ceil((times * amount.sequences) / sequences), enough.least), enough.most);
}

const fewestSteps = 20;

/** How often a training is validated on its way. */
export const usualValidations = 12;

/**
 * How many steps fit into the time, and how often they are validated: where time is short no more than a quarter of it goes
 * into that.
 */
export function divideTime(
  seconds: number,
  perStep: number,
  perValidation: number,
): { readonly steps: number; readonly validations: number } {
  const affordable = Math.floor((0.25 * seconds) / perValidation);
  const validations = Math.min(Math.max(affordable, 2), usualValidations);
  const left = seconds - validations * perValidation;
  return { steps: Math.max(Math.floor((0.9 * left) / perStep), fewestSteps), validations };
}

/** After so many validations without a gain the training ends, in its second half. */
export const patience = 5;
