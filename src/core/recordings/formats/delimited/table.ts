import { UnreadableError } from '../../reader';
import { parseDate } from '../../clock/stamps';
import { isComment } from './dialect';
import { isBlank } from './split';
import { parseNumber } from '../text/numbers';

const blockSamples = 2 ** 18;

/** The stamps of a column that may be a clock, in double precision. */
export interface StampColumn {
  readonly column: number;
  readonly stamps: Float64Array;
  /** How many cells held a date or a time of day. */
  readonly dates: number;
}

/** One column of numbers, with what else its cells held. */
export interface NumberColumn {
  readonly values: Float32Array;
  readonly numbers: number;
  readonly texts: number;
  /** Numbers that single precision cannot hold, read as missing. */
  readonly infinite: number;
}

/**
 * Rows of cells, turned into numbers as they come. They are kept row by row in blocks that never move, since a table may
 * have few columns or a hundred thousand.
 */
export class Table {
  rows = 0;
  /** Rows with more filled cells than the table has columns: their cells are read as missing. */
  overfull = 0;
  /** Rows that lack cells at their end. */
  short = 0;
  /** The text in the first cells, while there are few. */
  readonly rowNames: string[] = [];
  private readonly blocks: Float32Array[] = [];
  private readonly rowsPerBlock: number;
  private readonly texts: Uint32Array;
  private readonly missing: Uint32Array;
  private readonly clocks: { readonly column: number; stamps: Float64Array; dates: number }[];
  private blanks = 0;

  /** @param clockColumns Columns of which to keep the stamps. */
  constructor(
    readonly width: number,
    private readonly commaAllowed: boolean,
    clockColumns: readonly number[],
  ) {
    this.rowsPerBlock = Math.max(1, Math.floor(blockSamples / width));
    this.texts = new Uint32Array(width);
    this.missing = new Uint32Array(width);
    this.clocks = clockColumns.map((column) => ({ column, stamps: new Float64Array(1024), dates: 0 }));
  }

  /** @returns how many samples the row brought. */
  add(row: readonly string[]): number {
    if (isBlank(row)) {
      // In a table of one column an empty line is a missing sample, unless nothing comes after it.
      if (this.width === 1) this.blanks++;
      return 0;
    }
    if (isComment(row[0]!)) return 0;
    const before = this.rows;
    for (; this.blanks > 0; this.blanks--) this.write(['']);
    this.write(row);
    return (this.rows - before) * this.width;
  }

  private write(row: readonly string[]): void {
    const { width, commaAllowed } = this;
    const at = (this.rows % this.rowsPerBlock) * width;
    if (at === 0) this.blocks.push(new Float32Array(this.rowsPerBlock * width));
    const block = this.blocks[this.blocks.length - 1]!;
    const cells = this.usable(row);
    for (let column = 0; column < width; column++) {
      const cell = cells[column] ?? '';
      let value = +cell;
      if (commaAllowed && value !== value) value = +cell.replace(',', '.');
      // `+''` is 0, and everything that is not plainly a number is NaN.
      if (value === 0 || value !== value) {
        const parsed = parseNumber(cell, commaAllowed);
        value = parsed ?? NaN;
        if (parsed === undefined) this.texts[column]!++;
        else if (value !== value) this.missing[column]!++;
      }
      block[at + column] = value;
    }
    for (const clock of this.clocks) this.stamp(clock, cells[clock.column] ?? '');
    if (this.rows < 4096 && this.rowNames.length === this.rows && Number.isNaN(block[at]))
      this.rowNames.push(cells[0] ?? '');
    this.rows++;
  }

  private usable(row: readonly string[]): readonly string[] {
    if (row.length < this.width) this.short++;
    if (row.length <= this.width || row.slice(this.width).every((cell) => cell.trim() === '')) return row;
    this.overfull++;
    return [];
  }

  private stamp(clock: Table['clocks'][number], cell: string): void {
    if (this.rows === clock.stamps.length) {
      const larger = new Float64Array(clock.stamps.length * 2);
      larger.set(clock.stamps);
      clock.stamps = larger;
    }
    let value = parseNumber(cell, this.commaAllowed);
    if (value === undefined) {
      value = parseDate(cell);
      if (value !== undefined) clock.dates++;
    }
    clock.stamps[this.rows] = value ?? NaN;
  }

  /** @throws UnreadableError when the rows have too little in common for a table. */
  checkShape(): void {
    if (this.overfull * 100 > this.rows) {
      throw new UnreadableError(
        `it is not a table: ${this.overfull} of ${this.rows} rows have more than the ${this.width} cells of the others`,
      );
    }
    if (this.short * 2 > this.rows && this.rows > 1) {
      throw new UnreadableError(
        `it is not a table: ${this.short} of ${this.rows} rows have fewer than the ${this.width} cells of its header or the other rows`,
      );
    }
  }

  stampColumns(): StampColumn[] {
    return this.clocks.map(({ column, stamps, dates }) => ({ column, stamps: stamps.slice(0, this.rows), dates }));
  }

  /** Whether every column holds text and no more numbers or dates than that, as far as the table has been read. */
  holdsText(): boolean {
    return this.texts.every((text, column) => text > 0 && !this.isNumeric(column)) && !this.holdsDates();
  }

  /** @throws UnreadableError if no column holds more numbers (or dates) than text. */
  checkNumbers(): void {
    if (this.texts.some((_, column) => this.isNumeric(column)) || this.holdsDates()) return;
    if (this.texts.every((text) => text === 0)) throw new UnreadableError('all its values are missing');
    throw new UnreadableError(this.width === 1 ? 'it holds one column of text' : 'it has no numeric column');
  }

  private isNumeric(column: number): boolean {
    return this.rows - this.missing[column]! > 2 * this.texts[column]!;
  }

  private holdsDates(): boolean {
    return this.clocks.some((clock) => clock.dates * 2 > this.rows);
  }

  /** Takes the columns out; the table is empty afterwards. */
  columns(): NumberColumn[] {
    const columns = Array.from({ length: this.width }, () => new Float32Array(this.rows));
    for (let start = 0; start < this.rows; start += this.rowsPerBlock) {
      const block = this.blocks.shift()!;
      const rows = Math.min(this.rowsPerBlock, this.rows - start);
      for (const [column, values] of columns.entries()) {
        for (let row = 0, at = column; row < rows; row++, at += this.width) values[start + row] = block[at]!;
      }
    }
    return columns.map((values, column) => describe(values, this.texts[column]!));
  }

  /** Takes every row out as a column, for a table that lies on its side; the table is empty afterwards. */
  rowsAsColumns(): NumberColumn[] {
    const first = this.rowNames.length === this.rows ? 1 : 0;
    return Array.from({ length: this.rows }, (_, row) => {
      const at = (row % this.rowsPerBlock) * this.width;
      const block = this.blocks[Math.floor(row / this.rowsPerBlock)]!;
      return describe(block.slice(at + first, at + this.width), 0);
    });
  }
}

function describe(values: Float32Array, texts: number): NumberColumn {
  let [numbers, infinite] = [0, 0];
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (Number.isFinite(value)) numbers++;
    else if (!Number.isNaN(value)) {
      infinite++;
      values[i] = NaN;
    }
  }
  return { values, numbers, texts, infinite };
}
