import { parentPort } from 'node:worker_threads';
import type { FromWorker, ToWorker } from '../../../src/engine/workers/tasks';

/** A worker thread that is done with a task only when it is told to stop. */

const running = new Map<number, string>();

function answer(message: FromWorker): void {
  parentPort?.postMessage(message);
}

parentPort?.on('message', (message: ToWorker) => {
  switch (message.type) {
    case 'run': {
      const { path } = message.args as { readonly path: string };
      const what = `${message.task} of ${path}`;
      running.set(message.id, what);
      process.stdout.write(`runs ${what}\n`);
      return;
    }
    case 'cancel': {
      const error = { name: 'AbortError', message: 'stopped', stack: '', code: null, path: null };
      process.stdout.write(`stops ${running.get(message.id) ?? 'nothing'}\n`);
      answer({ type: 'failed', id: message.id, error });
      return;
    }
    case 'close':
      parentPort?.close();
  }
});
