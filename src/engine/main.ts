import { constants, setPriority } from 'node:os';
import { join } from 'node:path';
import {
  createMessageConnection,
  IPCMessageReader,
  IPCMessageWriter,
  type CancellationToken,
} from 'vscode-jsonrpc/node';
import {
  requestNames,
  type IndexStatus,
  type NotificationName,
  type Notified,
  type RequestName,
} from '../protocol/engine';
import { answered } from './answering';
import { Engine } from './engine';

/** The entry of the engine process: answers the requests of the protocol over Node's IPC channel. */

// Indexing takes every core it is given; the editor must come first. Threads inherit this, so it comes before them.
setPriority(constants.priority.PRIORITY_BELOW_NORMAL);

const connection = createMessageConnection(new IPCMessageReader(process), new IPCMessageWriter(process));

const millisecondsBetweenStatuses = 100;
let latest: IndexStatus | undefined;
let sending: NodeJS.Timeout | undefined;

function notify<Name extends NotificationName>(name: Name, what: Notified<Name>): void {
  connection.sendNotification(name, what).catch((error: unknown) => {
    process.stderr.write(`A message to the editor was lost: ${String(error)}\n`);
  });
}

/** Thousands of files a second would flood the host: the latest status goes out ten times a second at most. */
function sendStatus(status: IndexStatus): void {
  latest = status;
  sending ??= setTimeout(() => {
    sending = undefined;
    if (latest !== undefined) notify('status', latest);
  }, millisecondsBetweenStatuses);
}

const engine = new Engine(join(__dirname, 'worker.cjs'), {
  status: sendStatus,
  log: (message) => {
    notify('log', message);
  },
});

function logError(text: string): void {
  notify('log', { level: 'error', text });
}

/** @param params whatever came: the engine validates it */
function answer(name: RequestName, params: unknown, token: CancellationToken): Promise<unknown> {
  return answered(token, logError, (signal) => engine.ask(name, params as never, signal));
}

for (const name of requestNames) {
  connection.onRequest(name, (params: unknown, token: CancellationToken) => answer(name, params, token));
}
connection.listen();

// The channel closes when the editor ends or asks for the end.
process.on('disconnect', () => {
  engine.close().then(
    () => process.exit(0),
    (error: unknown) => {
      process.stderr.write(`The engine did not end well: ${String(error)}\n`);
      process.exit(1);
    },
  );
});
