import type { Decisions } from './decisions';

/** What a column of a table was taken for. */
export type ColumnRole = 'clock' | 'label' | 'channel' | 'series' | 'leftOut';

/** How a table was read, for people to judge and for rules to repeat. */
export interface TableReading {
  /** What was found or decided; given back as decisions, it leads to the same sequences. */
  readonly found: Decisions;
  /** All columns in the order of the file. */
  readonly columns: readonly { readonly name: string | null; readonly role: ColumnRole }[];
  /** Whether the channels are already those that a user chose. */
  readonly isChosen: boolean;
}

/** What a line of a text table was taken for. */
export type RowRole = 'passedOver' | 'names' | 'units' | 'samples';

export interface DescribedTable {
  /** The first lines, cut into cells by the delimiter in use; `line` counts from 1. */
  readonly rows: readonly { readonly line: number; readonly role: RowRole; readonly cells: readonly string[] }[];
  readonly columns: readonly { readonly name: string | null; readonly role: ColumnRole }[];
}

/** A text table as it stands in its file. */
export interface DescribedText {
  readonly table: DescribedTable;
  /** What was found of the text itself, or decided. */
  readonly found: Decisions;
}
