import type { EmbeddedSequence, EmbedRequest, WorkOptions } from '../indexer/fileWorker';
import type { Columns } from '../sequences/reduce';
import type { ContentMark } from '../sequences/readFile';
import type { Survey } from '../store/records';

/** A sequence's plot before it is put on the wire. */
export interface ReducedSequence {
  readonly steps: number;
  readonly rate: number | null;
  readonly channels: readonly (Columns & { readonly name: string | null; readonly unit: string | null })[];
  readonly hidden: number;
}

/** What a worker thread can be asked for, with its answer. */
export interface Tasks {
  mark(args: { path: string; options: WorkOptions }): ContentMark;
  survey(args: { path: string; options: WorkOptions }): Survey;
  embed(args: { path: string; options: WorkOptions; requests: readonly EmbedRequest[] }): readonly EmbeddedSequence[];
  reduce(args: {
    path: string;
    options: WorkOptions;
    number: number;
    columns: number;
    channels: number;
  }): ReducedSequence;
}

export type TaskName = keyof Tasks;

/** What a worker thread is started with. */
export interface WorkerSettings {
  /** The folder of the encoder. */
  readonly models: string;
}

export type ToWorker =
  | { readonly type: 'run'; readonly id: number; readonly task: TaskName; readonly args: unknown }
  | { readonly type: 'cancel'; readonly id: number }
  /** Stop what is running, then end. */
  | { readonly type: 'close' };

export type FromWorker =
  | { readonly type: 'done'; readonly id: number; readonly result: unknown }
  | { readonly type: 'failed'; readonly id: number; readonly error: PortableError };

/** An error as it crosses threads: structured cloning keeps neither class nor code. */
export interface PortableError {
  readonly name: string;
  readonly message: string;
  readonly stack: string;
  /** The code of the file system error behind it, if there is one. */
  readonly code: string | null;
}
