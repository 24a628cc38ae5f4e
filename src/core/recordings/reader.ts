import type { ByteSource } from './source';
import type { Decisions } from './reading/decisions';
import type { DescribedText } from './reading/tableReading';
import type { Sequence } from './sequence';

export { UnreadableError } from './unreadable';

export type Format =
  | ('delimited' | 'ucr' | 'ts' | 'arff' | 'lvm' | 'json' | 'json-lines' | 'gzip')
  | ('npy' | 'npz' | 'mat' | 'hdf5' | 'parquet' | 'arrow' | 'fit')
  | ('wav' | 'aiff' | 'flac' | 'mp3' | 'vorbis' | 'wfdb' | 'edf' | 'brainvision');

/** How the axes of a two-dimensional array are read; `auto` takes the longer one for time. */
export type ArrayAxes = 'auto' | 'time-first' | 'channels-first';

export interface ReadOptions {
  /** Files with more bytes than this are refused. */
  readonly maximumBytes: number;
  /** Files with more samples than this, over all channels and sequences, are refused before memory is taken. */
  readonly maximumSamples: number;
  readonly arrayAxes: ArrayAxes;
  /** What a user decided about the reading of this file. */
  readonly decisions?: Decisions;
  readonly signal?: AbortSignal;
}

export const defaultReadOptions: ReadOptions = {
  maximumBytes: 2 ** 30,
  maximumSamples: 2 ** 26,
  arrayAxes: 'auto',
};

/** One file format. Readers hold no state; a new `version` makes what older ones produced invalid. */
export interface Reader {
  readonly format: Format;
  readonly version: number;
  /** Lower-case extensions with their dot. */
  readonly extensions: readonly string[];
  /**
   * Whether a file with one of the extensions is of this format, judged by its first bytes (`source.head`).
   * A file that no reader claims is passed over silently, so a damaged file should still be claimed.
   */
  claims(source: ByteSource): boolean;
  /** The other files that hold a part of this recording, as absolute paths; they may be missing. */
  companions?(source: ByteSource): readonly string[] | Promise<readonly string[]>;
  /** The reader of what is packed in the file, `null` for what no reader claims. */
  inner?(source: ByteSource): Reader | null;
  /** The beginning of a text table, also of one that cannot be read, with what was found of the text itself. */
  describe?(source: ByteSource, options: ReadOptions): Promise<DescribedText | null>;
  /**
   * Reads every sequence of the file, in pieces.
   * @throws UnreadableError with the reason for the list of skipped files.
   */
  read(source: ByteSource, options: ReadOptions): Promise<readonly Sequence[]>;
}
