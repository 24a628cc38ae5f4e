import { clockName } from '../../clock/names';
import { parseDate } from '../../clock/stamps';
import { isMissing } from '../text/numbers';
import { plainText } from '../pcm/text';

/** One column of a table, all of whose columns hold one value for each row. */
export interface Column {
  readonly name: string | null;
  readonly unit: string | null;
  /** The numbers, NaN where a cell holds none. */
  readonly values: Float32Array;
  readonly numbers: number;
  /** How many cells hold text that is neither number nor date. */
  readonly texts: number;
  /** Infinite numbers, read as missing. */
  readonly infinite: number;
  /** The one text that all cells hold, or `null`. */
  readonly constant: string | null;
  /** Times in double precision, where the column may be a clock. */
  readonly stamps: Float64Array | null;
  /** How many of the stamps are points in time, in seconds. */
  readonly dates: number;
}

/** A column of numbers alone; infinite ones become missing, in place. */
export function numberColumn(
  name: string | null,
  unit: string | null,
  values: Float32Array,
  stamps: Float64Array | null,
): Column {
  let [numbers, infinite] = [0, 0];
  for (let i = 0; i < values.length; i++) {
    if (Number.isFinite(values[i]!)) numbers++;
    else if (!Number.isNaN(values[i]!)) {
      infinite++;
      values[i] = NaN;
    }
  }
  return { name, unit, values, numbers, infinite, texts: 0, constant: null, stamps, dates: 0 };
}

/** What a cell may hold: `Date` is a point in time, `null` and `undefined` are missing. */
export type Cell = number | bigint | boolean | string | Date | null | undefined;

/** Takes the cells of a column one by one, in as much memory as they need. */
export class ColumnBuilder {
  private values = new Float32Array(256);
  private stamps: Float64Array | null;
  private length = 0;
  private texts = 0;
  private dates = 0;
  private numbers = 0;
  private infinite = 0;
  private constant: string | null | undefined;

  /** @param first Whether it is the first column of its table, which is more often a clock than others. */
  constructor(
    readonly name: string | null,
    readonly unit: string | null,
    first: boolean,
  ) {
    const mayTell = first || (name !== null && clockName(name, unit) !== null);
    this.stamps = mayTell ? new Float64Array(256) : null;
  }

  get rows(): number {
    return this.length;
  }

  add(cell: Cell): void {
    const stamp = this.stampOf(cell);
    if (this.length === this.values.length) this.grow();
    const value = Math.fround(stamp);
    if (Number.isFinite(value)) this.numbers++;
    else if (!Number.isNaN(stamp)) this.infinite++;
    this.values[this.length] = Number.isFinite(value) ? value : NaN;
    if (this.stamps !== null) this.stamps[this.length] = stamp;
    this.length++;
  }

  /** Adds missing cells until there are `rows`. */
  fill(rows: number): void {
    while (this.length < rows) this.add(null);
  }

  private stampOf(cell: Cell): number {
    if (typeof cell === 'number') return cell;
    if (typeof cell === 'bigint' || typeof cell === 'boolean') return Number(cell);
    if (typeof cell === 'string') return this.stampOfText(cell);
    if (!(cell instanceof Date)) return NaN;
    return this.date(cell.getTime() / 1000);
  }

  private stampOfText(text: string): number {
    if (isMissing(text)) return NaN;
    const number = Number(text);
    if (!Number.isNaN(number)) return number;
    const date = parseDate(text);
    if (date !== undefined) return this.date(date);
    this.texts++;
    this.constant = this.constant === undefined || this.constant === text ? text : null;
    return NaN;
  }

  private date(seconds: number): number {
    this.dates++;
    // A column whose first cell is a point in time is a clock, whatever its name.
    if (this.length === 0) this.stamps ??= new Float64Array(this.values.length);
    return seconds;
  }

  private grow(): void {
    const values = new Float32Array(this.length * 2);
    values.set(this.values);
    this.values = values;
    if (this.stamps === null) return;
    const stamps = new Float64Array(this.length * 2);
    stamps.set(this.stamps);
    this.stamps = stamps;
  }

  /** The column; nothing can be added afterwards. */
  column(): Column {
    const { name, unit, numbers, texts, infinite, dates, length } = this;
    return {
      ...{ name, unit, numbers, texts, infinite, dates },
      values: this.values.slice(0, length),
      constant: this.texts === length && typeof this.constant === 'string' ? plainText(this.constant) : null,
      stamps: this.stamps?.slice(0, length) ?? null,
    };
  }
}
