import type { ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import {
  CancellationTokenSource,
  ConnectionError,
  createMessageConnection,
  ErrorCodes,
  IPCMessageReader,
  IPCMessageWriter,
  ResponseError,
  type MessageConnection,
} from 'vscode-jsonrpc/node';
import type { AskEngine, IndexStatus, LogMessage } from '../../protocol/engine';
import { EngineDied, refusalOf } from './engineErrors';

export interface LifeEvents {
  status(status: IndexStatus): void;
  log(message: LogMessage): void;
  /**
   * Called once, before the requests in flight are rejected; `how` says how the process ended, `crashed` whether it did so
   * by itself, as far as that can be told.
   */
  ended(how: string, crashed: boolean): void;
}

/** One process of the engine, from its start to its end. */
export class EngineLife {
  readonly ended: Promise<void>;
  readonly #child: ChildProcess;
  readonly #grace: number;
  readonly #connection: MessageConnection;

  /** @param grace milliseconds that the process may live on without its channel */
  constructor(child: ChildProcess, grace: number, events: LifeEvents) {
    this.#child = child;
    this.#grace = grace;
    this.#connection = createMessageConnection(new IPCMessageReader(child), new IPCMessageWriter(child));
    this.#connection.onNotification('status', (status: IndexStatus) => {
      events.status(status);
    });
    this.#connection.onNotification('log', (message: LogMessage) => {
      events.log(message);
    });
    // A failed write rejects its own request; what is left here are broken messages.
    this.#connection.onError(([error]) => {
      events.log({ level: 'error', text: `connection to the engine: ${error.message}` });
    });
    this.ended = this.#end(events);
    forwardLines(child.stdout, 'info', events);
    forwardLines(child.stderr, 'warn', events);
    this.#connection.listen();
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  /** @throws EngineDied, or EngineRefused with the engine's own reason. */
  readonly ask: AskEngine = async (name, params, signal) => {
    const cancellation = new CancellationTokenSource();
    const cancel = (): void => {
      cancellation.cancel();
    };
    signal?.addEventListener('abort', cancel);
    try {
      return await this.#connection.sendRequest(name, params, cancellation.token);
    } catch (error) {
      if (!isDeath(error)) throw error instanceof ResponseError ? refusalOf(error) : error;
      await this.ended;
      throw new EngineDied(error);
    } finally {
      signal?.removeEventListener('abort', cancel);
      cancellation.dispose();
    }
  };

  /** Ends the process: asks by closing its channel, and kills it when the grace is over. */
  async shutDown(): Promise<void> {
    if (this.#child.connected) this.#child.disconnect();
    await this.ended;
  }

  #end(events: LifeEvents): Promise<void> {
    return new Promise((resolve) => {
      let over = false;
      const end = (how: string, crashed: boolean): void => {
        if (over) return;
        over = true;
        events.ended(how, crashed);
        this.#connection.dispose();
        resolve();
      };
      this.#child.once('exit', (code, signal) => {
        const how = signal === null ? `it exited with code ${code ?? 'unknown'}` : `it was ended by ${signal}`;
        end(how, isCrash(code, signal));
      });
      // Without its channel the process is of no use, but may live on and keep requests waiting for ever.
      this.#child.once('disconnect', () => {
        const timer = setTimeout(() => this.#child.kill('SIGKILL'), this.#grace);
        this.#child.once('exit', () => {
          clearTimeout(timer);
        });
      });
      this.#child.once('error', (error) => {
        // Only a process that never started ends without an exit.
        if (this.#child.pid === undefined) end(`it could not be started: ${error.message}`, false);
      });
    });
  }
}

/** Signals by which a user or the system ends a process; all others come from what it did. */
const fromOutside: readonly (NodeJS.Signals | null)[] = ['SIGKILL', 'SIGTERM', 'SIGINT', 'SIGHUP', 'SIGQUIT'];

/** Windows has no signals: a process that is ended from outside exits with code 1. */
function isCrash(code: number | null, signal: NodeJS.Signals | null): boolean {
  if (signal !== null) return !fromOutside.includes(signal);
  return code !== 0 && !(process.platform === 'win32' && code === 1);
}

function isDeath(error: unknown): boolean {
  if (error instanceof ConnectionError) return true;
  if (!(error instanceof ResponseError)) return false;
  return error.code === ErrorCodes.PendingResponseRejected || error.code === ErrorCodes.MessageWriteError;
}

function forwardLines(stream: Readable | null, level: LogMessage['level'], events: LifeEvents): void {
  if (stream === null) return;
  createInterface({ input: stream }).on('line', (text) => {
    events.log({ level, text });
  });
}
