import { resample } from '../../resample';

/**
 * Brings samples to a higher rate by linear interpolation, so that those of slower channels stand beside those of the
 * fastest; after the last sample it is held.
 * @param values `from` samples for each of so many units of time, the first at its beginning
 * @returns `to` samples for each of these units
 */
export function raised(values: Float32Array, from: number, to: number): Float32Array {
  if (from === to) return values;
  const times = Float64Array.from(values, (_, i) => i);
  return resample(times, values, from / to, Math.round((values.length / from) * to));
}
