import type { ReadOptions } from '../../reader';
import type { Sequence } from '../../sequence';

/** A file that a library is to read in its thread. */
export interface Job {
  readonly path: string;
  readonly size: number;
  /** `mat`: an HDF5 file that MATLAB wrote, which keeps its matrices and names in its own way. */
  readonly kind: 'hdf5' | 'mat' | 'parquet' | 'arrow' | 'mp3' | 'vorbis';
}

export interface ToThread {
  readonly job: Job;
  readonly options: Omit<ReadOptions, 'signal'>;
}

export type FromThread =
  | { readonly type: 'read'; readonly sequences: readonly Sequence[] }
  /** `fresh`: the library failed in such a way that it must be started again. */
  | { readonly type: 'unreadable'; readonly reason: string; readonly fresh: boolean }
  | { readonly type: 'failed'; readonly error: Error };

/**
 * What the thread is given at its start: it counts its calls of the library here, so that one without an end is noticed, and
 * then tells by a one whether the call under way has little to do.
 */
export interface ThreadSettings {
  readonly beats: SharedArrayBuffer;
}
