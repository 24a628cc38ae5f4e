import type { Arrangement, Match, SequenceSummary, SortKey } from '../../protocol/engine';

/** A ranked sequence. */
export interface Row {
  /** Of the sequence, which costs nothing to know. */
  readonly key: string;
  /** Its place among all candidates by distance, from 1. */
  readonly rank: number;
  readonly distance: number;
  readonly sequence: SequenceSummary;
  /** Where several sequences are asked about, the nearest of those that are wanted. */
  readonly nearest?: Match['nearest'];
}

/** What a row is sorted by: values of one column are all numbers or all strings, `null` where it has none. */
type Value = number | string | null;

/** The folder of a shown path without its closing slash; empty for a file in the root. */
export function folderOfFile(file: string): string {
  return file.slice(0, Math.max(0, file.lastIndexOf('/')));
}

/** The length in seconds, or `null` where the rate is unknown. */
export function seconds({ steps, rate }: SequenceSummary): number | null {
  return rate === null || rate <= 0 ? null : steps / rate;
}

const values: Readonly<Record<SortKey, (row: Row) => Value>> = {
  distance: ({ rank }) => rank,
  name: ({ sequence }) => sequence.file.slice(sequence.file.lastIndexOf('/') + 1),
  folder: ({ sequence }) => folderOfFile(sequence.file),
  label: ({ sequence }) => sequence.label,
  length: ({ sequence }) => seconds(sequence),
  rate: ({ sequence }) => sequence.rate,
  channels: ({ sequence }) => sequence.channels.length,
  format: ({ sequence }) => sequence.format,
};

// As the Explorer does: a2 comes before a10.
const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

/**
 * The rows, which come nearest first, by a column. Rows without a value come last in either direction, and among equals
 * the nearest comes first.
 */
export function sorted(rows: readonly Row[], { key, descending }: Arrangement['sorting']): readonly Row[] {
  if (key === 'distance' && !descending) return rows;
  // Steps cannot be compared with seconds, so they count only where no rate is known at all.
  const inSteps = key === 'length' && rows.every(({ sequence }) => seconds(sequence) === null);
  const valueOf = inSteps ? ({ sequence }: Row) => sequence.steps : values[key];
  const keyed = rows.map((row) => ({ row, value: valueOf(row) }));
  keyed.sort((a, b) => compare(a.value, b.value, descending) || a.row.rank - b.row.rank);
  return keyed.map(({ row }) => row);
}

function compare(a: Value, b: Value, descending: boolean): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  const order = typeof a === 'string' && typeof b === 'string' ? collator.compare(a, b) : Number(a) - Number(b);
  return descending ? -order : order;
}
