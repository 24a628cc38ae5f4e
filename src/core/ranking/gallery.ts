import { blockMeans } from '../distributions/blockMeans';
import { distanceWith, type Distance } from '../distributions/wasserstein';
import { NearestRows, type Neighbour } from './nearest';

/** Numbers per block of the two lower bounds, coarse first; the length of an embedding is a multiple of both. */
const coarseBlock = 4;
const mediumBlock = 2;

/**
 * Embeddings of one length in one matrix, with two matrices of block means whose distances are lower bounds: a search
 * scans the coarsest and computes the full distance only where a bound does not rule it out. The answer is exact.
 */
export class Gallery {
  private full: Rows;
  private medium: Rows;
  private coarse: Rows;
  private readonly keys: string[] = [];
  private readonly rows = new Map<string, number>();

  /** @param length numbers per embedding, a multiple of 4 */
  constructor(readonly length: number) {
    if (length % coarseBlock !== 0) throw new RangeError(`${length} is not a multiple of ${coarseBlock}`);
    this.full = new Rows(length);
    this.medium = new Rows(length / mediumBlock);
    this.coarse = new Rows(length / coarseBlock);
  }

  get size(): number {
    return this.keys.length;
  }

  /** @throws RangeError when there is no such row */
  keyAt(row: number): string {
    const key = this.keys[row];
    if (key === undefined) throw new RangeError(`the gallery has no row ${row}`);
    return key;
  }

  /** The embedding of a key: a view that is valid until the gallery changes. */
  get(key: string): Float32Array | undefined {
    const row = this.rows.get(key);
    return row === undefined ? undefined : this.full.view(row);
  }

  put(key: string, embedding: Float32Array): void {
    if (embedding.length !== this.length) throw new RangeError(`${embedding.length} numbers, not ${this.length}`);
    let row = this.rows.get(key);
    if (row === undefined) {
      row = this.keys.push(key) - 1;
      this.rows.set(key, row);
    }
    this.full.reserve(row + 1).set(embedding, row * this.length);
    blockMeans(embedding, mediumBlock, this.medium.reserve(row + 1), row * this.medium.width);
    blockMeans(embedding, coarseBlock, this.coarse.reserve(row + 1), row * this.coarse.width);
  }

  /** The last row takes the place of the one that goes. */
  remove(key: string): void {
    const row = this.rows.get(key);
    const lastKey = this.keys.at(-1);
    if (row === undefined || lastKey === undefined) return;
    const last = this.keys.length - 1;
    for (const rows of [this.full, this.medium, this.coarse]) rows.copy(last, row);
    this.keys[row] = lastKey;
    this.rows.set(lastKey, row);
    this.keys.pop();
    this.rows.delete(key);
  }

  /**
   * The k rows nearest to the query, nearest first.
   * @param without a key that is left out
   * @param weights one for each channel; without them all channels count alike
   */
  nearest(query: Float32Array, k: number, without?: string, weights?: Weights): readonly Neighbour[] {
    const distance = distanceWith(weights ?? null);
    const left = this.rowOf(without);
    const bounds = this.coarseBounds(query, distance);
    const found = new NearestRows(k);
    for (const row of likeliest(bounds, k, left)) {
      found.offer(row, distance(query, this.full.values, row * this.length));
    }
    const seeded = new Set(found.sorted().map(({ row }) => row));
    const medium = new Float32Array(this.medium.width);
    blockMeans(query, mediumBlock, medium);
    for (let row = 0; row < bounds.length; row++) {
      if (row === left || isAbove(bounds[row]!, found.threshold) || seeded.has(row)) continue;
      if (isAbove(distance(medium, this.medium.values, row * medium.length), found.threshold)) continue;
      found.offer(row, distance(query, this.full.values, row * this.length));
    }
    return found.sorted();
  }

  /** Every row with its distance to the query, nearest first; otherwise as `nearest`. */
  ranking(query: Float32Array, without?: string, weights?: Weights): readonly Neighbour[] {
    const distance = distanceWith(weights ?? null);
    const left = this.rowOf(without);
    const all: Neighbour[] = [];
    for (let row = 0; row < this.size; row++) {
      if (row !== left) all.push({ row, distance: distance(query, this.full.values, row * this.length) });
    }
    return all.sort((a, b) => a.distance - b.distance || a.row - b.row);
  }

  /** A lower bound, usually a close one, of the distance of the farthest row. */
  reach(query: Float32Array, weights?: Weights): number {
    return this.coarseBounds(query, distanceWith(weights ?? null)).reduce((most, bound) => Math.max(most, bound), 0);
  }

  private rowOf(key: string | undefined): number {
    return key === undefined ? -1 : (this.rows.get(key) ?? -1);
  }

  private coarseBounds(query: Float32Array, distance: Distance): Float32Array {
    const means = new Float32Array(this.coarse.width);
    blockMeans(query, coarseBlock, means);
    const bounds = new Float32Array(this.size);
    for (let row = 0; row < bounds.length; row++) {
      bounds[row] = distance(means, this.coarse.values, row * means.length);
    }
    return bounds;
  }
}

/** One for each channel, none negative, not all 0. */
export type Weights = readonly number[];

/** Whether a lower bound rules a row out, with room for the rounding of float32 means. */
function isAbove(bound: number, threshold: number): boolean {
  return bound * (1 - 1e-5) > threshold;
}

/** The k rows with the smallest bounds: their distances make a threshold that rules out most others. */
function likeliest(bounds: Float32Array, k: number, without: number): readonly number[] {
  const smallest = new NearestRows(k);
  for (let row = 0; row < bounds.length; row++) {
    if (row !== without && bounds[row]! <= smallest.threshold) smallest.offer(row, bounds[row]!);
  }
  return smallest.sorted().map(({ row }) => row);
}

/** A matrix that grows by rows. */
class Rows {
  values = new Float32Array(0);

  constructor(readonly width: number) {}

  reserve(rows: number): Float32Array {
    if (rows * this.width > this.values.length) {
      const grown = new Float32Array(
        Math.max(rows, Math.ceil((this.values.length / this.width) * 1.5), 16) * this.width,
      );
      grown.set(this.values);
      this.values = grown;
    }
    return this.values;
  }

  view(row: number): Float32Array {
    return this.values.subarray(row * this.width, (row + 1) * this.width);
  }

  copy(from: number, to: number): void {
    this.values.copyWithin(to * this.width, from * this.width, (from + 1) * this.width);
  }
}
