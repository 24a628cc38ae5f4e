import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import {
  createMessageConnection,
  IPCMessageReader,
  IPCMessageWriter,
  type MessageConnection,
} from 'vscode-jsonrpc/node';
import type { IndexStatus } from '../protocol/engine';
import { notifications } from '../protocol/rpc';
import { inProject } from './project';

/** An engine process of its own, as the editor starts one. */
export interface EngineClient {
  readonly child: ChildProcess;
  readonly connection: MessageConnection;
  /** Resolves with the first status from now on for which the condition holds. */
  until(holds: (status: IndexStatus) => boolean): Promise<IndexStatus>;
  /** Ends the process by closing its channel. */
  close(): Promise<void>;
}

/** Starts `dist/engine.cjs`. */
export function startEngine(): EngineClient {
  const child = fork(inProject('dist/engine.cjs'), [], { execArgv: [], stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  const connection = createMessageConnection(new IPCMessageReader(child), new IPCMessageWriter(child));
  const watchers = new Set<(status: IndexStatus) => void>();
  connection.onNotification(notifications.status, (status) => {
    for (const watcher of watchers) watcher(status);
  });
  connection.listen();
  return {
    child,
    connection,
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
