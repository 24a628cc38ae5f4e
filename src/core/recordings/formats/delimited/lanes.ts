import { exactSamplesFor, samplesFor } from '../../allocate';
import { entry } from '../../entry';
import type { PlainRows } from './plainRows';

const blockSamples = 2 ** 18;

/** Columns of numbers that grow by rows: kept row by row in blocks that never move, some in double precision beside. */
export class Lanes {
  rows = 0;
  private readonly blocks: Float32Array[] = [];
  /** The blocks of the exact lanes alone, row by row as well. */
  private readonly exactBlocks: Float64Array[] = [];
  private readonly rowsPerBlock: number;
  /** The place of each exact lane among them. */
  private readonly places: ReadonlyMap<number, number>;
  /** Where the row that is being written begins in its blocks. */
  private at = 0;
  private exactAt = 0;
  private block: Float32Array = new Float32Array();
  private exactBlock: Float64Array = new Float64Array();

  constructor(
    readonly width: number,
    exact: readonly number[],
  ) {
    this.rowsPerBlock = Math.max(1, Math.floor(blockSamples / width));
    this.places = new Map(exact.map((lane, place) => [lane, place]));
  }

  /** Begins a row, of which every lane is to be set. */
  begin(): void {
    this.reserve(1);
    const inBlock = this.rows % this.rowsPerBlock;
    const number = Math.floor(this.rows / this.rowsPerBlock);
    this.block = this.blocks[number] ?? this.block;
    this.exactBlock = this.exactBlocks[number] ?? this.exactBlock;
    this.at = inBlock * this.width;
    this.exactAt = inBlock * this.places.size;
  }

  /** Adds rows at once. @param exact row by row, of the exact lanes in their order */
  add({ rows, values, exact }: Pick<PlainRows, 'rows' | 'values' | 'exact'>): void {
    this.reserve(rows);
    for (let row = 0; row < rows;) {
      const inBlock = this.rows % this.rowsPerBlock;
      const number = Math.floor(this.rows / this.rowsPerBlock);
      const end = row + Math.min(rows - row, this.rowsPerBlock - inBlock);
      copyRows(values, row, end, this.blocks[number], inBlock, this.width);
      copyRows(exact, row, end, this.exactBlocks[number], inBlock, this.places.size);
      this.rows += end - row;
      row = end;
    }
  }

  private reserve(rows: number): void {
    const needed = Math.ceil((this.rows + rows) / this.rowsPerBlock);
    while (this.blocks.length < needed) {
      this.blocks.push(samplesFor(this.rowsPerBlock * this.width));
      this.exactBlocks.push(exactSamplesFor(this.rowsPerBlock * this.places.size));
    }
  }

  set(lane: number, value: number): void {
    this.block[this.at + lane] = value;
    const place = this.places.get(lane);
    if (place !== undefined) this.exactBlock[this.exactAt + place] = value;
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
    moveRow(this.blocks, from, from - by, this.rowsPerBlock, this.width);
    moveRow(this.exactBlocks, from, from - by, this.rowsPerBlock, this.places.size);
  }

  /** Drops the last rows. */
  rewind(rows: number): void {
    this.rows -= rows;
  }

  /** Takes the exact lanes out; they are empty afterwards. */
  takeExact(): Map<number, Float64Array> {
    const lanes = Array.from(this.places.keys(), () => exactSamplesFor(this.rows));
    emptyBlocks(this.exactBlocks, lanes, this.rows, this.rowsPerBlock);
    return new Map(Array.from(this.places, ([lane, place]) => [lane, entry(lanes, place)]));
  }

  /** Takes all lanes out in single precision; they are empty afterwards. */
  take(): Float32Array[] {
    const lanes = Array.from({ length: this.width }, () => samplesFor(this.rows));
    emptyBlocks(this.blocks, lanes, this.rows, this.rowsPerBlock);
    return lanes;
  }
}

type Numbers = Float32Array | Float64Array;

/** Copies rows of `width` numbers into a block. */
function copyRows(
  values: Numbers,
  from: number,
  to: number,
  block: Numbers | undefined,
  at: number,
  width: number,
): void {
  block?.set(values.subarray(from * width, to * width), at * width);
}

function moveRow(blocks: readonly Numbers[], from: number, to: number, rowsPerBlock: number, width: number): void {
  const start = (from % rowsPerBlock) * width;
  const cells = blocks[Math.floor(from / rowsPerBlock)]?.slice(start, start + width) ?? [];
  blocks[Math.floor(to / rowsPerBlock)]?.set(cells, (to % rowsPerBlock) * width);
}

/** Turns blocks of rows into lanes; each block is let go of once it is read. */
function emptyBlocks<T extends Numbers>(blocks: T[], lanes: readonly T[], rows: number, rowsPerBlock: number): void {
  for (let start = 0; start < rows; start += rowsPerBlock) {
    const block = blocks.shift();
    if (block === undefined) return;
    const some = Math.min(rowsPerBlock, rows - start);
    for (const [lane, values] of lanes.entries()) {
      for (let row = 0, at = lane; row < some; row++, at += lanes.length) values[start + row] = block[at]!;
    }
  }
}
