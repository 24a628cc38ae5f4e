import { NearestRows } from '../nearest';
import type { ScanHelper } from './helper';
import { Job, partsOf, type Part } from './job';
import { mostMeasured, roomBytes } from './room';
import type { Rows } from './rows';

/** What a query asks for. */
export interface Query {
  readonly codes: Uint8Array;
  /** A row that is left out, or -1. */
  readonly without: number;
}

/** One for each channel, none negative, not all 0. */
export type Weights = readonly number[];

/** So many queries at most are scanned for together: the sums of a chunk stay in the processor's cache meanwhile. */
const mostTogether = 8;

/**
 * So many rows more than twice k are measured after the first bounds. Each costs little, and without them the threshold
 * lets about twice as many rows pass.
 */
const moreSeeds = 40;

/**
 * The k rows nearest to each query: their distances are sums of |a - b|, each channel's times its weight. First bounds of
 * all rows come from group sums, second bounds of those that are left from feature sums, and distances of those that are
 * left then. The rows with the smallest bounds are looked at first, because their distances rule out most others.
 *
 * @param isBefore decides between rows that are equally far
 * @param helper runs the kernels
 */
export function nearestTo(
  rows: Rows,
  queries: readonly Query[],
  k: number,
  weights: Weights | undefined,
  isBefore: (a: number, b: number) => boolean,
  helper: ScanHelper,
): readonly NearestRows[] {
  const found = queries.map(() => new NearestRows(k, isBefore));
  if (rows.size === 0 || k <= 0) return found;
  const together = fitting(rows, queries.length);
  for (let first = 0; first < queries.length; first += together) {
    scanFor(rows, queries.slice(first, first + together), found.slice(first), k, weights, helper);
  }
  return found;
}

function scanFor(
  rows: Rows,
  queries: readonly Query[],
  found: readonly NearestRows[],
  k: number,
  weights: Weights | undefined,
  helper: ScanHelper,
): void {
  const jobs = jobsFor(rows, queries, weights);
  for (const job of jobs) helper.run('bounds', job);
  for (const [q, nearest] of found.slice(0, queries.length).entries()) {
    leaveOut(jobs, q, queries[q]);
    offerLikeliest(firstBounds(rows, jobs, q), q, 2 * k + moreSeeds, nearest);
    for (const job of jobs) job.setThreshold(q, nearest.threshold);
  }
  for (const job of jobs) helper.run('refine', job);
  for (const [q, nearest] of found.slice(0, queries.length).entries()) {
    const left = secondBounds(jobs, q);
    offerLikeliest(left, q, k, nearest);
    offerRest(left, q, nearest);
  }
}

/** The distances of all rows to a query. */
export function distancesTo(
  rows: Rows,
  codes: Uint8Array,
  weights: Weights | undefined,
  helper: ScanHelper,
): Float64Array {
  return computed(rows, codes, weights, helper, 'distances');
}

/** A lower bound of the farthest row's distance: the largest distance of those whose first bounds are largest. */
export function reachFrom(rows: Rows, codes: Uint8Array, weights: Weights | undefined, helper: ScanHelper): number {
  const bounds = computed(rows, codes, weights, helper, 'bounds');
  const farthest = new NearestRows(mostTogether);
  for (let row = 0; row < bounds.length; row++) {
    if (-bounds[row]! <= farthest.threshold) farthest.offer(row, -bounds[row]!);
  }
  const jobs = jobsFor(rows, [{ codes, without: -1 }], weights);
  return farthest.sorted().reduce((most, { row }) => Math.max(most, jobOf(jobs, row).measure(0, [row])[0]!), 0);
}

function computed(
  rows: Rows,
  codes: Uint8Array,
  weights: Weights | undefined,
  helper: ScanHelper,
  kernel: 'bounds' | 'distances',
): Float64Array {
  const out = new Float64Array(rows.size);
  for (const job of jobsFor(rows, [{ codes, without: -1 }], weights)) {
    helper.run(kernel, job);
    out.set(job.boundsOf(0), job.part.first);
  }
  return out;
}

/** How many queries the memories have room for. There is always room for one, see `Rows`. */
function fitting(rows: Rows, queries: number): number {
  for (let many = Math.min(queries, mostTogether); many > 1; many--) {
    const fits = partsOf(rows).every((part) => part.memory.roomOf(bytesFor(rows, part, many)) !== null);
    if (fits) return many;
  }
  return 1;
}

function bytesFor(rows: Rows, part: Part, queries: number): number {
  return roomBytes(rows.shape, part.rows, part.chunks.length, queries);
}

