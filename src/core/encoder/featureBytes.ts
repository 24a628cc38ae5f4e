import { featureBlocks, viewsOf } from './blocks';
import { byteScaleOf } from './codes';
import type { EncoderDescription } from './description';
import { smallest } from '../recordings/extremes';
import { perDescription } from './perDescription';
import { stretchForm, type EncodedChannel } from './stretches';
import type { Span } from './windows';

/**
 * The features of a recording over time, each value as two bytes, so that windows of it are compared without encoding it once
 * more. Features that come at one rate stand together, sixteen of them to a vector. The upper bytes stand apart from the
 * lower ones: they alone are enough for estimates.
 */
export interface FeatureBytes {
  /** The part of the recording whose features these are, in time steps as it is compared. */
  readonly part: Span;
  readonly channels: number;
  /** Of each sheet which values there are. */
  readonly sheets: readonly SheetBytes[];
  /** Threads share them. */
  readonly bytes: SharedArrayBuffer;
}

/** [channels, count, width] upper bytes, and then as many lower ones. Those beyond the features are 0. */
export interface SheetBytes {
  /** Time steps of the recording that a value stands for. */
  readonly per: number;
  /** The number of the first value in the whole recording. */
  readonly first: number;
  readonly count: number;
  readonly width: number;
  /** Where its bytes begin. */
  readonly offset: number;
}

/** Features of one view that come at one rate, and as many of each of any recording. */
export interface Sheet {
  readonly view: number;
  /** The numbers of the features. */
  readonly features: readonly number[];
  /** A multiple of `lanes`. */
  readonly width: number;
  /** How values are scaled: as what is kept of the view, at the smallest scale of its blocks, so that nothing is out of reach. */
  readonly scale: number;
}

/** So many bytes are in a vector. */
export const lanes = 16;

const planes = 2;

/** What an upper byte is worth beside a lower one. */
export const upper = 256;

const middle = 128 * upper;

/** Which features stand together. */
export const sheetsOf = perDescription((description): readonly Sheet[] => {
  const form = stretchForm(description);
  const blocks = featureBlocks(form);
  return viewsOf(form).flatMap((_, view) => {
    const scale = smallest(blocks.filter((block) => block.view === view).map((block) => block.scale));
    return Array.from(alike(form), (features) => {
      return { view, features, width: Math.ceil(features.length / lanes) * lanes, scale };
    });
  });
});

/** The features of each list come at one rate, and as many of them of any recording. */
function alike({ outputs, network }: EncoderDescription): readonly (readonly number[])[] {
  const lists = new Map<string, number[]>();
  let feature = 0;
  let path: unknown[] = [];
  outputs.forEach(({ features, stride }, output) => {
    // How many values there are at the end of a recording depends on all levels that lead to an output.
    const level = network?.levels[output];
    path = [
      ...(level?.startsPyramid === true ? [] : path),
      [stride, level?.kernel ?? output, level?.stride, level?.subsample],
    ];
    const key = JSON.stringify(path);
    const list = lists.get(key) ?? [];
    for (let f = 0; f < features; f++) list.push(feature++);
    lists.set(key, list);
  });
  return [...lists.values()];
}

/**
 * Takes the features of a part of a recording: scale x (value - centre) / step + 128, as the bytes of an embedding, but in
 * 256ths, rounded, and from 0 to 65,535 of them.
 *
 * @param part that was encoded, in time steps as it is compared
 */
export function featureBytesOf(
  description: EncoderDescription,
  channels: readonly EncodedChannel[],
  part: Span,
): FeatureBytes {
  const sheets = placed(sheetsOf(description), channels, part);
  const last = sheets.at(-1);
  const size = last === undefined ? 0 : last.offset + planes * channels.length * last.count * last.width;
  const bytes = new SharedArrayBuffer(size);
  sheetsOf(description).forEach((sheet, s) => {
    const at = sheets[s];
    if (at === undefined) return;
    channels.forEach((channel, c) => {
      fill(bytes, at, c, channels.length, { sheet, description, channel, part });
    });
  });
  return { part, channels: channels.length, sheets, bytes };
}

function placed(sheets: readonly Sheet[], channels: readonly EncodedChannel[], part: Span): readonly SheetBytes[] {
  let offset = 0;
  return sheets.map(({ view, features, width }) => {
    const { first, count, per } = channels[0]?.valuesIn(part, view, features[0] ?? 0) ?? { first: 0, count: 0, per: 1 };
    const sheet = { per, first, count, width, offset };
    offset += planes * channels.length * count * width;
    return sheet;
  });
}

interface Filling {
  readonly sheet: Sheet;
  readonly description: EncoderDescription;
  readonly channel: EncodedChannel;
  readonly part: Span;
}

function fill(
  bytes: SharedArrayBuffer,
  { offset, count, width }: SheetBytes,
  c: number,
  channels: number,
  { sheet: { view, features, scale }, description, channel, part }: Filling,
): void {
  const { step, centres } = byteScaleOf(description);
  const lanesOf = new Map(features.map((feature, lane) => [feature, lane]));
  const size = count * width;
  const uppers = new Uint8Array(bytes, offset + c * size, size);
  const lowers = new Uint8Array(bytes, offset + (channels + c) * size, size);
  const unit = (upper * scale) / step;
  channel.visit(part, view, (values, feature) => {
    const lane = lanesOf.get(feature);
    if (lane === undefined) return;
    const zero = middle - unit * (centres[feature] ?? 0);
    for (let i = 0, at = lane; i < values.length; i++, at += width) {
      const value = Math.max(Math.min(Math.round(unit * values[i]! + zero), upper * upper - 1), 0);
      uppers[at] = value >> 8;
      lowers[at] = value & 255;
    }
  });
}

/** Which values of a sheet have their middles in a span, counted from its first: at least one. @param steps of the recording */
export function valuesInSheet({ per, first, count }: SheetBytes, { start, end }: Span, steps: number): Span {
  const from = Math.min(Math.max(Math.ceil(start / per - 0.5) - first, 0), count - 1);
  const to = end >= steps ? count : Math.min(Math.ceil(end / per - 0.5) - first, count);
  return { start: from, end: Math.max(to, from + 1) };
}
