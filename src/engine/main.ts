import { constants, setPriority } from 'node:os';
import { join } from 'node:path';
import {
  createMessageConnection,
  IPCMessageReader,
  IPCMessageWriter,
  ResponseError,
  type CancellationToken,
} from 'vscode-jsonrpc/node';
import type { IndexStatus, RequestFailure } from '../protocol/engine';
import { notifications, requests } from '../protocol/rpc';
import { Engine } from './engine';
import { RequestError } from './requestError';

/** The entry of the engine process: answers the requests of the protocol over Node's IPC channel. */

// Indexing takes every core it is given; the editor must come first. Threads inherit this, so it comes before them.
setPriority(constants.priority.PRIORITY_BELOW_NORMAL);

const connection = createMessageConnection(new IPCMessageReader(process), new IPCMessageWriter(process));

const millisecondsBetweenStatuses = 100;
let latest: IndexStatus | undefined;
let sending: NodeJS.Timeout | undefined;

function send(notified: Promise<void>): void {
  notified.catch((error: unknown) => {
    process.stderr.write(`A message to the editor was lost: ${String(error)}\n`);
  });
}

/** Thousands of files a second would flood the host: the latest status goes out ten times a second at most. */
function sendStatus(status: IndexStatus): void {
  latest = status;
  sending ??= setTimeout(() => {
    sending = undefined;
    if (latest !== undefined) send(connection.sendNotification(notifications.status, latest));
  }, millisecondsBetweenStatuses);
}

const engine = new Engine(join(__dirname, 'worker.cjs'), {
  status: sendStatus,
  log: (message) => {
    send(connection.sendNotification(notifications.log, message));
  },
});

type Answer<R> = R | ResponseError<RequestFailure>;

async function answered<R>(work: () => R | Promise<R>): Promise<Answer<R>> {
  try {
    return await work();
  } catch (error) {
    const isForUser = error instanceof RequestError;
    const reason = isForUser ? error.message : 'An unexpected error happened in the engine; the log tells more.';
    if (!isForUser) {
      const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
      send(connection.sendNotification(notifications.log, { level: 'error', text }));
    }
    return new ResponseError(1, reason, { reason });
  }
}

function signalOf(token: CancellationToken): AbortSignal {
  const controller = new AbortController();
  if (token.isCancellationRequested) controller.abort();
  token.onCancellationRequested(() => {
    controller.abort();
  });
  return controller.signal;
}

connection.onRequest(requests.open, (params) => answered(() => engine.open(params)));
connection.onRequest(requests.configure, (settings) => answered(() => engine.configure(settings)));
connection.onRequest(requests.folders, (folders) => answered(() => engine.folders(folders)));
connection.onRequest(requests.status, () => answered(() => engine.status()));
connection.onRequest(requests.pause, () => answered(() => engine.pause()));
connection.onRequest(requests.resume, () => answered(() => engine.resume()));
connection.onRequest(requests.rebuild, () => answered(() => engine.rebuild()));
connection.onRequest(requests.clear, () => answered(() => engine.clear()));
connection.onRequest(requests.skipped, () => answered(() => engine.skipped()));
connection.onRequest(requests.files, () => answered(() => engine.files()));
connection.onRequest(requests.sequences, ({ path }, token) => answered(() => engine.sequences(path, signalOf(token))));
connection.onRequest(requests.search, (params, token) => answered(() => engine.search(params, signalOf(token))));
connection.onRequest(requests.list, (params, token) => answered(() => engine.list(params, signalOf(token))));
connection.onRequest(requests.facets, ({ query, scope }, token) =>
  answered(() => engine.facets(query, scope, signalOf(token))),
);
connection.onRequest(requests.layouts, () => answered(() => engine.layouts()));
connection.onRequest(requests.plot, (params, token) => answered(() => engine.plot(params, signalOf(token))));
connection.onRequest(requests.series, (params, token) => answered(() => engine.series(params, signalOf(token))));
connection.onRequest(requests.explain, (params, token) => answered(() => engine.explain(params, signalOf(token))));
connection.onRequest(requests.timeline, (params, token) => answered(() => engine.timeline(params, signalOf(token))));
connection.onRequest(requests.passages, (params, token) => answered(() => engine.passages(params, signalOf(token))));
connection.onRequest(requests.align, (params, token) => answered(() => engine.align(params, signalOf(token))));
connection.onRequest(requests.calibration, (params, token) =>
  answered(() => engine.calibration(params, signalOf(token))),
);
connection.onRequest(requests.export, (params, token) => answered(() => engine.export(params, signalOf(token))));
connection.onRequest(requests.diagnostics, () => answered(() => engine.diagnostics()));
connection.onRequest(requests.labels, ({ pattern }) => answered(() => engine.labels(pattern)));
connection.onRequest(requests.setLabel, (params) => answered(() => engine.setLabel(params)));
connection.onRequest(requests.planTuning, (params) => answered(() => engine.planTuning(params)));
connection.onRequest(requests.encoders, (places) => answered(() => engine.encoders(places)));
connection.onRequest(requests.keepEncoder, (params) => answered(() => engine.keepEncoder(params)));
connection.onRequest(requests.importEncoder, (params) => answered(() => engine.importEncoder(params)));
connection.onRequest(requests.exportEncoder, (params) => answered(() => engine.exportEncoder(params)));
connection.onRequest(requests.renameEncoder, (params) => answered(() => engine.renameEncoder(params)));
connection.onRequest(requests.removeEncoder, (params) => answered(() => engine.removeEncoder(params)));
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
