import type { Neighbour } from './nearest';
import { rowShape, type RowForm } from './scan/form';
import { RowMemories } from './scan/memory';
import { Rows } from './scan/rows';
import { distancesTo, nearestTo, reachFrom, type Weights } from './scan/scan';
import { rowsWithin } from './scan/within';
import { scoresOf, type Combination } from './several';

export type { RowForm } from './scan/form';
export type { Weights } from './scan/scan';

/** Embeddings that rows are to be like, or not like. */
export interface RowSet {
  /** At least one. */
  readonly wanted: readonly Uint8Array[];
  readonly unwanted: readonly Uint8Array[];
  readonly by: Combination;
  /** Keys that are left out. */
  readonly without: readonly string[];
}

/** A row whose distance is its score, with the wanted embedding that is nearest to it. */
export interface ScoredRow extends Neighbour {
  readonly nearest: {
    /** Its number among the wanted ones. */
    readonly wanted: number;
    readonly distance: number;
  };
}

/**
 * Embeddings of one number of channels, as bytes. A search is exact: it rules rows out by lower bounds of their distances,
 * which are sums of bytes (see `src/core/ranking/scan`). The distance of two embeddings is the step times the mean over
 * channels, weighted if asked for, of the mean of |a - b| over a channel's bytes. Rows that are equally far are ordered by
 * their keys.
 */
export class Gallery {
  private readonly rows: Rows;
  private readonly keys: string[] = [];
  private readonly rowOfKey = new Map<string, number>();

  /**
   * @param memories where the rows are kept, shared by the galleries of an engine
   * @throws RangeError when the form is none, or a row would be far too long
   */
  constructor(
    private readonly form: RowForm,
    readonly channels: number,
    private readonly memories: RowMemories = new RowMemories(),
  ) {
    this.rows = new Rows(rowShape(form, channels), memories);
  }

  get size(): number {
    return this.keys.length;
  }

  /** Bytes per embedding. */
  get length(): number {
    return this.channels * this.rows.shape.perChannel;
  }

  /** @throws RangeError when there is no such row */
  keyAt(row: number): string {
    const key = this.keys[row];
    if (key === undefined) throw new RangeError(`the gallery has no row ${row}`);
    return key;
  }

  /** A copy of the embedding of a key. */
  get(key: string): Uint8Array<ArrayBuffer> | undefined {
    const row = this.rowOfKey.get(key);
    return row === undefined ? undefined : this.rows.codes(row);
  }

  /**
   * Keeps a copy of an embedding, in the place of the one of this key.
   * @throws RangeError when it has another length, or there is no memory for it; the gallery is as before then
   */
  put(key: string, codes: Uint8Array): void {
    this.checkLength(codes);
    const row = this.rowOfKey.get(key);
    if (row === undefined) {
      this.rows.push(codes);
      this.rowOfKey.set(key, this.keys.push(key) - 1);
    } else this.rows.write(row, codes);
  }

  /** The last row takes the place of the one that goes. */
  remove(key: string): void {
    const row = this.rowOfKey.get(key);
    const lastKey = this.keys.at(-1);
    if (row === undefined || lastKey === undefined) return;
    this.rows.remove(row);
    this.keys[row] = lastKey;
    this.rowOfKey.set(lastKey, row);
    this.keys.pop();
    this.rowOfKey.delete(key);
  }

  /** Gives all memory back. */
  clear(): void {
    this.rows.clear();
    this.keys.length = 0;
    this.rowOfKey.clear();
  }

  /**
   * The k rows nearest to the query, nearest first.
   * @param without a key that is left out
   * @param weights one for each channel; without them all channels count alike
   */
  nearest(query: Uint8Array, k: number, without?: string, weights?: Weights): readonly Neighbour[] {
    return this.nearestMany([query], k, [without], weights)[0] ?? [];
  }

