import { createHash } from 'node:crypto';
import { manyCopies } from './copies';
import { neighboursKept, type NeighbourGraph } from './graph';
import type { Limits } from './limits';
import { NeighbourRows, none } from './rows';
import type { GallerySource } from './source';

/** What is kept of a graph, complete or not. */
export interface KeptGraph {
  readonly keys: readonly string[];
  readonly rows: NeighbourRows;
  /** Keys that are not offered yet to those that may be nearer to them than to their own neighbours. */
  readonly unoffered: readonly string[];
}

/**
 * The graph of a source whose sequences come, change and go. It is told of them, and brought up to date step by step: new
 * sequences, and those that have lost a neighbour, are searched for; new ones are then offered to all that they are nearer
 * to than the neighbours they have. Once nothing is left, it is the same as one that is made anew.
 */
export class GrowingGraph {
  private readonly names: string[];
  private readonly numbers: Map<string, number>;
  /** Each with the change that it came by. */
  private readonly unoffered: Map<string, number>;
  private readonly rows: NeighbourRows;
  private stale = 0;
  private change = 1;
  /** No stale sequence has a lower number. */
  private from = 0;
  private limits: Limits | null = null;
  private copies: ReadonlyMap<bigint, readonly number[]> | null = null;

  constructor(kept: KeptGraph = { keys: [], rows: new NeighbourRows(neighboursKept), unoffered: [] }) {
    this.names = [...kept.keys];
    this.numbers = new Map(kept.keys.map((key, row) => [key, row]));
    this.rows = kept.rows;
    this.unoffered = new Map(kept.unoffered.map((key) => [key, this.change]));
    for (let row = 0; row < this.names.length; row++) this.stale += this.rows.stale[row]!;
  }

  get size(): number {
    return this.names.length;
  }

  /** How many searches are left. */
  get left(): number {
    return this.stale + this.unoffered.size;
  }

  keys(): readonly string[] {
    return [...this.names];
  }

  /** What each sequence was embedded as, by its number. */
  marks(): BigUint64Array {
    return this.rows.marks.slice(0, this.size);
  }

  /** What has to be kept to go on from here: views, which the next call of another method may change. */
  kept(): KeptGraph {
    return { keys: this.names, rows: this.rows, unoffered: [...this.unoffered.keys()] };
  }

  /**
   * Takes in that some keys may have come, changed or gone. Before `step`, this must have been called for all that did.
   * @returns whether any did
   */
  follow(source: GallerySource, touched: Iterable<string>): boolean {
    const gone: number[] = [];
    const changed: number[] = [];
    let isSame = true;
    this.change++;
    for (const key of touched) {
      const codes = source.codes(key);
      const row = this.numbers.get(key);
      const mark = codes === undefined ? null : markOf(codes);
      if (row === undefined) {
        if (mark === null) continue;
        this.add(key, mark);
      } else if (mark === null) gone.push(row);
      else if (mark !== this.rows.marks[row]) {
        this.rows.marks[row] = mark;
        this.unoffered.set(key, this.change);
        changed.push(row);
      } else continue;
      isSame = false;
    }
    if (isSame) return false;
    this.limits = this.copies = null;
    if (changed.length + gone.length > 0) this.lose(new Set([...changed, ...gone]));
    if (gone.length > 0) this.remove(gone);
    return true;
  }

  /**
   * Searches for at most so many sequences, or offers so many.
   * @returns how many it were
   */
  step(source: GallerySource, many: number): number {
    if (this.stale > 0) return this.search(source, many);
    this.limits ??= this.limitsIn(source);
    const offered = [...this.unoffered].slice(0, many);
    for (const [key, change] of offered) this.offer(key, change, source, this.limits);
    return offered.length;
  }

  /** A copy of the graph. @throws Error while searches are left */
  graph(): NeighbourGraph {
    if (this.left > 0) throw new Error(`${this.left} searches are left`);
    const { width, ids, distances } = this.rows;
    const n = this.size;
    const k = Math.max(Math.min(width, n - 1), 0);
    return {
      keys: this.keys(),
      k,
      ids: narrowed(ids.subarray(0, n * width), width, k, (length) => new Uint32Array(length)),
      distances: narrowed(distances.subarray(0, n * width), width, k, (length) => new Float64Array(length)),
    };
  }