/** Scans of all parts of some rows. @throws RangeError where there is no memory for them */
export function jobsFor(rows: Rows, queries: readonly Query[], weights: Weights | undefined): readonly Job[] {
  const codes = queries.map((query) => query.codes);
  return partsOf(rows).map((part) => {
    const room = part.memory.roomOf(bytesFor(rows, part, queries.length));
    if (room === null) throw new RangeError('There is not enough memory to search.');
    return new Job(part, rows, room, codes, weights);
  });
}

/** Bounds of some rows of a part, at places of an array: for each chunk from its first row's place on. */
interface Bounds {
  readonly job: Job;
  readonly values: Float64Array;
  readonly minima: Float64Array;
  readonly countOf: (chunk: number) => number;
  readonly rowAt: (place: number) => number;
}

function firstBounds(rows: Rows, jobs: readonly Job[], query: number): readonly Bounds[] {
  return jobs.map((job) => {
    const { first, chunks } = job.part;
    const countOf = (i: number) => {
      const chunk = chunks[i];
      return chunk === undefined ? 0 : rows.filled(chunk);
    };
    const values = job.boundsOf(query);
    return { job, values, minima: job.minimaOf(query), countOf, rowAt: (place) => first + place };
  });
}

function secondBounds(jobs: readonly Job[], query: number): readonly Bounds[] {
  return jobs.map((job) => {
    const left = job.leftOf(query);
    const counts = job.countsOf(query);
    const { first } = job.part;
    const values = job.boundsOf(query);
    return {
      job,
      values,
      minima: job.minimaOf(query),
      countOf: (chunk) => counts[chunk]!,
      rowAt: (place) => first + left[place]!,
    };
  });
}

/** Visits the places whose bounds are not above a limit, which may fall meanwhile. */
function forEachBelow(
  { job, values, minima, countOf }: Bounds,
  limit: () => number,
  visit: (place: number) => void,
): void {
  job.part.chunks.forEach(({ first }, i) => {
    if (minima[i]! > limit()) return;
    const from = first - job.part.first;
    const end = from + countOf(i);
    let most = limit();
    for (let place = from; place < end; place++) {
      if (!(values[place]! <= most)) continue;
      visit(place);
      most = limit();
    }
  });
}

/** Offers the distances of some rows with the smallest bounds, which are done with then. */
function offerLikeliest(all: readonly Bounds[], query: number, many: number, nearest: NearestRows): void {
  for (const bounds of all) {
    const { values } = bounds;
    const smallest = new NearestRows(many);
    const limit = () => Math.min(nearest.threshold, smallest.threshold);
    forEachBelow(bounds, limit, (place) => {
      smallest.offer(place, values[place]!);
    });
    const offers = new Offers(bounds, query, nearest);
    for (const { row: place, distance: bound } of smallest.sorted()) {
      if (bound > nearest.threshold) break;
      offers.add(place);
      values[place] = NaN;
    }
    offers.flush();
  }
}

function offerRest(all: readonly Bounds[], query: number, nearest: NearestRows): void {
  for (const bounds of all) {
    const offers = new Offers(bounds, query, nearest);
    const limit = () => nearest.threshold;
    forEachBelow(bounds, limit, (place) => {
      offers.add(place);
    });
    offers.flush();
  }
}

/** Rows whose distances are still to be measured, which takes less time for several at once. */
class Offers {
  private readonly rows: number[] = [];

  constructor(
    private readonly bounds: Bounds,
    private readonly query: number,
    private readonly nearest: NearestRows,
  ) {}

  add(place: number): void {
    this.rows.push(this.bounds.rowAt(place));
    if (this.rows.length === mostMeasured) this.flush();
  }

  flush(): void {
    const distances = this.bounds.job.measure(this.query, this.rows);
    this.rows.forEach((row, i) => {
      this.nearest.offer(row, distances[i]!);
    });
    this.rows.length = 0;
  }
}

function leaveOut(jobs: readonly Job[], query: number, asked: Query | undefined): void {
  for (const job of jobs) {
    const place = (asked?.without ?? -1) - job.part.first;
    const bounds = job.boundsOf(query);
    if (place >= 0 && place < bounds.length) bounds[place] = NaN;
  }
}

function jobOf(jobs: readonly Job[], row: number): Job {
  const job = jobs.findLast(({ part }) => part.first <= row);
  if (job === undefined) throw new RangeError(`there is no row ${row}`);
  return job;
}
