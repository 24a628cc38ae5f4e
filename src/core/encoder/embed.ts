import { quantilesOfSorted } from '../distributions/quantiles';
import { radixSort } from '../distributions/radixSort';
import type { Sequence } from '../recordings/sequence';
import { stepsOf } from '../recordings/sequence';
import { channelSize, featureBlocks, featureSize, valuesOf, type FeatureBlock } from './blocks';
import { gridOf, type EncoderDescription } from './description';
import { channelInputs, momentsOf, type ChannelMoments, type ChannelScale } from './inputs';
import type { EncoderSession, FeatureMap } from './session';
import { coverage, coveredShare, pieces, type Span } from './windows';

/** All feature distributions of a sequence. */
export interface Embedding {
  /** C x M x `featureSize`: the quantile functions of channel 0, feature 0, then feature 1, ..., see `featureBlocks`. */
  readonly values: Float32Array;
  /** The share of the time steps that were encoded. */
  readonly covered: number;
}

/** How many input steps, over all channels, one run of the model takes at most. */
const stepsPerRun = 16_384;

/**
 * Embeds a sequence: the encoder's features of every channel, each kept as its quantile functions.
 *
 * @param sequence without NaN, of at least `minimumSteps` time steps
 * @param scales the layout's scale of every channel
 * @param maximumSteps longer sequences are covered by evenly spaced windows of so many time steps together
 * @throws RangeError when the sequence is too short or the scales do not fit its channels
 */
export async function embed(
  session: EncoderSession,
  sequence: Sequence,
  scales: readonly ChannelScale[],
  maximumSteps: number,
  signal?: AbortSignal,
): Promise<Embedding> {
  const { description } = session;
  const perFeature = featureSize(description);
  const blocks = featureBlocks(description);
  const values = new Float32Array(sequence.channels.length * channelSize(description));
  const covered = await forEachFeature(session, sequence, scales, maximumSteps, signal, (feature, line) => {
    keptQuantiles(feature, blocks, values, line * perFeature);
  });
  return { values, covered };
}

/** Writes the quantile functions that are kept of a feature, from `offset` on. */
function keptQuantiles(
  feature: Float32Array,
  blocks: readonly FeatureBlock[],
  out: Float32Array,
  offset: number,
): void {
  const scratch = new Float32Array(feature.length);
  let at = offset;
  for (const block of blocks) {
    const { start, end } = valuesOf(block, feature.length);
    const sorted = feature.slice(start, end);
    radixSort(sorted, scratch);
    quantilesOfSorted(sorted, block.levels, out, at);
    for (let i = at; i < at + block.levels; i++) out[i]! *= block.scale;
    at += block.levels;
  }
}

/**
 * Encodes a sequence as `embed` does, which has the same parameters and errors, and gives the features as they are.
 *
 * @param visit receives the values of one feature of one channel over time, in order, and their number
 *   channel x M + feature
 * @returns the share of the time steps that were encoded
 */
export async function forEachFeature(
  session: EncoderSession,
  sequence: Sequence,
  scales: readonly ChannelScale[],
  maximumSteps: number,
  signal: AbortSignal | undefined,
  visit: (values: Float32Array, line: number) => void,
): Promise<number> {
  const { description } = session;
  const steps = stepsOf(sequence);
  if (steps < description.minimumSteps) throw new RangeError(`${steps} time steps are too few to encode`);
  if (scales.length !== sequence.channels.length) throw new RangeError('there is not one scale per channel');
  const spans = coverage(steps, maximumSteps, gridOf(description));
  const parts = pieces(spans);
  const longest = Math.max(...parts.map((part) => part.end - part.start)) + 2 * description.halo;
  const together = Math.max(Math.floor(stepsPerRun / longest), 1);
  for (let first = 0; first < sequence.channels.length; first += together) {
    const rows = sequence.channels.slice(first, first + together).map((channel, i) => ({
      values: channel.values,
      moments: momentsOf(channel.values),
      scale: scales[first + i]!,
    }));
    const features = new FeatureCollector(description, rows.length, parts);
    for (const part of parts) {
      signal?.throwIfAborted();
      await encodePart(session, rows, part, steps, features);
    }
    features.visit(first * description.features, visit);
  }
  return coveredShare(steps, spans);
}

export interface Row {
  readonly values: Float32Array;
  readonly moments: ChannelMoments;
  readonly scale: ChannelScale;
}

/** Runs the model over one piece of some channels and hands the features to a collector. */
export async function encodePart(
  session: EncoderSession,
  rows: readonly Row[],
  part: Span,
  steps: number,
  features: FeatureCollector,
): Promise<void> {
  const { halo, inputs } = session.description;
  const start = Math.max(part.start - halo, 0);
  const end = Math.min(part.end + halo, steps);
  const perRow = inputs.length * (end - start);
  const batch = new Float32Array(rows.length * perRow);
  rows.forEach((row, r) => {
    channelInputs(row.values, row.moments, row.scale, start, end, batch, r * perRow);
  });
  features.add(await session.run(batch, rows.length, end - start), part, start, part.end === steps);
}

/** Gathers the features of some channels piece by piece, */
export class FeatureCollector {
  private readonly collected: readonly Float32Array[];
  private readonly filled: number[];
  private readonly firstSteps: readonly number[][];
  private readonly capacity: readonly number[];

  constructor(
    private readonly description: EncoderDescription,
    private readonly rows: number,
    parts: readonly Span[],
  ) {
    this.capacity = description.outputs.map(({ stride }) =>
      parts.reduce((sum, part) => sum + Math.ceil((part.end - part.start) / stride), 0),
    );
    this.collected = description.outputs.map(
      ({ features }, i) => new Float32Array(rows * features * this.capacity[i]!),
    );
    this.filled = description.outputs.map(() => 0);
    this.firstSteps = description.outputs.map(() => []);
  }

  /** @param toEnd whether the piece ends where the sequence does, where a last, shorter stride may give a value more */
  add(maps: readonly FeatureMap[], part: Span, inputStart: number, toEnd: boolean): void {
    this.description.outputs.forEach(({ features, stride }, o) => {
      const map = maps[o]!;
      const from = (part.start - inputStart) / stride;
      const to = toEnd ? map.steps : Math.min((part.end - inputStart) / stride, map.steps);
      for (let line = 0; line < this.rows * features; line++) {
        const piece = map.values.subarray(line * map.steps + from, line * map.steps + to);
        this.collected[o]!.set(piece, line * this.capacity[o]! + this.filled[o]!);
      }
      for (let i = from; i < to; i++) this.firstSteps[o]!.push(inputStart + i * stride);
      this.filled[o]! += to - from;
    });
  }

  /** The time steps at which the values of an output begin, in order. */
  starts(output: number): readonly number[] {
    return this.firstSteps[output]!;
  }

  /** The values of a row and feature of an output in order of time. */
  line(output: number, line: number): Float32Array {
    const start = line * this.capacity[output]!;
    return this.collected[output]!.subarray(start, start + this.filled[output]!);
  }

  /** @param firstLine the number of the first row's first feature */
  visit(firstLine: number, visit: (values: Float32Array, line: number) => void): void {
    let before = 0;
    this.description.outputs.forEach(({ features }, o) => {
      for (let line = 0; line < this.rows * features; line++) {
        const row = Math.floor(line / features);
        visit(this.line(o, line), firstLine + row * this.description.features + before + (line % features));
      }
      before += features;
    });
  }
}
