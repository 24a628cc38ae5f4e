import { fork, type ChildProcess, type ForkOptions } from 'node:child_process';
import { once } from 'node:events';
import { createMessageConnection, IPCMessageReader, IPCMessageWriter } from 'vscode-jsonrpc/node';
import type { AskEngine, IndexStatus, LogMessage } from '../protocol/engine';
import { inProject } from './project';

/** An engine process of its own, as the editor starts one. */
export interface EngineClient {
  readonly child: ChildProcess;
  readonly ask: AskEngine;
  /** What it has logged so far. */
  readonly log: readonly LogMessage[];
  /** Resolves with the first status from now on for which the condition holds. */
  until(holds: (status: IndexStatus) => boolean): Promise<IndexStatus>;
  /** Ends the process by closing its channel. */
  close(): Promise<void>;
}

/** @param options such as another user, or a script that comes first @param program another one than `dist/engine.cjs` */
export function startEngine(options: ForkOptions = {}, program = inProject('dist/engine.cjs')): EngineClient {
  const child = fork(program, [], {
    ...{ execArgv: [], stdio: ['ignore', 'ignore', 'inherit', 'ipc'] },
    ...options,
  });
  const connection = createMessageConnection(new IPCMessageReader(child), new IPCMessageWriter(child));
  const watchers = new Set<(status: IndexStatus) => void>();
  const log: LogMessage[] = [];
  connection.onNotification('log', (message: LogMessage) => {
    log.push(message);
  });
  connection.onNotification('status', (status: IndexStatus) => {
    for (const watcher of watchers) watcher(status);
  });
  connection.listen();
  return {
    child,
    log,
    ask: (name, params) => connection.sendRequest(name, params),
    until: (holds) =>
      new Promise((resolve) => {
        const watcher = (status: IndexStatus) => {
          if (!holds(status)) return;
          watchers.delete(watcher);
          resolve(status);
        };
        watchers.add(watcher);
      }),
    async close() {
      const ended = once(child, 'exit');
      child.disconnect();
      await ended;
    },
  };
}