  /** As `nearest` for each of some queries, which takes less time than one after the other. */
  nearestMany(
    queries: readonly Uint8Array[],
    k: number,
    without: readonly (string | undefined)[] = [],
    weights?: Weights,
  ): readonly (readonly Neighbour[])[] {
    const asked = queries.map((codes, q) => {
      this.checkLength(codes);
      return { codes, without: this.rowOf(without[q]) };
    });
    const found = nearestTo(this.rows, asked, Math.min(k, this.size), weights, this.isBefore, this.memories.helper);
    const unit = this.unitOf(weights);
    return found.map((nearest) => nearest.sorted().map(({ row, distance }) => ({ row, distance: unit * distance })));
  }

  /**
   * The rows that are no farther from the query than a limit of their own, in no order.
   * @param limits a distance for each row, below 0 for one that is left out
   */
  within(query: Uint8Array, limits: Float64Array): readonly Neighbour[] {
    this.checkLength(query);
    const unit = this.unitOf(undefined);
    // Distances are whole sums times the unit, which rounding finds again.
    const sums = limits.map((limit) => (limit < 0 ? -1 : Math.round(limit / unit)));
    const found = rowsWithin(this.rows, query, sums, this.memories.helper);
    return found.map(({ row, distance }) => ({ row, distance: unit * distance }));
  }

  /** The distances of all rows to the query, in their order. */
  distances(query: Uint8Array): Float64Array {
    this.checkLength(query);
    const unit = this.unitOf(undefined);
    return distancesTo(this.rows, query, undefined, this.memories.helper).map((sum) => unit * sum);
  }

  /** Every row with its distance to the query, nearest first; otherwise as `nearest`. */
  ranking(query: Uint8Array, without?: string, weights?: Weights): readonly Neighbour[] {
    this.checkLength(query);
    const distances = distancesTo(this.rows, query, weights, this.memories.helper);
    const unit = this.unitOf(weights);
    const order = this.inOrder(distances, without === undefined ? [] : [without]);
    return Array.from(order, (row) => ({ row, distance: unit * distances[row]! }));
  }

  /** Every row but those left out with its score, see `scoresOf`, smallest first. */
  rankingOfSet({ wanted, unwanted, by, without }: RowSet, weights?: Weights): readonly ScoredRow[] {
    const distances = (codes: Uint8Array): Float64Array => {
      this.checkLength(codes);
      return distancesTo(this.rows, codes, weights, this.memories.helper);
    };
    const near = wanted.map(distances);
    const { scores, nearest } = scoresOf({ wanted: near, unwanted: unwanted.map(distances) }, by);
    const unit = this.unitOf(weights);
    return Array.from(this.inOrder(scores, without), (row) => ({
      row,
      distance: unit * scores[row]!,
      nearest: { wanted: nearest[row]!, distance: unit * (near[nearest[row]!]?.[row] ?? 0) },
    }));
  }

  /** A lower bound, usually a close one, of the distance of the farthest row. */
  reach(query: Uint8Array, weights?: Weights): number {
    this.checkLength(query);
    return this.unitOf(weights) * reachFrom(this.rows, query, weights, this.memories.helper);
  }

  /** The rows by a number for each, smallest first, without those of some keys. */
  private inOrder(numbers: Float64Array, without: readonly string[]): Uint32Array {
    const left = new Set(without.map((key) => this.rowOf(key)));
    const order = Uint32Array.from(numbers.keys()).filter((row) => !left.has(row));
    return order.sort((a, b) => numbers[a]! - numbers[b]! || (this.isBefore(a, b) ? -1 : 1));
  }

  private readonly isBefore = (a: number, b: number): boolean => this.keyAt(a) < this.keyAt(b);

  private rowOf(key: string | undefined): number {
    return key === undefined ? -1 : (this.rowOfKey.get(key) ?? -1);
  }

  /** What a sum of |a - b| is multiplied by. */
  private unitOf(weights: Weights | undefined): number {
    const total = weights?.reduce((sum, weight) => sum + weight, 0) ?? this.channels;
    return this.form.step / (total * this.rows.shape.perChannel);
  }

  private checkLength({ length }: Uint8Array): void {
    if (length !== this.length) throw new RangeError(`${length} numbers, not ${this.length}`);
  }
}
