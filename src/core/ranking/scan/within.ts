import type { Neighbour } from '../nearest';
import type { ScanHelper } from './helper';
import { mostMeasured } from './room';
import type { Rows } from './rows';
import { jobsFor } from './scan';

/**
 * The rows whose distances to a query, sums of |a - b|, are not above limits of their own, in no order. First bounds rule
 * most of them out.
 * @param limits one for each row; below 0 for rows that are left out
 */
export function rowsWithin(rows: Rows, codes: Uint8Array, limits: Float64Array, helper: ScanHelper): Neighbour[] {
  const found: Neighbour[] = [];
  for (const job of jobsFor(rows, [{ codes, without: -1 }], undefined)) {
    helper.run('bounds', job);
    const { first } = job.part;
    const measure = (places: readonly number[]) => {
      const distances = job.measure(0, places);
      places.forEach((row, i) => {
        if (distances[i]! <= limits[row]!) found.push({ row, distance: distances[i]! });
      });
    };
    let left: number[] = [];
    job.boundsOf(0).forEach((bound, place) => {
      if (bound > limits[first + place]!) return;
      left.push(first + place);
      if (left.length < mostMeasured) return;
      measure(left);
      left = [];
    });
    measure(left);
  }
  return found;
}
