import { exactSamplesFor, samplesFor } from '../../allocate';
import type { PlainRows } from './plainRows';

const blockSamples = 2 ** 18;

/** Columns of numbers that grow by rows: kept row by row in blocks that never move, some in double precision beside. */
export class Lanes {
  rows = 0;
  private readonly blocks: Float32Array[] = [];
  private readonly rowsPerBlock: number;
  private readonly exact = new Map<number, Float64Array>();
  /** Where the row that is being written begins in its block. */
  private at = 0;
  private block: Float32Array = new Float32Array();

  constructor(
    readonly width: number,
    exact: readonly number[],
  ) {
    this.rowsPerBlock = Math.max(1, Math.floor(blockSamples / width));
    for (const lane of exact) this.exact.set(lane, new Float64Array(1024));
  }

  /** Begins a row, of which every lane is to be set. */
  begin(): void {
    this.reserve(1);
    const inBlock = this.rows % this.rowsPerBlock;
    this.block = this.blocks[Math.floor(this.rows / this.rowsPerBlock)] ?? this.block;
    this.at = inBlock * this.width;
  }

  /** Adds rows at once. @param exact row by row, of the exact lanes in their order */
  add({ rows, values, exact }: Pick<PlainRows, 'rows' | 'values' | 'exact'>): void {
    this.reserve(rows);
    let lane = 0;
    for (const own of this.exact.values()) {
      for (let row = 0, at = lane; row < rows; row++, at += this.exact.size) own[this.rows + row] = exact[at]!;
      lane++;
    }
    for (let row = 0; row < rows;) {
      const inBlock = this.rows % this.rowsPerBlock;
      const some = Math.min(rows - row, this.rowsPerBlock - inBlock);
      const part = values.subarray(row * this.width, (row + some) * this.width);
      this.blocks[Math.floor(this.rows / this.rowsPerBlock)]?.set(part, inBlock * this.width);
      this.rows += some;
      row += some;
    }
  }

  private reserve(rows: number): void {
    const needed = Math.ceil((this.rows + rows) / this.rowsPerBlock);
    while (this.blocks.length < needed) this.blocks.push(samplesFor(this.rowsPerBlock * this.width));
    for (const [lane, values] of this.exact) {
      if (this.rows + rows <= values.length) continue;
      const larger = exactSamplesFor(Math.max(values.length * 2, this.rows + rows));
      larger.set(values);
      this.exact.set(lane, larger);
    }
  }

  set(lane: number, value: number): void {
    this.block[this.at + lane] = value;
    const exact = this.exact.get(lane);
    if (exact !== undefined) exact[this.rows] = value;
  }

  /** Sets a lane that is kept in single precision alone. */
  setSingle(lane: number, value: number): void {
    this.block[this.at + lane] = value;
  }

  end(): void {
    this.rows++;
  }

  /** Moves the last row `by` rows up, over those before it. */
  moveLast(by: number): void {
    const from = this.rows - 1;
    const to = from - by;
    const [source, target] = [from, to].map((row) => this.blocks[Math.floor(row / this.rowsPerBlock)]);
    const start = (from % this.rowsPerBlock) * this.width;
    const cells = source?.slice(start, start + this.width) ?? [];
    target?.set(cells, (to % this.rowsPerBlock) * this.width);
    for (const values of this.exact.values()) values[to] = values[from]!;
  }

  /** Drops the last rows. */
  rewind(rows: number): void {
    this.rows -= rows;
  }

  exactOf(lane: number): Float64Array | null {
    return this.exact.get(lane)?.slice(0, this.rows) ?? null;
  }

  /** Takes all lanes out; they are empty afterwards. */
  take(): Float32Array[] {
    const lanes = Array.from({ length: this.width }, () => samplesFor(this.rows));
    for (let start = 0; start < this.rows; start += this.rowsPerBlock) {
      const block = this.blocks.shift() ?? new Float32Array();
      const rows = Math.min(this.rowsPerBlock, this.rows - start);
      for (const [lane, values] of lanes.entries()) {
        for (let row = 0, at = lane; row < rows; row++, at += this.width) values[start + row] = block[at]!;
      }
    }
    return lanes;
  }
}
