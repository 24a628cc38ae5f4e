import { distanceWith } from '../distributions/wasserstein';
import { NearestRows, type Neighbour } from './nearest';

/** How the numbers of a channel are laid out, and what the bounds are made of. */
export interface RowForm {
  readonly features: number;
  /** Numbers per feature. */
  readonly featureSize: number;
  /** What one step of a byte is worth. */
  readonly step: number;
  /** Signed sums: entries are +(feature + 1) or -(feature + 1); every feature is in exactly one group. */
  readonly groups: readonly (readonly number[])[];
}

/** One for each channel, none negative, not all 0. */
export type Weights = readonly number[];

/** Embeddings of one length. */
export class Gallery {
  private readonly keys: string[] = [];
  private readonly values: Uint8Array[] = [];
  private readonly rows = new Map<string, number>();
  private readonly length: number;

  constructor(
    private readonly form: RowForm,
    channels: number,
  ) {
    this.length = channels * form.features * form.featureSize;
  }

  get size(): number {
    return this.keys.length;
  }

  keyAt(row: number): string {
    const key = this.keys[row];
    if (key === undefined) throw new RangeError(`the gallery has no row ${row}`);
    return key;
  }

  get(key: string): Uint8Array | undefined {
    const row = this.rows.get(key);
    return row === undefined ? undefined : this.values[row];
  }

  put(key: string, codes: Uint8Array): void {
    if (codes.length !== this.length) throw new RangeError(`${codes.length} numbers, not ${this.length}`);
    let row = this.rows.get(key);
    if (row === undefined) {
      row = this.keys.push(key) - 1;
      this.rows.set(key, row);
    }
    this.values[row] = codes;
  }

  remove(key: string): void {
    const row = this.rows.get(key);
    const [lastKey, last] = [this.keys.at(-1), this.values.at(-1)];
    if (row === undefined || lastKey === undefined || last === undefined) return;
    this.keys[row] = lastKey;
    this.values[row] = last;
    this.rows.set(lastKey, row);
    this.keys.pop();
    this.values.pop();
    this.rows.delete(key);
  }

  nearest(query: Uint8Array, k: number, without?: string, weights?: Weights): readonly Neighbour[] {
    const distance = distanceWith(weights ?? null, this.form.step);
    const found = new NearestRows(k);
    this.values.forEach((values, row) => {
      if (this.keys[row] !== without) found.offer(row, distance(query, values));
    });
    return found.sorted();
  }

  ranking(query: Uint8Array, without?: string, weights?: Weights): readonly Neighbour[] {
    return this.nearest(query, this.size, without, weights);
  }

  reach(query: Uint8Array, weights?: Weights): number {
    return this.ranking(query, undefined, weights).at(-1)?.distance ?? 0;
  }
}
