import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createMessageConnection, IPCMessageReader, IPCMessageWriter, ResponseError } from 'vscode-jsonrpc/node';
import type { Diagnostics, IndexStatus, OpenParams, SearchResult } from '../../../src/protocol/engine';
import { notifications, requests } from '../../../src/protocol/rpc';

/** A program that speaks the engine's protocol and misbehaves as the include globs and the queries' paths tell it. */

let opened: OpenParams | undefined;
let state: IndexStatus['state'] = 'ready';

const connection = createMessageConnection(new IPCMessageReader(process), new IPCMessageWriter(process));

function status(): IndexStatus {
  return { state, done: 1, total: 1, sequences: opened?.folders.length ?? 0, skipped: 0, problem: null };
}

function dieAtOnce(): Promise<never> {
  process.kill(process.pid, 'SIGKILL');
  return new Promise(() => undefined);
}

function firstTime(what: string): boolean {
  const marker = join(opened?.storage ?? '.', what);
  if (existsSync(marker)) return false;
  writeFileSync(marker, '');
  return true;
}

connection.onRequest(requests.open, async (parameters) => {
  opened = parameters;
  const does = (what: string): boolean => parameters.settings.include.includes(what);
  if (does('die at open')) return await dieAtOnce();
  if (does('die at first open') && firstTime('opened')) return await dieAtOnce();
  if (does('refuse to open')) throw new ResponseError(1, 'no', { reason: 'the model is missing' });
  if (does('ignore the end')) setInterval(() => undefined, 1000);
  else process.once('disconnect', () => process.exit(0));
  process.stderr.write('a line of stderr\n');
  await connection.sendNotification(notifications.status, status());
  await connection.sendNotification(notifications.log, { level: 'info', text: 'opened' });
  return status();
});

connection.onRequest(requests.folders, (folders) => {
  if (opened !== undefined) opened = { ...opened, folders };
  return status();
});

connection.onRequest(requests.pause, () => {
  state = 'paused';
  return status();
});

connection.onRequest(requests.status, () => status());

connection.onRequest(requests.rebuild, () => dieAtOnce());

connection.onRequest(requests.search, async ({ query, scope }): Promise<SearchResult> => {
  if (query.path === '/dies once' && firstTime('searched')) return await dieAtOnce();
  if (query.path === '/dies always') return await dieAtOnce();
  if (query.path === '/hangs up') {
    process.disconnect();
    return await new Promise(() => undefined);
  }
  if (query.path === '/unreadable') throw new ResponseError(1, 'no', { reason: 'x.csv is truncated' });
  const summary = { file: 'f', siblings: 1, format: 'npy', name: null, label: null, channels: [null], steps: 16 };
  return {
    query: { ref: query, ...summary, rate: null, covered: 1, notes: [] },
    scope,
    matches: [],
    candidates: 0,
    elsewhere: 0,
    index: status(),
    milliseconds: 0,
  };
});

connection.onRequest(requests.diagnostics, (): Diagnostics => {
  const figures = { residentMegabytes: 1, peakMegabytes: 1, filesEncoded: 0, filesFromCache: 0, stepsEncoded: 0 };
  const encoder = { name: 'fake', training: 'none', sha256: '' };
  const { pid, version } = process;
  return { pid, version, node: version, encoder, storage: '', sequencesPerLayout: {}, ...figures };
});

connection.listen();
