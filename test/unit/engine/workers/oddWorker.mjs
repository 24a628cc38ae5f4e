import { setImmediate } from 'node:timers';
import { parentPort, threadId } from 'node:worker_threads';

/** A worker thread that does what the path it is given says. */

/** @type {Map<number, () => void>} */
const waiting = new Map();

const port = parentPort;
if (port === null) throw new Error('this script runs in a worker thread');

/** @param {import('../../../../src/engine/workers/tasks').FromWorker} answer */
function answer(answer) {
  port?.postMessage(answer);
}

/** @param {import('../../../../src/engine/workers/tasks').ToWorker} message */
function receive(message) {
  if (message.type === 'close') port?.close();
  if (message.type === 'cancel') waiting.get(message.id)?.();
  if (message.type !== 'run') return;
  const { id } = message;
  const { path } = /** @type {{ path: string }} */ (message.args);
  switch (path) {
    case 'die':
      return process.exit(3);
    case 'dieLater':
      answer({ type: 'done', id, result: path });
      setImmediate(() => process.exit(3));
      return;
    case 'throw':
      throw new Error('a bug');
    case 'wait':
      waiting.set(id, () => {
        answer({ type: 'done', id, result: 'late' });
      });
      return;
    case 'unreadable':
      answer({
        type: 'failed',
        id,
        error: { name: 'UnreadableError', message: 'it is odd', stack: '', code: 'ENOENT', path: null },
      });
      return;
    case 'which':
      answer({ type: 'done', id, result: threadId });
      return;
    default:
      answer({ type: 'done', id, result: path });
  }
}

port.on('message', receive);
