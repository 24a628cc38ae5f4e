import { momentsOf, channelInputs, type ChannelScale } from '../../encoder/inputs';
import type { BatchShape } from '../network/stepGraph';
import type { PackSequence } from '../packs/pack';
import { addNoise, atTempo, variedScale, type Variation } from './augment';
import { chooseDataset, chooseInstances, chooseSequences } from './choose';
import { mayMatch, type Dataset } from './dataset';
import { bucketOf, drawWindows, type Window } from './lengths';
import type { Random } from '../../distributions/random';
import { largest } from '../../recordings/extremes';

export interface BatchOptions {
  readonly sequences: number;
  /** How many labels a batch holds, if the data set has so many. */
  readonly classes: number;
  /** Longer sequences are cropped to so many time steps. */
  readonly steps: number;
  /** Of data sets with more channels, so many are drawn at random for every batch. */
  readonly channels: number;
  /** The share of batches from data sets without a given split into training and test, if there are both kinds. */
  readonly identificationShare: number;
  /**
   * The share of batches from data sets with a given split in which every recording is a label of its own, seen twice:
   * labels of few sets teach to tell these labels apart, recordings whatever differs.
   */
  readonly instanceShare: number;
  readonly variation: Variation;
}

export const usualBatch = {
  sequences: 32,
  classes: 8,
  steps: 512,
  channels: 4,
  identificationShare: 0.4,
  instanceShare: 0,
} as const;

export interface Batch {
  readonly dataset: string;
  readonly shape: BatchShape;
  /** [sequences x channels, 3, 1, steps], zeros after the end of a sequence. */
  readonly inputs: Float32Array;
  /** How many time steps of each sequence are its own. */
  readonly lengths: readonly number[];
  /** See `Pairs`. */
  readonly positive: Float32Array;
  readonly allowed: Float32Array;
}

/** How many inputs `channelInputs` writes per time step. */
const inputsPerStep = 3;

/** Draws the sequences of one training step and varies them. */
export function drawBatch(datasets: readonly Dataset[], options: BatchOptions, random: Random): Batch {
  const dataset = chooseDataset(datasets, options.identificationShare, random);
  const { instanceShare } = options;
  const asInstances = instanceShare > 0 && dataset.kind === 'classification' && random.unit() < instanceShare;
  const chosen = asInstances
    ? chooseInstances(dataset, options.sequences, random)
    : chooseSequences(dataset, options.sequences, options.classes, random);
  const channels = drawChannels(dataset.scales, options.channels, random);
  const windows = drawWindows(chosen, options.steps, options.variation, random);
  const lengths = windows.map(({ start, end }) => end - start);
  const steps = bucketOf(largest(lengths), options.steps);
  const shape = { sequences: chosen.length, channels: channels.length, steps };
  const inputs = new Float32Array(shape.sequences * shape.channels * inputsPerStep * shape.steps);
  windows.forEach((window, i) => {
    channels.forEach((channel, j) => {
      const row = variedInputs(window, channel, options.variation, random);
      const rowSteps = row.length / inputsPerStep;
      const at = (i * channels.length + j) * inputsPerStep * shape.steps;
      for (let k = 0; k < inputsPerStep; k++) {
        inputs.set(row.subarray(k * rowSteps, (k + 1) * rowSteps), at + k * shape.steps);
      }
    });
  });
  return {
    dataset: dataset.name,
    shape,
    inputs,
    lengths,
    ...(asInstances ? instancePairs(chosen) : pairsOf(dataset, chosen)),
  };
}

interface DrawnChannel {
  readonly number: number;
  readonly scale: ChannelScale;
}

function drawChannels(scales: readonly ChannelScale[], most: number, random: Random): readonly DrawnChannel[] {
  const all = scales.map((scale, number) => ({ number, scale }));
  return all.length <= most
    ? all
    : random
        .shuffled(all)
        .slice(0, most)
        .sort((a, b) => a.number - b.number);
}

/** The three inputs of a window of one channel. */
function variedInputs(
  { sequence, whole, start, end }: Window,
  channel: DrawnChannel,
  { amplitude, offset, noise }: Variation,
  random: Random,
): Float32Array {
  const recorded = sequence.channels[channel.number];
  if (recorded === undefined) throw new RangeError(`a sequence lacks channel ${channel.number}`);
  const values = atTempo(recorded, whole);
  const clean = momentsOf(values);
  const deviation = noise * random.unit() * clean.differenceSize;
  const moments = addNoise(values, clean, deviation, Math.max(start - 1, 0), end, random);
  const scale = variedScale(channel.scale, Math.exp(amplitude * random.normal()), offset * random.normal());
  const inputs = new Float32Array(inputsPerStep * (end - start));
  channelInputs(values, moments, scale, start, end, inputs, 0);
  return inputs;
}

/** The masks of positive and allowed pairs; a sequence that was drawn twice is no pair with itself. */
export function pairsOf({ excludeBy }: Dataset, chosen: readonly PackSequence[]): Pick<Batch, 'positive' | 'allowed'> {
  const size = chosen.length;
  const positive = new Float32Array(size * size);
  const allowed = new Float32Array(size * size);
  chosen.forEach((a, i) => {
    chosen.forEach((b, j) => {
      const same = a.label === b.label;
      if (a === b || (same && !mayMatch(a, b, excludeBy))) return;
      allowed[i * size + j] = 1;
      if (same) positive[i * size + j] = 1;
    });
  });
  return { positive, allowed };
}

/** The masks where every sequence is a label of its own. */
export function instancePairs(chosen: readonly PackSequence[]): Pick<Batch, 'positive' | 'allowed'> {
  const size = chosen.length;
  const positive = new Float32Array(size * size);
  const allowed = new Float32Array(size * size).fill(1);
  for (let i = 0; i < size; i++) {
    allowed[i * size + i] = 0;
    for (let j = 0; j < size; j++) if (i !== j && chosen[i] === chosen[j]) positive[i * size + j] = 1;
  }
  return { positive, allowed };
}
