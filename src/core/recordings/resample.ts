import { samplesFor } from './allocate';

/**
 * Linear interpolation of the samples `values[i]` taken at `times[i]` onto the regular grid `times[0] + k * step`.
 *
 * A grid point whose nearer sample is missing (NaN) is missing too; where only the farther one is missing, the nearer
 * one stands alone. So a gap keeps its length and a lone missing sample never spoils its neighbours.
 * @param times T increasing time stamps, of any unit.
 * @param values T samples.
 * @param step Distance of the grid points, in the unit of `times`.
 * @param count Number of grid points.
 */
export function resample(times: Float64Array, values: Float32Array, step: number, count: number): Float32Array {
  const regular = samplesFor(count);
  const last = times.length - 1;
  const start = times[0] ?? 0;
  let left = 0;
  for (let k = 0; k < count; k++) {
    const time = start + k * step;
    while (left < last - 1 && times[left + 1]! <= time) left++;
    const right = Math.min(left + 1, last);
    const span = times[right]! - times[left]!;
    const weight = span > 0 ? Math.min(Math.max((time - times[left]!) / span, 0), 1) : 0;
    regular[k] = between(values[left]!, values[right]!, weight);
  }
  return regular;
}

function between(left: number, right: number, weight: number): number {
  const value = left + (right - left) * weight;
  if (!Number.isNaN(value)) return value;
  return weight <= 0.5 ? left : right;
}
