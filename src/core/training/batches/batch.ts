import type { ChannelScale } from '../../encoder/inputs';
import type { View } from '../../encoder/views';
import type { BatchShape } from '../network/stepGraph';
import type { PackSequence } from '../packs/pack';
import type { Variation } from './augment';
import { chooseDataset, chooseInstances, chooseSequences } from './choose';
import { mayMatch, type Dataset } from './dataset';
import { bucketOf, drawWindows, viewSteps } from './lengths';
import { inputsPerStep, variedInputs } from './variedInputs';
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

/** The sequences of a batch in one view. */
export interface Seen {
  /** With padding. */
  readonly steps: number;
  /** [sequences x channels, 3, 1, steps], zeros after the end of a sequence. */
  readonly inputs: Float32Array;
  /** How many time steps of each sequence are its own. */
  readonly lengths: readonly number[];
}

export interface Batch {
  readonly dataset: string;
  readonly shape: BatchShape;
  /** First as they were sampled, then in each further view. */
  readonly seen: readonly Seen[];
  /** See `Pairs`. */
  readonly positive: Float32Array;
  readonly allowed: Float32Array;
}

/**
 * Draws the sequences of one training step and varies them.
 * @param views in which they are seen beside as they were sampled
 */
export function drawBatch(
  datasets: readonly Dataset[],
  options: BatchOptions,
  random: Random,
  views: readonly View[] = [],
): Batch {
  const dataset = chooseDataset(datasets, options.identificationShare, random);
  const { instanceShare } = options;
  const asInstances = instanceShare > 0 && dataset.kind === 'classification' && random.unit() < instanceShare;
  const chosen = asInstances
    ? chooseInstances(dataset, options.sequences, random)
    : chooseSequences(dataset, options.sequences, options.classes, random);
  const channels = drawChannels(dataset.scales, options.channels, random);
  const windows = drawWindows(chosen, options.steps, options.variation, random);
  const rows = windows.flatMap((window) =>
    channels.map((channel) => variedInputs(window, channel, views, options.variation, random)),
  );
  const steps = bucketOf(largest(windows.map(({ start, end }) => end - start)), options.steps);
  const shape = {
    sequences: chosen.length,
    channels: channels.length,
    steps: [steps, ...views.map((view) => viewSteps(view, steps))],
  };
  return {
    dataset: dataset.name,
    shape,
    seen: shape.steps.map((padded, view) =>
      seenOf(
        rows.flatMap((row) => row.slice(view, view + 1)),
        channels.length,
        padded,
      ),
    ),
    ...(asInstances ? instancePairs(chosen) : pairsOf(dataset, chosen)),
  };
}

/** @param rows the inputs of every channel of every sequence */
function seenOf(rows: readonly Float32Array[], channels: number, padded: number): Seen {
  const inputs = new Float32Array(rows.length * inputsPerStep * padded);
  const counts = Int32Array.from(rows, (row) => row.length / inputsPerStep);
  rows.forEach((row, r) => {
    const steps = counts[r]!;
    for (let k = 0; k < inputsPerStep; k++) {
      inputs.set(row.subarray(k * steps, (k + 1) * steps), (r * inputsPerStep + k) * padded);
    }
  });
  return { steps: padded, inputs, lengths: Array.from(counts.filter((_, r) => r % channels === 0)) };
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
