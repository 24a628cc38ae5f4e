import { holdEachFeature } from '../../encoder/groups';

/** How the numbers of a channel are laid out, and what the bounds are made of. */
export interface RowForm {
  readonly features: number;
  /** How many numbers of a channel each feature has. */
  readonly featureSize: number;
  /** What a difference of 1 between two codes stands for. */
  readonly step: number;
  /** Entries are +(feature + 1) or -(feature + 1); every feature is in exactly one group. */
  readonly groups: readonly (readonly number[])[];
}

/** A row of a gallery: its channels' group sums, then their feature sums, then their codes, each channel padded with zeros. */
export interface RowShape {
  readonly channels: number;
  /** Codes of a channel, without padding. */
  readonly perChannel: number;
  /** In bytes and for one channel; multiples of 16. */
  readonly groupWidth: number;
  readonly featureWidth: number;
  readonly codeWidth: number;
  /** Where each part of a channel that is summed begins, and where the last one ends. */
  readonly parts: Uint32Array;
  /** Where each group begins among `members`, and where the last one ends. */
  readonly groups: Uint32Array;
  /** +(part + 1) or -(part + 1). */
  readonly members: Int32Array;
  /** What is added to each group sum, so that it is never negative. */
  readonly offsets: Int32Array;
}

const vector = 16;
const mostCode = 255;

/** The sum of so many codes fits into 16 bits with a sign. */
const mostSummed = 128;

/** The sum of so many codes fits into 32 bits. */
const mostCodes = 2 ** 24;

/**
 * Lays out a row. Features and groups whose sums would not fit into 16 bits are summed in several parts.
 * @throws RangeError when not every feature is in exactly one group, or the row has more than 2^24 numbers
 */
export function rowShape({ features, featureSize, groups }: RowForm, channels: number): RowShape {
  if (!holdEachFeature(groups.flat(), features)) {
    throw new RangeError(`the groups do not hold each of ${features} features once`);
  }
  const perChannel = features * featureSize;
  const codeWidth = padded(perChannel);
  if (channels * codeWidth > mostCodes)
    throw new RangeError(`${channels} channels of ${perChannel} numbers are too many`);
  const perFeature = Math.max(Math.ceil(featureSize / mostSummed), 1);
  const parts = Uint32Array.from({ length: features * perFeature + 1 }, (_, p) => {
    return Math.floor(p / perFeature) * featureSize + Math.floor(((p % perFeature) * featureSize) / perFeature);
  });
  const together = Math.max(Math.floor(mostSummed / Math.max(featureSize, 1)), 1);
  const split = groups.flatMap((group) =>
    perFeature > 1 ? group.flatMap((f) => partsOf(f, perFeature)) : slices(group, together),
  );
  const sizes = split.map((group) => group.length);
  const starts = new Uint32Array(split.length + 1);
  sizes.forEach((size, g) => (starts[g + 1] = starts[g]! + size));
  return {
    channels,
    perChannel,
    groupWidth: padded(2 * split.length),
    featureWidth: padded(2 * (parts.length - 1)),
    codeWidth,
    parts,
    groups: starts,
    members: Int32Array.from(split.flat()),
    offsets: Int32Array.from(split, (group) =>
      group.reduce((sum, member) => (member > 0 ? sum : sum + mostCode * (parts[-member]! - parts[-member - 1]!)), 0),
    ),
  };
}

/** The bytes of a row. */
export function rowBytes({ channels, groupWidth, featureWidth, codeWidth }: RowShape): number {
  return channels * (groupWidth + featureWidth + codeWidth);
}

/** Where a row is written. */
export interface RowPlaces {
  readonly groups: Int16Array;
  readonly features: Int16Array;
  readonly codes: Uint8Array;
}

/**
 * Writes a row: its codes and their sums.
 * @param codes channel after channel, without padding
 * @param row where in the places, whose rows follow one another
 */
export function writeRow(shape: RowShape, codes: Uint8Array, places: RowPlaces, row: number): void {
  const { channels, perChannel, groupWidth, featureWidth, codeWidth } = shape;
  for (let c = 0; c < channels; c++) {
    const place = row * channels + c;
    places.codes.set(codes.subarray(c * perChannel, (c + 1) * perChannel), place * codeWidth);
    writeFeatures(shape, codes, c * perChannel, places.features, (place * featureWidth) / 2);
    writeGroups(shape, places.features, (place * featureWidth) / 2, places.groups, (place * groupWidth) / 2);
  }
}

function writeFeatures({ parts }: RowShape, codes: Uint8Array, from: number, out: Int16Array, at: number): void {
  let i = from;
  for (let p = 1; p < parts.length; p++) {
    const end = from + parts[p]!;
    let sum = 0;
    for (; i < end; i++) sum += codes[i]!;
    out[at + p - 1] = sum;
  }
}

function writeGroups(shape: RowShape, features: Int16Array, from: number, out: Int16Array, at: number): void {
  const { groups, members, offsets } = shape;
  for (let g = 0; g < offsets.length; g++) {
    let sum = offsets[g]!;
    for (let m = groups[g]!; m < groups[g + 1]!; m++) {
      const member = members[m]!;
      sum += member > 0 ? features[from + member - 1]! : -features[from - member - 1]!;
    }
    out[at + g] = sum;
  }
}

function padded(bytes: number): number {
  return Math.ceil(bytes / vector) * vector;
}

/** Each part of a feature as a group of its own. */
function partsOf(entry: number, perFeature: number): number[][] {
  return Array.from({ length: perFeature }, (_, p) => [(Math.abs(entry) - 1) * perFeature + p + 1]);
}

function slices(group: readonly number[], most: number): number[][] {
  return Array.from({ length: Math.ceil(group.length / most) }, (_, i) => group.slice(i * most, (i + 1) * most));
}
