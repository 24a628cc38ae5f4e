import type { Sequence } from '../recordings/sequence';
import { stepsOf } from '../recordings/sequence';
import { channelSize, viewsOf } from './blocks';
import { codesOf } from './codes';
import { gridOf, type EncoderDescription } from './description';
import { channelInputs, momentsOf, type ChannelMoments, type ChannelScale } from './inputs';
import { QuantileKeeper } from './quantileKeeper';
import type { EncoderSession, FeatureMap } from './session';
import { cellOf, trackForm, TrackMaker, type Track } from './tracks';
import { budgetOf, viewed } from './views';
import { coverage, coveredShare, pieces, type Span } from './windows';
import { largest } from '../recordings/extremes';

/** All feature distributions of a sequence. */
export interface Embedding {
  /** C x M x `featureSize`: the quantile functions of channel 0, feature 0, then feature 1, ..., see `featureBlocks`. */
  readonly values: Uint8Array<ArrayBuffer>;
  /** The share of the time steps that were encoded. */
  readonly covered: number;
  /** Given where that is all of them. */
  readonly track?: Track;
}

/** The same before it is rounded to bytes. */
export interface EmbeddingValues {
  readonly values: Float32Array;
  readonly covered: number;
}

/** How many input steps, over all channels, one run of the model takes at most. */
const stepsPerRun = 16_384;

/** Embeds a sequence as bytes, see `codesOf`; otherwise as `embedValues`, which has the same parameters and errors. */
export async function embed(
  session: EncoderSession,
  sequence: Sequence,
  scales: readonly ChannelScale[],
  maximumSteps: number,
  signal?: AbortSignal,
): Promise<Embedding> {
  const { description } = session;
  const maker = stepsOf(sequence) <= maximumSteps ? trackMaker(description, sequence) : undefined;
  const { values, covered } = await embedValues(session, sequence, scales, maximumSteps, signal, maker);
  const track = maker === undefined ? {} : { track: maker.finish() };
  return { values: codesOf(values, description), covered, ...track };
}

function trackMaker(description: EncoderDescription, sequence: Sequence): TrackMaker {
  const form = trackForm(description);
  const steps = stepsOf(sequence);
  return new TrackMaker(form, steps, cellOf(form, steps, channelSize(description)), sequence.channels.length);
}

/**
 * Embeds a sequence: the encoder's features of every channel, each kept as its quantile functions.
 *
 * @param sequence without NaN, of at least `minimumSteps` time steps
 * @param scales the layout's scale of every channel
 * @param maximumSteps longer sequences are covered by evenly spaced windows of so many time steps together
 * @param track takes the features of the recording as it was sampled
 * @throws RangeError when the sequence is too short or the scales do not fit its channels
 */
export async function embedValues(
  session: EncoderSession,
  sequence: Sequence,
  scales: readonly ChannelScale[],
  maximumSteps: number,
  signal?: AbortSignal,
  track?: TrackMaker,
): Promise<EmbeddingValues> {
  const { description } = session;
  checkEncodable(description, sequence, scales);
  const values = new Float32Array(sequence.channels.length * channelSize(description));
  let covered = 1;
  for (const [number, view] of viewsOf(description).entries()) {
    const keeper = new QuantileKeeper(description, number, values);
    const shown = viewed(sequence, view, description.minimumSteps);
    const share = await forEachFeature(
      session,
      shown,
      scales,
      budgetOf(view, maximumSteps),
      signal,
      (feature, line) => {
        keeper.add(feature, line);
        if (number === 0) track?.add(feature, line);
      },
    );
    keeper.finish();
    if (number === 0) covered = share;
  }
  return { values, covered };
}

function checkEncodable({ minimumSteps }: EncoderDescription, sequence: Sequence, scales: readonly unknown[]): void {
  const steps = stepsOf(sequence);
  if (steps < minimumSteps) throw new RangeError(`${steps} time steps are too few to encode`);
  if (scales.length !== sequence.channels.length) throw new RangeError('there is not one scale per channel');
}

