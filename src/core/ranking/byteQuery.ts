import { featureBlocks, type Kept } from '../encoder/blocks';
import type { EncoderDescription } from '../encoder/description';
import { sheetsOf, valuesInSheet, type FeatureBytes, type Sheet, type SheetBytes } from '../encoder/featureBytes';
import { valuesOf } from '../encoder/blocks';
import { perDescription } from '../encoder/perDescription';
import { stretchForm } from '../encoder/stretches';
import type { Span } from '../encoder/windows';

/** A sheet with what is kept of its features. */
export interface KeptSheet extends Sheet {
  /** Levels of the whole. */
  readonly levels: number;
  /** The parts of the whole, as shares of its length, and the levels of each. */
  readonly parts: readonly { readonly from: number; readonly to: number }[];
  readonly partLevels: number;
  /** The scales of the quantiles of the whole, and of a part, beside that of the bytes. */
  readonly ratio: number;
  readonly partRatio: number;
}

/** What windows are compared with: of every channel, sheet after sheet. */
export interface ByteQuery {
  /** [width]: of each feature the median. */
  readonly thresholds: Uint8Array<ArrayBuffer>;
  /** [2 + parts, width]: the means of min(value, threshold), of what is above it, and of the values of each part. */
  readonly means: Float32Array<ArrayBuffer>;
  /** [levels + parts x their levels, width]: the bytes of the quantile functions. */
  readonly codes: Uint8Array<ArrayBuffer>;
}

const middle = 128;

/** What is kept of the features of each sheet. */
export const keptSheets = perDescription((description): readonly KeptSheet[] => {
  const blocks = featureBlocks(stretchForm(description));
  return sheetsOf(description).map((sheet) => {
    const [whole, ...parts] = blocks.filter(({ view }) => view === sheet.view);
    const [part] = parts;
    return {
      ...sheet,
      levels: whole?.levels ?? 0,
      parts,
      partLevels: part?.levels ?? 0,
      ratio: (whole?.scale ?? 1) / sheet.scale,
      partRatio: (part?.scale ?? 1) / sheet.scale,
    };
  });
});

/** How many numbers of each feature are kept in a sheet. */
export function codesPerFeature({ levels, parts, partLevels }: KeptSheet): number {
  return levels + parts.length * partLevels;
}

/**
 * @param codes of the stretch, as `EncodedChannel` gives them, channel after channel
 * @param features of the stretch
 * @param steps of the recording
 */
export function byteQueryOf(
  description: EncoderDescription,
  codes: Uint8Array,
  features: FeatureBytes,
  span: Span,
  steps: number,
): ByteQuery {
  const sheets = keptSheets(description);
  const thresholds: Uint8Array[] = [];
  const means: Float32Array[] = [];
  const ordered: Uint8Array[] = [];
  const perChannel = codes.length / features.channels;
  for (let channel = 0; channel < features.channels; channel++) {
    const own = codes.subarray(channel * perChannel, (channel + 1) * perChannel);
    sheets.forEach((sheet, s) => {
      const at = features.sheets[s];
      if (at === undefined) return;
      const [values] = rowsOf(features, at, channel, valuesInSheet(at, span, steps));
      const medians = mediansOf(values, at.width);
      thresholds.push(medians);
      means.push(meansOf(values, sheet, medians));
      ordered.push(orderedCodes(own, sheet, description));
    });
  }
  return {
    thresholds: joined(thresholds, Uint8Array),
    means: joined(means, Float32Array),
    codes: joined(ordered, Uint8Array),
  };
}

/** Some values of the features of a sheet: their upper bytes, [values, width], and their lower ones. */
export function rowsOf(
  { bytes, channels }: FeatureBytes,
  { offset, count, width }: SheetBytes,
  channel: number,
  { start, end }: Span,
): readonly [Uint8Array, Uint8Array] {
  const plane = (first: number) =>
    new Uint8Array(bytes, offset + (first * count + start) * width, (end - start) * width);
  return [plane(channel), plane(channels + channel)];
}

function mediansOf(values: Uint8Array, width: number): Uint8Array {
  const count = values.length / width;
  return Uint8Array.from({ length: width }, (_, lane) => {
    const own = Uint8Array.from({ length: count }, (_, i) => values[i * width + lane]!).sort();
    return own[count >> 1]!;
  });
}

function meansOf(values: Uint8Array, { parts, width }: KeptSheet, thresholds: Uint8Array): Float32Array {
  const out = new Float32Array((2 + parts.length) * width);
  const count = values.length / width;
  for (let lane = 0; lane < width; lane++) {
    const mean = ({ start, end }: Span, of: (value: number) => number) => {
      let sum = 0;
      for (let i = start; i < end; i++) sum += of(values[i * width + lane]!);
      return sum / (end - start);
    };
    const whole = { start: 0, end: count };
    const threshold = thresholds[lane]!;
    out[lane] = mean(whole, (value) => Math.min(value, threshold));
    out[width + lane] = mean(whole, (value) => Math.max(value - threshold, 0));
    parts.forEach((part, p) => {
      out[(2 + p) * width + lane] = mean(valuesOf(part, count), (value) => value);
    });
  }
  return out;
}

/** The bytes of the features of a sheet, level after level; where there is no feature, what the byte 0 becomes. */
function orderedCodes(codes: Uint8Array, sheet: KeptSheet, description: EncoderDescription): Uint8Array {
  const { width, features, levels, ratio, partRatio } = sheet;
  const perFeature = codes.length / description.features;
  const before = codesBefore(stretchForm(description), sheet.view);
  const out = new Uint8Array(codesPerFeature(sheet) * width);
  out.fill(codeOfNothing(ratio), 0, levels * width);
  out.fill(codeOfNothing(partRatio), levels * width);
  for (let row = 0; row < codesPerFeature(sheet); row++) {
    features.forEach((feature, lane) => {
      out[row * width + lane] = codes[feature * perFeature + before + row]!;
    });
  }
  return out;
}

function codeOfNothing(ratio: number): number {
  return Math.max(Math.round(middle - ratio * middle), 0);
}

/** How many numbers of a feature come before those of a view. */
function codesBefore(kept: Kept, view: number): number {
  return featureBlocks(kept).reduce((sum, block) => sum + (block.view < view ? block.levels : 0), 0);
}

function joined<T extends Uint8Array<ArrayBuffer> | Float32Array<ArrayBuffer>>(
  pieces: readonly ArrayLike<number>[],
  Kind: new (length: number) => T,
): T {
  const out = new Kind(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    out.set(piece, at);
    at += piece.length;
  }
  return out;
}
