import { parentPort, workerData } from 'node:worker_threads';
import { UnreadableError, type ReadOptions } from '../../reader';
import type { Sequence } from '../../sequence';
import type { FromThread, Job, ThreadSettings, ToThread } from './messages';

/** How the library is doing: whoever watches the thread is told of every call, and of one that has little to do. */
export const progress: { beat: (isShort?: boolean) => void; failed: boolean } = {
  beat: () => undefined,
  failed: false,
};

/** Makes this thread read one file after the other. */
export function serve(read: (job: Job, options: ReadOptions) => Promise<readonly Sequence[]>): void {
  const port = parentPort;
  if (port === null) throw new Error('this script runs in a worker thread');
  const beats = new Int32Array((workerData as ThreadSettings).beats);
  progress.beat = (isShort = false) => {
    // Whoever looks in between is to see the longer patience.
    if (!isShort) Atomics.store(beats, 1, 0);
    Atomics.add(beats, 0, 1);
    if (isShort) Atomics.store(beats, 1, 1);
  };
  port.on('message', (message: ToThread) => {
    progress.beat();
    answer(read(message.job, message.options)).then(
      (result) => {
        const sequences = result.type === 'read' ? result.sequences : [];
        const buffers = new Set(sequences.flatMap(({ channels }) => channels.map(({ values }) => values.buffer)));
        port.postMessage(result, [...buffers] as ArrayBuffer[]);
      },
      (error: unknown) => {
        throw error;
      },
    );
  });
}

async function answer(reading: Promise<readonly Sequence[]>): Promise<FromThread> {
  try {
    return { type: 'read', sequences: await reading };
  } catch (error) {
    if (error instanceof UnreadableError) return { type: 'unreadable', reason: error.message, fresh: progress.failed };
    return { type: 'failed', error: error instanceof Error ? error : new Error(String(error)) };
  }
}
