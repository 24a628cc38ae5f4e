import { entry } from '../../entry';
import { UnreadableError } from '../../reader';
import type { Moment } from '../../clock/moments';
import { isMissing } from '../text/numbers';
import { vectorOf } from './cells';
import { Lanes } from './lanes';
import { parseDecimal } from './parseDecimal';
import { readCell } from './readCell';
import { isEmptyRow, joinCells } from './rowCells';
import { noOddRows } from './oddRows';
import type { PlainRows } from './plainRows';
import type { Plan } from './plan';
import { lanesOf, type PlannedColumn } from './plannedColumns';
import type { RowScanner } from './scan';
import { way, wayOf } from './ways';
import { Words } from './words';

/** A place in the rows where a new table begins, under names of its own or under the same. */
export interface Break {
  readonly row: number;
  readonly names: readonly string[] | null;
}

/** The cells of a file as they come, turned into the numbers of columns. */
export class Filler {
  readonly lanes: Lanes;
  readonly odd: Uint32Array;
  readonly missing: Uint32Array;
  readonly words: ReadonlyMap<number, Words>;
  readonly moments = new Map<number, Moment>();
  readonly breaks: Break[] = [];
  /** Rows behind an empty line. */
  readonly gaps: number[] = [];
  overfull = 0;
  short = 0;
  private blanks = 0;
  private oddRows = noOddRows();
  private written = 0;
  private readonly firstLane: Int32Array;
  private readonly decimal: number;
  /** How the cells of each column are read. */
  private readonly ways: Uint8Array;
  private readonly cells: number;
  /** How many columns of moments have shown no date with a time so far. */
  private undated: number;
  private bytes: Buffer = Buffer.alloc(0);
  private isLatin = false;
  private isEscaped = false;
  /** Of the row that is being written. */
  private rowValues = 0;
  private rowOdd: number[] = [];
  private isMisfit = false;
  private emptyRows = 0;

  constructor(private readonly plan: Plan) {
    const { columns } = plan;
    let lane = 0;
    this.firstLane = Int32Array.from(columns, ({ kind }) => {
      const first = lane;
      lane += lanesOf(kind);
      return first;
    });
    this.lanes = new Lanes(
      lane,
      columns.flatMap(({ isExact }, at) => (isExact ? [this.firstLane[at]!] : [])),
    );
    this.odd = new Uint32Array(lane);
    this.missing = new Uint32Array(lane);
    this.words = new Map(columns.flatMap(({ kind }, at) => (kind.kind === 'text' ? [[at, new Words()] as const] : [])));
    this.decimal = plan.form.decimal.charCodeAt(0);
    this.ways = Uint8Array.from(columns, wayOf);
    this.cells = columns.length;
    this.undated = columns.filter(({ kind }) => kind.kind === 'moment').length;
  }

  /** @returns how many samples the row brought. */
  add(bytes: Buffer, row: RowScanner, isLatin: boolean): number {
    if (row.count === 0) {
      if (row.isBlank) this.blanks++;
      return 0;
    }
    const before = this.lanes.rows;
    // In a table of one column an empty line is a missing sample, unless nothing comes after it.
    this.written = this.cells === 1 ? this.blanks : 0;
    if (this.cells === 1) for (; this.blanks > 0; this.blanks--) this.writeMissing();
    else if (this.blanks > 0 && this.gaps.length < 4096 && before > 0) this.gaps.push(before);
    this.blanks = 0;
    this.bytes = bytes;
    this.isLatin = isLatin;
    this.isEscaped = row.isEscaped;
    this.write(bytes, row);
    return (this.lanes.rows - before) * this.lanes.width;
  }

  /** Whether nothing above bears on how the next row is read, and no moment in it on how the others are. */
  get isSteady(): boolean {
    return this.blanks === 0 && this.oddRows.count === 0 && this.undated === 0;
  }

  /** Adds rows of numbers. @returns how many samples they brought */
  addPlain(plain: PlainRows): number {
    this.lanes.add(plain);
    for (const [lane, count] of plain.missing.entries()) this.missing[lane]! += count;
    this.emptyRows = 0;
    return plain.rows * this.lanes.width;
  }