  private add(key: string, mark: bigint): void {
    // Those that are still to be searched for find it by themselves.
    if (this.stale < this.size) this.unoffered.set(key, this.change);
    this.numbers.set(key, this.names.push(key) - 1);
    this.rows.push(mark);
    this.stale++;
  }

  /** Those that have one of some sequences among their neighbours, and these themselves, are to be searched for. */
  private lose(lost: ReadonlySet<number>): void {
    const { ids, width } = this.rows;
    for (let row = 0; row < this.size; row++) {
      if (this.rows.stale[row] === 1) continue;
      let isHit = lost.has(row);
      for (let at = row * width; !isHit && at < (row + 1) * width; at++) isHit = lost.has(ids[at]!);
      if (!isHit) continue;
      this.rows.empty(row);
      this.stale++;
      this.from = Math.min(this.from, row);
    }
  }

  private remove(gone: readonly number[]): void {
    const next = new Uint32Array(this.size);
    for (const row of gone) next[row] = none;
    let to = 0;
    for (const [row, key] of [...this.names].entries()) {
      if (next[row] === none) {
        this.numbers.delete(key);
        this.unoffered.delete(key);
        this.stale -= this.rows.stale[row]!;
        continue;
      }
      next[row] = to;
      this.names[to] = key;
      if (to !== row) this.numbers.set(key, to);
      to++;
    }
    this.rows.renumber(next);
    this.names.length = to;
    this.from = 0;
  }

  private search(source: GallerySource, many: number): number {
    const rows: number[] = [];
    for (; this.from < this.size && rows.length < many; this.from++) {
      if (this.rows.stale[this.from] === 1) rows.push(this.from);
    }
    const { width, marks } = this.rows;
    this.copies ??= manyCopies(marks.subarray(0, this.size), width, this.isBefore);
    const asked: number[] = [];
    for (const row of rows) {
      const copies = this.copies.get(marks[row]!);
      if (copies === undefined) asked.push(row);
      else
        copies
          .filter((copy) => copy !== row)
          .forEach((copy, j) => {
            this.rows.set(row, j, copy, 0);
          });
    }
    const names = asked.map((row) => this.nameOf(row));
    const found = source.nearest(names, width);
    asked.forEach((row, q) => {
      found[q]?.forEach(({ key, distance }, j) => {
        this.rows.set(row, j, this.numberOf(key), distance);
      });
    });
    for (const row of rows) this.rows.settle(row, this.change);
    this.stale -= rows.length;
    return rows.length;
  }

  /** Those that were searched for after the last change have found everything. */
  private limitsIn(source: GallerySource): Limits {
    const last = [...this.unoffered.values()].reduce((most, change) => Math.max(most, change), 0);
    return source.limits((key) => {
      const row = this.numberOf(key);
      return this.rows.searched[row]! < last ? this.rows.reach(row) : -1;
    });
  }

  private offer(key: string, change: number, source: GallerySource, limits: Limits): void {
    const own = this.numberOf(key);
    for (const near of limits.reachedBy(source.existing(key))) {
      const row = this.numberOf(near.key);
      if (this.rows.searched[row]! >= change || row === own || this.rows.has(row, own)) continue;
      this.rows.offer(row, own, near.distance, this.isBefore);
    }
    this.unoffered.delete(key);
  }

  private readonly isBefore = (a: number, b: number): boolean => this.nameOf(a) < this.nameOf(b);

  private numberOf(key: string): number {
    const number = this.numbers.get(key);
    if (number === undefined) throw new RangeError(`the graph was not told of ${key}`);
    return number;
  }

  private nameOf(row: number): string {
    const name = this.names[row];
    if (name === undefined) throw new RangeError(`there is no sequence ${row}`);
    return name;
  }
}

/** What tells an embedding from others: 64 bits of its SHA-1. */
function markOf(codes: Uint8Array): bigint {
  return createHash('sha1').update(codes).digest().readBigUInt64LE();
}

function narrowed<T extends Uint32Array | Float64Array>(
  all: T,
  width: number,
  k: number,
  make: (length: number) => T,
): T {
  if (k === width) return all.slice() as T;
  const out = make(k === 0 ? 0 : (all.length / width) * k);
  for (let row = 0; row * k < out.length; row++) out.set(all.subarray(row * width, row * width + k), row * k);
  return out;
}