/**
 * Encodes a sequence, or a view of it, as `embed` does, which has the same parameters and errors, and gives the features as
 * they are.
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
  checkEncodable(description, sequence, scales);
  const steps = stepsOf(sequence);
  const spans = coverage(steps, maximumSteps, gridOf(description));
  const parts = pieces(spans);
  const longest = largest(parts.map((part) => part.end - part.start)) + 2 * description.halo;
  const together = Math.max(Math.floor(stepsPerRun / longest), 1);
  for (let first = 0; first < sequence.channels.length; first += together) {
    const rows = scales.slice(first, first + together).map((scale, i) => rowOf(sequence, first + i, scale));
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

/** What is encoded of a channel. @throws RangeError when the sequence has no such channel */
export function rowOf({ channels }: Sequence, channel: number, scale: ChannelScale): Row {
  const values = channels[channel]?.values;
  if (values === undefined) throw new RangeError(`there is no channel ${channel}`);
  return { values, moments: momentsOf(values), scale };
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

/** What is gathered of one output of the model. */
interface Gathered {
  readonly features: number;
  readonly stride: number;
  /** How many values a line has room for. */
  readonly capacity: number;
  /** [rows, features, capacity] */
  readonly values: Float32Array;
  /** The time steps at which the values of a line begin. */
  readonly starts: number[];
}

/** Gathers the features of some channels piece by piece. */
export class FeatureCollector {
  private readonly outputs: readonly Gathered[];

  constructor(
    private readonly description: EncoderDescription,
    private readonly rows: number,
    parts: readonly Span[],
  ) {
    this.outputs = description.outputs.map(({ features, stride }) => {
      const capacity = parts.reduce((sum, part) => sum + Math.ceil((part.end - part.start) / stride), 0);
      return { features, stride, capacity, values: new Float32Array(rows * features * capacity), starts: [] };
    });
  }

  /**
   * @param toEnd whether the piece ends where the sequence does, where a last, shorter stride may give a value more
   * @throws RangeError when an output is missing
   */
  add(maps: readonly FeatureMap[], part: Span, inputStart: number, toEnd: boolean): void {
    this.outputs.forEach(({ features, stride, capacity, values, starts }, o) => {
      const map = maps[o];
      if (map === undefined) throw new RangeError(`the model gave nothing for its output ${o}`);
      const from = (part.start - inputStart) / stride;
      const to = toEnd ? map.steps : Math.min((part.end - inputStart) / stride, map.steps);
      for (let line = 0; line < this.rows * features; line++) {
        const piece = map.values.subarray(line * map.steps + from, line * map.steps + to);
        values.set(piece, line * capacity + starts.length);
      }
      for (let i = from; i < to; i++) starts.push(inputStart + i * stride);
    });
  }

  /** The time steps at which the values of an output begin, in order. */
  starts(output: number): readonly number[] {
    return this.output(output).starts;
  }

  /** The values of a row and feature of an output in order of time. */
  line(output: number, line: number): Float32Array {
    return lineOf(this.output(output), line);
  }

  /** @param firstLine the number of the first row's first feature */
  visit(firstLine: number, visit: (values: Float32Array, line: number) => void): void {
    let before = 0;
    for (const output of this.outputs) {
      const { features } = output;
      for (let line = 0; line < this.rows * features; line++) {
        const row = Math.floor(line / features);
        visit(lineOf(output, line), firstLine + row * this.description.features + before + (line % features));
      }
      before += features;
    }
  }

  private output(number: number): Gathered {
    const output = this.outputs[number];
    if (output === undefined) throw new RangeError(`the model has no output ${number}`);
    return output;
  }
}

function lineOf({ values, capacity, starts }: Gathered, line: number): Float32Array {
  return values.subarray(line * capacity, line * capacity + starts.length);
}
