import { featureBlocks, featureSize, type Kept } from './blocks';
import type { EncoderDescription } from './description';

/** How the numbers of an embedding become bytes. */
export interface ByteScale {
  /** What one step of a byte is worth, for all numbers alike. */
  readonly step: number;
  /** What the byte 128 stands for, for each feature, on the feature's own scale. */
  readonly centres: number[];
}

export type Coded = Kept & Pick<EncoderDescription, 'features' | 'bytes'>;

const middle = 128;

/** The scale of an encoder's bytes. @throws RangeError for an encoder that has none: see `completed` */
export function byteScaleOf({ bytes, features }: Pick<EncoderDescription, 'bytes' | 'features'>): ByteScale {
  if (bytes?.centres.length !== features) throw new RangeError('the encoder does not say how its numbers become bytes');
  return bytes;
}

/**
 * The bytes of an embedding: clamp(round((x - scale * centre) / step) + 128, 0, 255), where `scale` is that of the block
 * of x (see `featureBlocks`).
 *
 * @param values any number of channels, as `embedValues` gives them
 */
export function codesOf(values: Float32Array, encoder: Coded): Uint8Array<ArrayBuffer> {
  const { step } = byteScaleOf(encoder);
  const centres = centresOf(encoder);
  // A clamped array rounds halves to even, and takes what is no number for 0.
  const codes = new Uint8ClampedArray(values.length);
  for (let at = 0; at < values.length; at += centres.length) {
    for (let i = 0; i < centres.length; i++) codes[at + i] = (values[at + i]! - centres[i]!) / step + middle;
  }
  return new Uint8Array(codes.buffer);
}

/** The numbers that the bytes of an embedding stand for: never more than half a step from those that were coded. */
export function valuesOfCodes(codes: Uint8Array, encoder: Coded): Float32Array {
  const { step } = byteScaleOf(encoder);
  const centres = centresOf(encoder);
  return Float32Array.from(codes, (code, i) => (code - middle) * step + centres[i % centres.length]!);
}

const centresKnown = new WeakMap<Coded, Float64Array>();

/** What the byte 128 stands for at each number of a channel. */
function centresOf(encoder: Coded): Float64Array {
  const known = centresKnown.get(encoder) ?? numberCentres(byteScaleOf(encoder).centres, encoder);
  centresKnown.set(encoder, known);
  return known;
}

/** @param centres of features, on their own scales */
function numberCentres(centres: readonly number[], kept: Kept): Float64Array {
  const blocks = featureBlocks(kept);
  const numbers = new Float64Array(centres.length * featureSize(kept));
  let at = 0;
  for (const centre of centres) {
    for (const { levels, scale } of blocks) {
      numbers.fill(scale * centre, at, at + levels);
      at += levels;
    }
  }
  return numbers;
}

/** The value on a feature's own scale that a byte of a block stands for. */
export function featureValue(code: number, { step, centre, scale }: CodedBlock): number {
  return ((code - middle) * step) / scale + centre;
}

/** A block of numbers of one feature. */
export interface CodedBlock {
  readonly step: number;
  /** The feature's centre. */
  readonly centre: number;
  /** What its quantiles were multiplied by. */
  readonly scale: number;
}

/** The share of numbers that may lie beyond the reach of a byte, and be taken for its nearest. */
const beyond = 0.001;

/** Finer steps would tell nothing: rounding adds less than a hundredth to any distance that matters. */
const finestShare = 1 / 64;

/**
 * Learns the scale of bytes from embeddings: centres are the features' means, and the step is as fine as the reach of a
 * byte allows.
 *
 * @param rows whole channels, as `embedValues` gives them, at least one
 */
export function learnByteScale(rows: Float32Array, encoder: Kept & Pick<EncoderDescription, 'features'>): ByteScale {
  const means = featureMeans(rows, encoder);
  const centres = numberCentres(means, encoder);
  const deviations = rows.map((value, i) => Math.abs(value - centres[i % centres.length]!));
  deviations.sort();
  const reach = deviations[Math.floor((deviations.length - 1) * (1 - beyond))]!;
  const usual = deviations[deviations.length >> 1]!;
  const step = Math.max(reach / (middle - 1), usual * finestShare);
  return { step: rounded(step > 0 ? step : 1), centres: means.map(rounded) };
}

/** The mean of each feature over the whole recordings, on its own scale. */
function featureMeans(rows: Float32Array, encoder: Kept & Pick<EncoderDescription, 'features'>): number[] {
  const size = featureSize(encoder);
  const [{ levels, scale } = { levels: 1, scale: 1 }] = featureBlocks(encoder);
  const sums = new Float64Array(encoder.features);
  for (let line = 0; line * size < rows.length; line++) {
    const from = line * size;
    for (let i = from; i < from + levels; i++) sums[line % encoder.features]! += rows[i]!;
  }
  const count = (levels * rows.length) / (encoder.features * size);
  return Array.from(sums, (sum) => sum / (count * scale));
}

/** Few digits, which a description shows. */
function rounded(value: number): number {
  return Number(value.toPrecision(4));
}
