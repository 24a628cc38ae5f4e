import type { ChannelScale } from '../encoder/inputs';
import type { Track } from '../encoder/tracks';
import type { ReadOptions } from '../recordings/reader';
import type { ContentMark } from '../recordings/readFile';
import type { Glance } from './glance';
import type { Survey } from './store/records';

/** What decides how one file is read and embedded. */
export interface WorkOptions {
  readonly read: Omit<ReadOptions, 'signal'>;
  readonly maximumSteps: number;
}

/** What holds for the file at a path. */
export type WorkOptionsOf = (path: string) => WorkOptions;

export interface EmbedRequest {
  readonly number: number;
  readonly scales: readonly ChannelScale[];
  /** The rate to which it is brought before, in Hz, or `null` to take it as it was recorded. */
  readonly rate: number | null;
}

export interface EmbeddedSequence {
  readonly number: number;
  readonly values: Uint8Array<ArrayBuffer>;
  readonly covered: number;
  readonly track?: Track;
}

export type Priority = 'background' | 'interactive';

/** Does the heavy work on single files, out of this thread. Rejections carry an UnreadableError where it is the file's fault. */
export interface FileWorker {
  /** Looks at many files without opening them, in their order. */
  glances(paths: readonly string[], signal: AbortSignal): Promise<readonly Glance[]>;
  mark(path: string, options: WorkOptions, priority: Priority, signal: AbortSignal): Promise<ContentMark>;
  survey(path: string, options: WorkOptions, priority: Priority, signal: AbortSignal): Promise<Survey>;
  embed(
    path: string,
    requests: readonly EmbedRequest[],
    options: WorkOptions,
    priority: Priority,
    signal: AbortSignal,
  ): Promise<readonly EmbeddedSequence[]>;
}

/** A worker that died over a file: its memory ran out, or native code failed. */
export class WorkerDiedError extends Error {
  override readonly name = 'WorkerDiedError';
}
