import { parentPort, workerData } from 'node:worker_threads';
import { UnreadableError } from '../../reader';
import { progress } from './library';
import type { FromThread, ThreadSettings, ToThread } from './messages';
import { readByLibrary } from './read';

/** The entry of the thread that holds the HDF5 library: reads one file after the other. */

const port = parentPort;
if (port === null) throw new Error('this script runs in a worker thread');

const beats = new Int32Array((workerData as ThreadSettings).beats);
progress.beat = () => {
  Atomics.add(beats, 0, 1);
};

async function answer({ job, options }: ToThread): Promise<FromThread> {
  try {
    return { type: 'read', sequences: await readByLibrary(job, options) };
  } catch (error) {
    if (error instanceof UnreadableError) return { type: 'unreadable', reason: error.message, fresh: progress.failed };
    return { type: 'failed', error: error instanceof Error ? error : new Error(String(error)) };
  }
}

port.on('message', (message: ToThread) => {
  answer(message).then(
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
