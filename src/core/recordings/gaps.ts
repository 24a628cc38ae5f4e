/**
 * Replaces missing samples (anything that is not finite) in place: inside by linear interpolation between the
 * neighbours, at the ends by the nearest sample.
 *
 * @param onGap told of each run of missing samples [start, end) between or beside others
 * @returns how many samples were missing; when it is all of them the values are left as they are
 */
export function bridgeGaps(values: Float32Array, onGap?: (start: number, end: number) => void): number {
  let missing = 0;
  let last = -1;
  for (let i = 0; i < values.length; i++) {
    if (!Number.isFinite(values[i]!)) {
      missing++;
      continue;
    }
    if (i - last > 1) {
      onGap?.(last + 1, i);
      bridge(values, last, i);
    }
    last = i;
  }
  if (last < 0 || last + 1 === values.length) return missing;
  onGap?.(last + 1, values.length);
  values.fill(values[last]!, last + 1);
  return missing;
}

/** Fills the samples between `before` (-1 for none) and `after`. */
function bridge(values: Float32Array, before: number, after: number): void {
  const to = values[after]!;
  const from = before < 0 ? to : values[before]!;
  for (let i = before + 1; i < after; i++) values[i] = from + ((to - from) * (i - before)) / (after - before);
}
