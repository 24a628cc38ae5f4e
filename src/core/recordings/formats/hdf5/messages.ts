import type { ReadOptions } from '../../reader';
import type { Sequence } from '../../sequence';

/** A file that the thread of the HDF5 library is to read. */
export interface Job {
  readonly path: string;
  readonly size: number;
  /** Whether MATLAB wrote it, which keeps its matrices and names in its own way. */
  readonly kind: 'hdf5' | 'mat';
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

/** What the thread is given at its start: it counts its calls of the library here, so that one without an end is noticed. */
export interface ThreadSettings {
  readonly beats: SharedArrayBuffer;
}
