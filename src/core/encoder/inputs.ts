/** The scale of one channel of a layout, shared by all its sequences. */
export interface ChannelScale {
  readonly centre: number;
  /** Positive. */
  readonly spread: number;
}

/** What the three inputs of a channel need to know of the whole channel. */
export interface ChannelMoments {
  readonly mean: number;
  /** Standard deviation, 0 for a constant channel. */
  readonly deviation: number;
  /** Root mean square of the first difference. */
  readonly differenceSize: number;
}

/** The mean, the standard deviation and the size of the first difference of a channel, in float64. */
export function momentsOf(values: Float32Array): ChannelMoments {
  const n = values.length;
  let sum = 0;
  for (let i = 0; i < n; i++) sum += values[i]!;
  const mean = sum / n;
  let squares = 0;
  let differences = 0;
  for (let i = 0; i < n; i++) {
    squares += (values[i]! - mean) ** 2;
    if (i > 0) differences += (values[i]! - values[i - 1]!) ** 2;
  }
  return { mean, deviation: Math.sqrt(squares / n), differenceSize: Math.sqrt(differences / Math.max(n - 1, 1)) };
}

const squeeze = 3;

/** Bounds outliers and leaves small values as they are: 3 asinh(v / 3). */
function squeezed(value: number): number {
  return squeeze * Math.asinh(value / squeeze);
}

/**
 * Writes the three inputs of time steps [start, end) of a channel: the value standardised by the channel itself, its
 * first difference over its root mean square, and the value on the scale of its layout, each squeezed.
 *
 * @param out receives 3 x (end - start) values from `offset` on
 */
export function channelInputs(
  values: Float32Array,
  moments: ChannelMoments,
  scale: ChannelScale,
  start: number,
  end: number,
  out: Float32Array,
  offset: number,
): void {
  const steps = end - start;
  const perDeviation = inverse(moments.deviation, moments.mean);
  const perDifference = inverse(moments.differenceSize, moments.mean);
  for (let i = 0; i < steps; i++) {
    const t = start + i;
    const value = values[t]!;
    const difference = t === 0 ? 0 : value - values[t - 1]!;
    out[offset + i] = squeezed((value - moments.mean) * perDeviation);
    out[offset + steps + i] = squeezed(difference * perDifference);
    out[offset + 2 * steps + i] = squeezed((value - scale.centre) / scale.spread);
  }
}

/** 1 / size, or 0 where the size is nothing but rounding beside the level. */
function inverse(size: number, level: number): number {
  return size > 1e-7 * Math.abs(level) ? 1 / size : 0;
}
