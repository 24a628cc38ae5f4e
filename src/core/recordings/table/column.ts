import { entry } from '../entry';
import type { MomentKind } from '../clock/moments';
import type { Doubt } from '../reading/doubts';

/** One column of a table, whatever it was read from: text, a database, a data frame. */
export interface TableColumn {
  readonly name: string | null;
  readonly unit: string | null;
  /**
   * Moments are dates and times of day; of text, `values` holds the place of each word in `words`. Unread ones hold
   * numbers that nobody asked for, and have no values here.
   */
  readonly kind: 'number' | 'moment' | 'text' | 'unread';
  /** One per row, NaN where missing. */
  readonly values: Float32Array;
  /** The same in double precision, for what may be a clock or a counter: numbers as they are, moments in seconds. */
  readonly exact: Float64Array | null;
  readonly moment: {
    readonly kind: MomentKind;
    readonly period: number;
    readonly zoned: boolean;
    /** Whether it is not sure that the day stands before the month, or behind it, and both tell other steps. */
    readonly openOrder?: boolean;
  } | null;
  /** The different texts of a column of text in their order; empty where they were too many to keep. */
  readonly words: readonly string[];
  /** Cells that held neither a value of this kind nor nothing. */
  readonly odd: number;
  /** Numbers that single precision cannot hold, read as missing. */
  readonly infinite: number;
}

/** A column with its number in the file, from 1. */
export interface PlacedColumn extends TableColumn {
  readonly number: number;
}

/** Columns of equal length, and what their file says beside them. */
export interface Table {
  readonly rows: number;
  readonly columns: readonly PlacedColumn[];
  /** Columns of the file without any value. */
  readonly empty: readonly { readonly name: string | null; readonly number: number }[];
  /** Whether the columns have names of their own, or are only counted. */
  readonly named: boolean;
  /** The sampling rate that the file states in Hz, with its own words for it. */
  readonly stated: { readonly rate: number; readonly words: string } | null;
  /** What was decided while the columns were read. */
  readonly notes: readonly string[];
  /** What was unsure of that. */
  readonly doubts?: readonly Doubt[];
  /** The file's name, which may say that it is an archive of series. */
  readonly fileName: string;
}

/** The name of a column as a message shows it. @param at its number from 0 */
export function shownName(column: TableColumn & { readonly number?: number }, at: number): string {
  return column.name === null ? `column ${column.number ?? at + 1}` : quoted(column.name);
}

/** A piece of hostile text from a file, short enough to be part of a message. */
export function quoted(text: string): string {
  const short = text.slice(0, 400).trim().replace(/\s+/g, ' ');
  return `"${short.length > 60 ? `${short.slice(0, 57)}...` : short}"`;
}

/** Names of columns as a message lists them. */
export function listed(columns: readonly TableColumn[], places: readonly number[]): string {
  const shown = places.slice(0, 8).map((at) => shownName(entry(columns, at), at));
  return shown.join(', ') + (places.length > 8 ? ` and ${places.length - 8} more` : '');
}
