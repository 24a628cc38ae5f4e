import { constants, setPriority } from 'node:os';
import { join } from 'node:path';
import {
  createMessageConnection,
  IPCMessageReader,
  IPCMessageWriter,
  ResponseError,
  type CancellationToken,
} from 'vscode-jsonrpc/node';
import {
  requestNames,
  type IndexStatus,
  type NotificationName,
  type Notified,
  type Refusal,
  type RequestName,
} from '../protocol/engine';
import { Engine } from './engine';
import { RequestError } from './requestError';

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

/** What the extension is told of a failure; the log is told of those that are nobody's wish. */
function refusalOf(error: unknown, signal: AbortSignal): Refusal {
  if (error instanceof RequestError && error.kind !== 'invalid') return { kind: error.kind, reason: error.message };
  if (signal.aborted) return { kind: 'cancelled', reason: 'Nobody waits for the answer any more.' };
  notify('log', { level: 'error', text: detailsOf(error) });
  if (error instanceof RequestError) return { kind: error.kind, reason: error.message };
  return { kind: 'internal', reason: 'An unexpected error happened in the engine; the log tells more.' };
}

function detailsOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const own = error.stack ?? error.message;
  return error.cause === undefined ? own : `${own}\ncaused by ${detailsOf(error.cause)}`;
}

function signalOf(token: CancellationToken): AbortSignal {
  const controller = new AbortController();
  if (token.isCancellationRequested) controller.abort();
  token.onCancellationRequested(() => {
    controller.abort();
  });
  return controller.signal;
}

/** @param params whatever came: the engine validates it */
async function answered(name: RequestName, params: unknown, token: CancellationToken): Promise<unknown> {
  const signal = signalOf(token);
  try {
    return await engine.ask(name, params as never, signal);
  } catch (error) {
    const refusal = refusalOf(error, signal);
    return new ResponseError(1, refusal.reason, refusal);
  }
}

for (const name of requestNames) {
  connection.onRequest(name, (params: unknown, token: CancellationToken) => answered(name, params, token));
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
