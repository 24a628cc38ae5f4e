import type { Format } from '../reader';
import type { Decisions } from './decisions';
import type { DescribedTable } from './tableReading';

export type { ColumnRole, DescribedTable, RowRole } from './tableReading';

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
  /** Why it cannot be used though it was read, as the end of "skipped, because ...". */
  readonly problem?: string;
}
