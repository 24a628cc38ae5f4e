import type { RowForm } from '../../core/ranking/gallery';

/** An index of pgvector takes no vector of 16-bit numbers that is longer. */
const mostDimensions = 4000;

/** Half of what a 16-bit number can be, so that nothing is ever out of its range. */
const mostValue = 32_752;

/** A 16-bit number of floating point is off by at most this share of itself. */
const halfPrecision = 2 ** -11;

/**
 * How bytes of an embedding become a coarse vector: the sum of each feature's bytes, or, of many channels, signed sums over
 * features that rise and fall together, whose differences never exceed those of the bytes (see `learnGroups`).
 */
export interface CoarseForm {
  readonly channels: number;
  readonly perChannel: number;
  readonly featureSize: number;
  /** +(feature + 1) or -(feature + 1), those that rise and fall together one after the other. */
  readonly members: readonly number[];
  /** How many of them are one number. */
  readonly together: number;
  readonly dimensions: number;
  /** What sums are divided by. */
  readonly divisor: number;
  /** What an L1 distance of two vectors is multiplied by to be a lower bound of the distance. */
  readonly unit: number;
}

export function coarseForm({ features, featureSize, groups, step }: RowForm, channels: number): CoarseForm {
  const perChannel = features * featureSize;
  const all = channels * features;
  const together = Math.max(Math.ceil(all / mostDimensions), 1);
  let divisor = 1;
  while ((featureSize * 128 * together) / divisor > mostValue) divisor *= 2;
  return {
    ...{ channels, perChannel, featureSize, together, divisor, members: groups.flat() },
    dimensions: Math.ceil(all / together),
    unit: (step * divisor) / (channels * perChannel),
  };
}

/** @param codes channel after channel, as `codesOf` gives them */
export function coarseVector(codes: Uint8Array, form: CoarseForm): Float32Array {
  const { channels, perChannel, featureSize, members, together, dimensions, divisor } = form;
  const out = new Float32Array(dimensions);
  let place = 0;
  for (let c = 0; c < channels; c++) {
    for (const member of members) {
      const from = c * perChannel + (Math.abs(member) - 1) * featureSize;
      let sum = -128 * featureSize;
      for (let i = from; i < from + featureSize; i++) sum += codes[i]!;
      out[Math.floor(place++ / together)]! += (member > 0 ? sum : -sum) / divisor;
    }
  }
  return out;
}

/**
 * A lower bound of the distance of a query to a row, from the L1 distance of their vectors as the server computes it of numbers
 * rounded to 16 bits: both may have moved by a share of what they are, and the row's are no larger than the query's and the
 * distance together.
 */
export function boundOf(distance: number, query: Float32Array, { unit, dimensions }: CoarseForm): number {
  const size = query.reduce((sum, value) => sum + Math.abs(value), 0);
  const rounding = halfPrecision * (2 * size + distance) * (1 + 2 * halfPrecision);
  // The server adds up in 32 bits.
  const adding = dimensions * 2 ** -24 * distance;
  return Math.max(unit * (distance - rounding - adding), 0);
}

/** The vector as the server reads it. */
export function vectorText(vector: Float32Array): string {
  return `[${vector.join(',')}]`;
}
