import type { ChannelScale } from '../encoder/inputs';
import type { ReadOptions } from '../recordings/reader';
import type { ContentMark } from '../recordings/readFile';
import type { Survey } from './store/records';

/** What decides how a file is read and embedded. */
export interface WorkOptions {
  readonly read: Omit<ReadOptions, 'signal'>;
  readonly maximumSteps: number;
}

export interface EmbedRequest {
  readonly number: number;
  readonly scales: readonly ChannelScale[];
}

export interface EmbeddedSequence {
  readonly number: number;
  readonly values: Float32Array;
  readonly covered: number;
}

export type Priority = 'background' | 'interactive';

/** Does the heavy work on single files, out of this thread. Rejections carry an UnreadableError where it is the file's fault. */
export interface FileWorker {
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
