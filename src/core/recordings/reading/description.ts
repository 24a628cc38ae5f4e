import type { Format } from '../reader';
import type { Decisions } from './decisions';

/** How a file is read, for people to judge: what was decided, and what came of it. */
export interface ReadingDescription {
  readonly format: Format;
  /** Why nothing could be read, as the end of "skipped, because ...", or `null`. */
  readonly problem: string | null;
  /** The decisions that bear on files of this format. */
  readonly decidable: readonly (keyof Decisions)[];
  /** What holds, whether the reader found it or a rule says it. */
  readonly decided: Decisions;
  /** The first sequences. */
  readonly sequences: readonly DescribedSequence[];
  readonly sequenceCount: number;
  /** The beginning of a text table, or `null` for other formats. */
  readonly table: DescribedTable | null;
}

export interface DescribedSequence {
  readonly name: string | null;
  readonly label: string | null;
  /** Hz, or `null`. */
  readonly rate: number | null;
  readonly steps: number;
  readonly channels: readonly { readonly name: string | null; readonly unit: string | null }[];
  readonly notes: readonly string[];
  /** What a user should check, since the reader is not sure of it. */
  readonly doubts: readonly string[];
}

/** What a line of a text table was taken for. */
export type RowRole = 'passedOver' | 'names' | 'units' | 'samples';

/** What a column of a text table was taken for. */
export type ColumnRole = 'clock' | 'label' | 'channel' | 'series' | 'leftOut';

export interface DescribedTable {
  /** The first lines, cut into cells by the delimiter in use; `line` counts from 1. */
  readonly rows: readonly { readonly line: number; readonly role: RowRole; readonly cells: readonly string[] }[];
  readonly columns: readonly { readonly name: string | null; readonly role: ColumnRole }[];
}
