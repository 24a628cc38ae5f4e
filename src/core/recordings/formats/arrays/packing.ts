import type { Packing } from './told';

/** Turns stored numbers into values, in place. */
export function unpack(values: Float32Array | Float64Array, packing: Packing | null | undefined): void {
  if (packing == null) return;
  const { factor, offset } = packing;
  const missing =
    packing.missing === null ? NaN : values instanceof Float32Array ? Math.fround(packing.missing) : packing.missing;
  for (let i = 0; i < values.length; i++) values[i] = values[i] === missing ? NaN : values[i]! * factor + offset;
}