  private text(start: number, end: number): string {
    const text = this.isLatin ? this.bytes.toString('latin1', start, end) : this.bytes.toString('utf8', start, end);
    return this.isEscaped ? text.replaceAll('""', '"') : text;
  }

  private writeMissing(): void {
    this.lanes.begin();
    for (let lane = 0; lane < this.lanes.width; lane++) {
      this.lanes.set(lane, NaN);
      this.missing[lane]!++;
    }
    this.lanes.end();
  }

  private write(bytes: Buffer, row: RowScanner): void {
    const { lanes, cells, ways, firstLane, decimal } = this;
    const { starts, ends } = row;
    const found = this.usableCells(bytes, row);
    this.isMisfit = found < 0;
    const count = Math.max(0, found);
    lanes.begin();
    this.rowValues = 0;
    if (this.rowOdd.length > 0) this.rowOdd = [];
    for (let cell = 0; cell < cells; cell++) {
      if (ways[cell] === way.unread) continue;
      const [start, end] = cell < count ? [starts[cell]!, ends[cell]!] : [0, 0];
      if (ways[cell] === way.plain) {
        const value = parseDecimal(bytes, start, end, decimal);
        if (!Number.isNaN(value)) {
          lanes.setSingle(firstLane[cell]!, value);
          this.rowValues++;
          continue;
        }
      }
      this.writeSlowly(cell, bytes, start, end);
    }
    lanes.end();
    const isEmpty =
      cells > 1 && this.rowValues === 0 && this.rowOdd.length === 0 && !this.isMisfit && isEmptyRow(row, count);
    this.emptyRows = isEmpty ? this.emptyRows + 1 : 0;
    const isBare = cells > 1 && !isEmpty && this.rowValues === 0 && count * 2 <= this.plan.leastCells;
    if (isBare || this.rowOdd.length > 0 || this.isMisfit || this.oddRows.count > 0) this.judge(row, count, isBare);
  }

  /** @returns how many cells count; -1 for a row with more filled cells than the table has columns. */
  private usableCells(bytes: Buffer, row: RowScanner): number {
    const { cells, plan } = this;
    if (plan.joined !== null && row.count > plan.joined + 1) joinCells(row, plan.joined);
    if (row.count < cells) {
      if (row.count < plan.leastCells) this.short++;
      return row.count;
    }
    for (let cell = cells; cell < row.count; cell++) {
      if (bytes.toString('latin1', row.starts[cell], row.ends[cell]).trim() === '') continue;
      if (cell >= plan.toleratedCells) {
        this.overfull++;
        return -1;
      }
    }
    return cells;
  }

  private writeSlowly(at: number, bytes: Buffer, start: number, end: number): void {
    const { kind } = entry(this.plan.columns, at);
    const lane = this.firstLane[at]!;
    const quick = kind.kind === 'number' ? parseDecimal(bytes, start, end, this.decimal) : NaN;
    if (!Number.isNaN(quick)) {
      this.lanes.set(lane, quick);
      this.rowValues++;
      return;
    }
    const words = kind.kind === 'text' ? this.words.get(at) : undefined;
    const text = start === end || words?.isFull === true ? '' : this.text(start, end);
    if (kind.kind === 'vector') {
      this.writeVector(lane, kind.size, text);
      return;
    }
    const value = words === undefined ? this.valueOf(entry(this.plan.columns, at), lane, text) : words.place(text);
    this.lanes.set(lane, value ?? NaN);
    if (value === undefined) {
      this.odd[lane]!++;
      this.rowOdd.push(lane);
    } else if (Number.isNaN(value)) this.missing[lane]!++;
    else if (kind.kind !== 'text') this.rowValues++;
  }

  private writeVector(lane: number, size: number, text: string): void {
    const numbers = isMissing(text) ? [] : vectorOf(text, this.plan.form);
    for (let i = 0; i < size; i++) this.lanes.set(lane + i, numbers?.[i] ?? NaN);
    if (numbers === null) {
      this.odd[lane]!++;
      this.rowOdd.push(lane);
    } else if (numbers.length > 0) this.rowValues++;
  }

