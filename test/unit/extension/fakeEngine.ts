import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  createMessageConnection,
  IPCMessageReader,
  IPCMessageWriter,
  ResponseError,
  type GenericRequestHandler,
} from 'vscode-jsonrpc/node';
import type {
  Answer,
  Diagnostics,
  IndexStatus,
  LogLevel,
  OpenParams,
  Params,
  RequestName,
  SearchResult,
} from '../../../src/protocol/engine';

/** A program that speaks the engine's protocol and misbehaves as the include globs and the queries' paths tell it. */

let opened: OpenParams | undefined;
let state: IndexStatus['state'] = 'ready';

const connection = createMessageConnection(new IPCMessageReader(process), new IPCMessageWriter(process));

/** Answers one of the engine's requests. */
function answer<Name extends RequestName>(
  name: Name,
  handler: (params: Params<Name>) => Answer<Name> | Promise<Answer<Name>>,
): void {
  connection.onRequest(name, handler as GenericRequestHandler<unknown, unknown>);
}

function status(): IndexStatus {
  return {
    state,
    done: 1,
    total: 1,
    sequences: opened?.folders.length ?? 0,
    skipped: 0,
    skippedSequences: 0,
    unsure: 0,
    changes: { opening: 'a', files: 0, labels: 0 },
    problem: null,
  };
}

function dieAtOnce(): Promise<never> {
  process.kill(process.pid, 'SIGKILL');
  return new Promise(() => undefined);
}

function send(level: LogLevel, text: string): void {
  connection.sendNotification('log', { level, text }).catch((error: unknown) => {
    throw error;
  });
}

function firstTime(what: string): boolean {
  const marker = join(opened?.storage ?? '.', what);
  if (existsSync(marker)) return false;
  writeFileSync(marker, '');
  return true;
}

answer('open', async (parameters) => {
  opened = parameters;
  const does = (what: string): boolean => parameters.settings.include.includes(what);
  if (does('die at open')) return await dieAtOnce();
  if (does('die at first open') && firstTime('opened')) return await dieAtOnce();
  if (does('refuse to open')) throw new ResponseError(1, 'no', { kind: 'refused', reason: 'the model is missing' });
  if (does('ignore the end')) setInterval(() => undefined, 1000);
  else process.once('disconnect', () => process.exit(0));
  process.stderr.write('a line of stderr\n');
  await connection.sendNotification('status', status());
  await connection.sendNotification('log', { level: 'info', text: 'opened' });
  if (parameters.crashed !== undefined) send('info', `after ${parameters.crashed} crashed`);
  return status();
});

answer('configure', (changes) => {
  if (opened !== undefined) opened = { ...opened, ...changes };
  send('info', `configured ${JSON.stringify(changes)}`);
  return status();
});

answer('pause', () => {
  state = 'paused';
  return status();
});

answer('status', () => status());

answer('rebuild', () => dieAtOnce());

answer('search', async ({ query, scope }): Promise<SearchResult> => {
  if (query.path === '/dies once' && firstTime('searched')) return await dieAtOnce();
  if (query.path === '/dies always') return await dieAtOnce();
  if (query.path === '/hangs up') {
    process.disconnect();
    return await new Promise(() => undefined);
  }
  if (query.path === '/unreadable')
    throw new ResponseError(1, 'no', { kind: 'unreadable', reason: 'x.csv is truncated' });
  const summary = { file: 'f', siblings: 1, format: 'npy', name: null, label: null, channels: [null], steps: 16 };
  return {
    query: { ref: query, ...summary, rate: null, covered: 1, notes: [], doubts: [] },
    scope,
    matches: [],
    candidates: 0,
    elsewhere: 0,
    index: status(),
    milliseconds: 0,
  };
});

answer('diagnostics', (): Diagnostics => {
  const figures = { residentMegabytes: 1, peakMegabytes: 1, filesEncoded: 0, filesFromCache: 0, stepsEncoded: 0 };
  const encoder = { name: 'fake', training: 'none', sha256: '' };
  const { pid, version } = process;
  const kept = { storage: '', isKept: true, sequencesPerLayout: {} };
  return { pid, version, node: version, runtime: 'native', encoder, ...kept, ...figures };
});

connection.listen();
