/** How a recording is sampled anew: step i lies at i / factor + offset of the first. */
export interface Sampling {
  readonly factor: number;
  readonly offset: number;
}

/** A length tells a rate up to half a step; so many rates within that are tried. */
const rates = 11;

/**
 * The ways in which a recording of one length may have become one of another: beginning with it, ending with it as well, and
 * by means of neighbouring steps.
 */
export function samplings(length: number, otherLength: number): readonly Sampling[] {
  const plain = Array.from({ length: rates }, (_, i) => {
    const off = (i % 2 === 0 ? i : -i - 1) / (2 * (rates - 1));
    return { factor: (otherLength + off) / length, offset: 0 };
  });
  const factor = otherLength / length;
  const ends = length > 1 && otherLength > 1 ? [{ factor: (otherLength - 1) / (length - 1), offset: 0 }] : [];
  return [...plain, ...ends, { factor, offset: (1 / factor - 1) / 2 }];
}

/** So many steps of a recording sampled anew, by linear interpolation; beyond its ends it goes on as they are. */
export function sampledAt(values: Float32Array, count: number, factor: number, offset: number): Float32Array {
  const last = values.length - 1;
  return Float32Array.from({ length: count }, (_, i) => {
    const position = Math.min(Math.max(i / factor + offset, 0), last);
    const below = Math.floor(position);
    const value = values[below]!;
    return value + (position - below) * (values[Math.min(below + 1, last)]! - value);
  });
}
