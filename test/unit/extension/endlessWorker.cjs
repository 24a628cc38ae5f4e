const { parentPort } = require('node:worker_threads');

/** A worker thread that is done with a task only when it is told to stop. */

/** @type {Map<number, string>} */
const running = new Map();

parentPort?.on('message', (/** @type {import('../../../src/engine/workers/tasks').ToWorker} */ message) => {
  switch (message.type) {
    case 'run': {
      const { path } = /** @type {{ path: string }} */ (message.args);
      running.set(message.id, `${message.task} of ${path}`);
      process.stdout.write(`runs ${message.task} of ${path}\n`);
      return;
    }
    case 'cancel': {
      process.stdout.write(`stops ${running.get(message.id) ?? 'nothing'}\n`);
      const error = { name: 'AbortError', message: 'stopped', stack: '', code: null };
      parentPort?.postMessage({ type: 'failed', id: message.id, error });
      return;
    }
    case 'close':
      parentPort?.close();
  }
});
