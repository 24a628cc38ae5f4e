import type { Mark } from './marks';
import type { TableReading } from './reading/tableReading';

/** One measured quantity over time. Missing samples are NaN until `bridgeGaps` has run. */
export interface Channel {
  /** The name that the file gives, or `null`. Hostile text: escape it wherever it is shown. */
  readonly name: string | null;
  /** The physical unit that the file gives, or `null`. */
  readonly unit: string | null;
  readonly values: Float32Array;
}

/** T time steps of C channels: every channel holds the same number of values. */
export interface Sequence {
  readonly channels: readonly Channel[];
  /** Sampling rate in Hz, or `null` if the file does not tell. */
  readonly rate: number | null;
  /** The label that the file itself gives, or `null`. */
  readonly label: string | null;
  /** The name of the sequence within its file (an `.npz` member, a series' id), or `null`. */
  readonly name: string | null;
  /** What a user should know of how this sequence was read: a resampled clock, a text column left out. */
  readonly notes: readonly string[];
  /** What the reader is not sure of, so that a user should check how the file is read; none unless given. */
  readonly doubts?: readonly string[];
  /** What its file says about stretches of it; given only where a user asked for segments. */
  readonly marks?: readonly Mark[];
  /** Time steps [start, end) of longer runs of missing samples of any channel, which were bridged; given only where there are. */
  readonly gaps?: readonly { readonly start: number; readonly end: number }[];
  /** How its table was read, where it comes from one. */
  readonly reading?: TableReading;
  /** Where each channel stands in the file; given only where that is another order. */
  readonly places?: readonly number[];
}

/** A sequence of a file that cannot be used, and why, as the end of the sentence "skipped, because ...". */
export interface UnusableSequence {
  /** The sequence's number in its file, from 0. */
  readonly number: number;
  readonly reason: string;
}

/** The number of time steps of a sequence. */
export function stepsOf(sequence: Sequence): number {
  return sequence.channels[0]?.values.length ?? 0;
}
