/** Pairs of sequences, each with the smaller number first, as one number: first * count + second. */
export type PairKey = number;

export function pairKey(a: number, b: number, count: number): PairKey {
  return Math.min(a, b) * count + Math.max(a, b);
}

/**
 * The quantile functions of the raw values of channels, brought to one centre and spread, so that those of copies are near
 * one another also when a copy is scaled, moved or resampled.
 *
 * @param levels C x L quantiles of a sequence, channel after channel
 * @returns as many, with median 0 and mean absolute value 1 in each channel; 0 where a channel is constant
 */
export function standardLevels(levels: Float32Array, channels: number): Float32Array {
  const perChannel = levels.length / channels;
  const result = new Float32Array(levels.length);
  for (let c = 0; c < channels; c++) {
    const own = levels.subarray(c * perChannel, (c + 1) * perChannel);
    const centre = (own[Math.floor((perChannel - 1) / 2)]! + own[Math.ceil((perChannel - 1) / 2)]!) / 2;
    let size = 0;
    for (const value of own) size += Math.abs(value - centre) / perChannel;
    if (!(size > 1e-6 * Math.abs(centre))) continue;
    own.forEach((value, i) => (result[c * perChannel + i] = (value - centre) / size));
  }
  return result;
}

/**
 * The sequences whose standard levels are most like those of each, by the mean of absolute differences, each channel as it
 * is or inverted.
 *
 * @param rows of n sequences, each as `standardLevels` gives it
 * @param most neighbours of each
 * @returns n x most numbers of sequences, -1 where there are not so many
 */
export function likeLevels(rows: Float32Array, count: number, channels: number, most: number): Int32Array {
  const size = count === 0 ? 0 : rows.length / count;
  const found = new Int32Array(count * most).fill(-1);
  const distances = new Float32Array(count * most).fill(Infinity);
  for (let i = 0; i < count; i++) {
    for (let j = i + 1; j < count; j++) {
      const limit = Math.max(distances[(i + 1) * most - 1]!, distances[(j + 1) * most - 1]!);
      const distance = levelDistance(rows, i * size, j * size, size, channels, limit);
      insert(found, distances, i * most, most, j, distance);
      insert(found, distances, j * most, most, i, distance);
    }
  }
  return found;
}

/** The sum of absolute differences, or more than the limit where it is beyond that. */
function levelDistance(
  rows: Float32Array,
  a: number,
  b: number,
  size: number,
  channels: number,
  limit: number,
): number {
  const perChannel = size / channels;
  let sum = 0;
  for (let c = 0; c < channels && sum <= limit; c++) {
    const [from, last] = [c * perChannel, (c + 1) * perChannel - 1];
    let [asIs, inverted] = [0, 0];
    for (let i = 0; i < perChannel; i++) {
      const value = rows[a + from + i]!;
      asIs += Math.abs(value - rows[b + from + i]!);
      inverted += Math.abs(value + rows[b + last - i]!);
    }
    sum += Math.min(asIs, inverted);
  }
  return sum;
}

function insert(
  found: Int32Array,
  distances: Float32Array,
  start: number,
  most: number,
  other: number,
  distance: number,
): void {
  let at = start + most - 1;
  if (most === 0 || !(distance < distances[at]!)) return;
  for (; at > start && distance < distances[at - 1]!; at--) {
    distances[at] = distances[at - 1]!;
    found[at] = found[at - 1]!;
  }
  distances[at] = distance;
  found[at] = other;
}
