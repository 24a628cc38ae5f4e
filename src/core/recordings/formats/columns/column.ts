import type { Moment } from '../../clock/moments';
import { parseMoment } from '../../clock/moments';
import { clockName, mentionsTime } from '../../clock/names';
import type { TableColumn } from '../../table/column';
import { Words } from '../delimited/words';
import { plainText } from '../pcm/text';
import { isMissing } from '../text/numbers';
import { exactSamplesFor, samplesFor } from '../../allocate';

/** A column of numbers alone; infinite ones become missing, in place. @param exact the same numbers, if it may be a clock */
export function numberColumn(
  name: string | null,
  unit: string | null,
  values: Float32Array,
  exact: Float64Array | null,
): TableColumn {
  let infinite = 0;
  for (let i = 0; i < values.length; i++) {
    if (Math.abs(values[i]!) !== Infinity) continue;
    infinite++;
    values[i] = NaN;
  }
  return { name, unit, kind: 'number', values, exact, moment: null, words: [], odd: 0, infinite };
}

/** Whether a name, or the unit beside it, may be one of a clock. */
export function mayBeClock(name: string | null, unit: string | null): boolean {
  return name !== null && (clockName(name, unit) !== null || mentionsTime(name));
}

/** A point in time, in seconds since 1970. */
export interface Instant {
  readonly seconds: number;
}

/** What a cell may hold; `null` and `undefined` are missing. */
export type Cell = number | bigint | boolean | string | Instant | null | undefined;

/** Takes the cells of a column one by one, in as much memory as they need. */
export class ColumnBuilder {
  private values = new Float32Array(256);
  private exact: Float64Array | null;
  /** The place of each text in `words`, once there is one. */
  private places: Float32Array | null = null;
  private readonly words = new Words();
  private moment: Moment | null = null;
  private length = 0;
  private texts = 0;
  private dates = 0;
  private numbers = 0;
  private infinite = 0;

  /** @param first Whether it is the first column of its table, which is more often a clock than others. */
  constructor(
    readonly name: string | null,
    readonly unit: string | null,
    first: boolean,
  ) {
    this.exact = first || mayBeClock(name, unit) ? new Float64Array(256) : null;
  }

  get rows(): number {
    return this.length;
  }

  add(cell: Cell): void {
    if (this.length === this.values.length) this.grow();
    const number = this.numberOf(cell);
    const value = Math.fround(number);
    if (Number.isFinite(value)) this.numbers++;
    else if (!Number.isNaN(number)) this.infinite++;
    this.values[this.length] = Number.isFinite(value) ? value : NaN;
    if (this.exact !== null) this.exact[this.length] = number;
    this.length++;
  }

  /** Adds missing cells until there are `rows`. */
  fill(rows: number): void {
    while (this.length < rows) this.add(null);
  }

  private numberOf(cell: Cell): number {
    if (typeof cell === 'number') return cell;
    if (typeof cell === 'bigint' || typeof cell === 'boolean') return Number(cell);
    if (typeof cell === 'string') return this.numberOfText(cell);
    if (cell == null || Number.isNaN(cell.seconds)) return NaN;
    return this.dated({ seconds: cell.seconds, kind: 'datetime', period: Infinity, zoned: true });
  }

  private numberOfText(text: string): number {
    if (isMissing(text)) return NaN;
    const number = Number(text);
    if (!Number.isNaN(number)) return number;
    const moment = parseMoment(text, 'day-first');
    if (moment !== undefined) return this.dated(moment);
    this.texts++;
    this.places ??= new Float32Array(this.values.length).fill(NaN);
    this.places[this.length] = this.words.place(text);
    return NaN;
  }

  private dated(moment: Moment): number {
    this.dates++;
    // Midnight is often written without its time.
    if (this.moment === null || (this.moment.kind === 'date' && moment.kind !== 'date')) this.moment = moment;
    // A column whose first cell is a point in time is a clock, whatever its name.
    if (this.length === 0) this.exact ??= new Float64Array(this.values.length);
    return moment.seconds;
  }

  private grow(): void {
    const values = samplesFor(this.length * 2);
    values.set(this.values);
    this.values = values;
    if (this.exact !== null) {
      const exact = exactSamplesFor(this.length * 2);
      exact.set(this.exact);
      this.exact = exact;
    }
    if (this.places === null) return;
    const places = samplesFor(this.length * 2).fill(NaN);
    places.set(this.places);
    this.places = places;
  }

  /** The column, of the kind that most of its cells are of; nothing can be added afterwards. */
  column(): TableColumn {
    const { name, unit, infinite, length, texts, numbers, dates, moment, places } = this;
    const base = { name, unit, infinite, words: [], odd: texts };
    const values = this.values.slice(0, length);
    const exact = this.exact?.slice(0, length) ?? null;
    if (moment !== null && dates * 2 > length) {
      return { ...base, kind: 'moment', values, exact, moment, odd: texts + numbers - dates };
    }
    if (places === null || texts < numbers) return { ...base, kind: 'number', values, exact, moment: null };
    const words = this.words.list().map((word) => plainText(word));
    return { ...base, kind: 'text', values: places.slice(0, length), exact: null, moment: null, words };
  }
}
