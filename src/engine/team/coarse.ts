import type { RowForm } from '../../core/ranking/gallery';
import { featuresPerGroup } from '../../core/encoder/groups';

/** An index of pgvector takes no vector of 16-bit numbers that is longer. */
const mostDimensions = 4000;

/** Half of what a 16-bit number can be, so that nothing is ever out of its range. */
const mostValue = 32_752;

/** A 16-bit number of floating point is off by at most this share of itself. */
const halfPrecision = 2 ** -11;

/**
 * How bytes of an embedding become a coarse vector: signed sums over groups of features, whose differences never exceed those
 * of the bytes (see `learnGroups`). Of very many channels, sums of neighbouring groups.
 */
export interface CoarseForm {
  readonly channels: number;
  readonly perChannel: number;
  readonly featureSize: number;
  readonly groups: RowForm['groups'];
  /** How many neighbouring groups are one number. */
  readonly together: number;
  readonly dimensions: number;
  /** What sums are divided by. */
  readonly divisor: number;
  /** What an L1 distance of two vectors is multiplied by to be a lower bound of the distance. */
  readonly unit: number;
}

export function coarseForm({ features, featureSize, groups, step }: RowForm, channels: number): CoarseForm {
  const perChannel = features * featureSize;
  const all = channels * groups.length;
  const together = Math.max(Math.ceil(all / mostDimensions), 1);
  const inGroup = groups.reduce((most, group) => Math.max(most, group.length), featuresPerGroup);
  let divisor = 1;
  while ((inGroup * featureSize * 128 * together) / divisor > mostValue) divisor *= 2;
  return {
    ...{ channels, perChannel, featureSize, groups, together, divisor },
    dimensions: Math.ceil(all / together),
    unit: (step * divisor) / (channels * perChannel),
  };
}

/** @param codes channel after channel, as `codesOf` gives them */
export function coarseVector(codes: Uint8Array, form: CoarseForm): Float32Array {
  const { channels, perChannel, featureSize, groups, together, dimensions, divisor } = form;
  const out = new Float32Array(dimensions);
  let group = 0;
  for (let c = 0; c < channels; c++) {
    for (const members of groups) {
      let sum = 0;
      for (const member of members) {
        const from = c * perChannel + (Math.abs(member) - 1) * featureSize;
        let of = 0;
        for (let i = from; i < from + featureSize; i++) of += codes[i]! - 128;
        sum += member > 0 ? of : -of;
      }
      out[Math.floor(group / together)]! += sum / divisor;
      group++;
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