  private valueOf({ kind }: PlannedColumn, lane: number, text: string): number | undefined {
    const value = readCell(text, kind, this.plan.form);
    if (typeof value !== 'object') return value;
    const before = this.moments.get(lane);
    // Midnight itself is often written without its time, and noon of twelve hours may be far down.
    if (before === undefined || rank(value) > rank(before)) {
      this.moments.set(lane, value);
      if (kind.kind === 'moment' && value.kind === 'datetime') this.undated--;
    }
    const isMinutes = kind.kind === 'moment' && kind.minutes && value.kind === 'time';
    return isMinutes ? value.seconds / 60 : value.seconds;
  }

  /** Collects rows that are no samples, and decides on them once a row of samples follows. */
  private judge(row: RowScanner, count: number, isBare: boolean): void {
    const odd = this.oddRows;
    const isText =
      this.rowValues === 0 || this.rowOdd.includes(this.firstLane[this.plan.firstValue]!) || count < this.cells / 2;
    const isOdd = isBare || this.isMisfit || (this.rowOdd.length > 0 && isText);
    if (isOdd) {
      if (odd.count === 0) odd.blanks = this.written;
      odd.count++;
      if (this.isMisfit) odd.overfull++;
      else if (row.count < this.plan.leastCells) odd.short++;
      for (const lane of this.rowOdd) odd.lanes.push(lane);
      if (this.rowValues === 0 && count >= this.plan.leastCells - 1 && odd.names === null) {
        odd.names = Array.from({ length: count }, (_, cell) => this.text(row.starts[cell]!, row.ends[cell]!).trim());
      }
      return;
    }
    if (odd.count === 0) return;
    if (odd.names !== null && this.isHeader(odd.names)) this.dropOdd(1, odd.names);
    this.oddRows = noOddRows();
  }

  /** Whether a row between samples names their columns: with the names of the table, or with others for all of them. */
  private isHeader(names: readonly string[]): boolean {
    const own = this.plan.headerCells;
    if (own !== null) return names.filter((name, at) => name === own[at]).length * 2 > names.length;
    return false;
  }

  /** Drops the odd rows that stand before the last `kept` ones. */
  private dropOdd(kept: 0 | 1, names: readonly string[] | null): void {
    const { count, lanes, overfull, short } = this.oddRows;
    this.overfull -= overfull;
    this.short -= short;
    for (const lane of lanes) this.odd[lane]!--;
    if (kept === 1) this.lanes.moveLast(count);
    this.lanes.rewind(count);
    if (kept === 1) this.breaks.push({ row: this.lanes.rows - 1, names });
  }

  /** Drops what stands below the table. @returns how many rows that were. */
  finish(): number {
    // Rows of nothing but delimiters at the end are no samples.
    this.lanes.rewind(this.emptyRows);
    const { count, blanks } = this.oddRows;
    if (count === 0 || count > 20 || count * 2 > this.lanes.rows) return 0;
    this.dropOdd(0, null);
    // Empty lines above them were no missing samples of a single column either.
    this.lanes.rewind(blanks);
    this.oddRows = noOddRows();
    return count;
  }

  /** @throws UnreadableError when the rows have too little in common for a table. */
  checkShape(): void {
    const { overfull, short, cells } = this;
    const { rows } = this.lanes;
    if (overfull * 100 > rows && overfull > 0) {
      throw new UnreadableError(
        `it is not a table: ${overfull} of ${rows} rows have more than the ${cells} cells of the others`,
      );
    }
    if (short * 2 > rows && rows > 1) {
      throw new UnreadableError(
        `it is not a table: ${short} of ${rows} rows have fewer than the ${cells} cells of its header or the other rows`,
      );
    }
  }
}

function rank({ kind, period }: Moment): number {
  return kind === 'datetime' ? 3 : kind === 'date' ? 0 : period === 43_200 ? 1 : 2;
}
