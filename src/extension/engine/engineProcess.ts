import type { ChildProcess } from 'node:child_process';
import { setImmediate as turn } from 'node:timers/promises';
import {
  engineRequests,
  type AskEngine,
  type IndexStatus,
  type LogMessage,
  type OpenParams,
  type RequestEntry,
} from '../../protocol/engine';
import { detailsOf, messageOf } from '../failure';
import { EngineDied, EngineUnavailable } from './engineErrors';
import type { EngineLife } from './engineLife';
import type { RestartPolicy } from './restartPolicy';
import { t } from '../../l10n/messages';

/** `starting` covers the wait before a restart; `failed` lasts until `start` is called again. */
export type EngineState = 'idle' | 'starting' | 'running' | 'failed' | 'stopped';

export interface EngineSetup {
  /** Starts one process of the engine, with an IPC channel. */
  launch(): ChildProcess;
  /** What the engine is to open: asked anew at every start. */
  parameters(): Promise<OpenParams>;
  readonly policy: RestartPolicy;
  /** Milliseconds that the engine may take to end once its channel is closed. */
  readonly grace: number;
}

export interface EngineEvents {
  state(state: EngineState): void;
  status(status: IndexStatus): void;
  log(message: LogMessage): void;
  /** The engine runs again after it had died. */
  restarted(): void;
  /** The engine is left dead; `reason` is complete sentences for the user. */
  failed(reason: string): void;
}

interface Waiter {
  resolve(life: EngineLife): void;
  reject(error: Error): void;
}

/** The engine as the host sees it: one that is there, over however many processes it takes. */
export class EngineProcess {
  readonly #setup: EngineSetup;
  readonly #events: EngineEvents;
  #state: EngineState = 'idle';
  #life: EngineLife | undefined;
  #waiters: Waiter[] = [];
  #restart: NodeJS.Timeout | undefined;
  #died = false;
  /** The process that crashed last, until the next one was told of it. */
  #crashed: number | undefined;
  #paused = false;
  #whyFailed = '';

  constructor(setup: EngineSetup, events: EngineEvents) {
    this.#setup = setup;
    this.#events = events;
  }

  get state(): EngineState {
    return this.#state;
  }

  get pid(): number | undefined {
    return this.#life?.pid;
  }

  /** Starts the engine unless it is running or on its way; after a failure, with a clean slate. */
  start(): void {
    if (this.#state !== 'idle' && this.#state !== 'failed') return;
    this.#setup.policy.reset();
    this.#died = false;
    this.#enter('starting');
    this.#launch();
  }

  /**
   * Asks the engine, waiting for it while it starts; once more if it dies over what only reads the index.
   * @throws EngineDied, EngineUnavailable, or EngineRefused with the engine's own reason
   */
  readonly ask: AskEngine = async (name, params, signal) => {
    const entry: RequestEntry = engineRequests[name];
    const life = await this.#running();
    signal?.throwIfAborted();
    try {
      const answer = await life.ask(name, params, signal);
      this.#paused = entry.pauses ?? this.#paused;
      return answer;
    } catch (error) {
      if (!(error instanceof EngineDied) || entry.repeatable !== true || signal?.aborted === true) throw error;
      const next = await this.#running();
      return await next.ask(name, params, signal);
    }
  };

  /** Ends the engine for good. */
  async stop(): Promise<void> {
    const life = this.#life;
    this.#life = undefined;
    clearTimeout(this.#restart);
    this.#enter('stopped');
    this.#refuseWaiters(new EngineUnavailable(t('Kindred is shutting down.')));
    await life?.shutDown();
  }

  #launch(): void {
    this.#open().catch((error: unknown) => {
      if (error instanceof EngineDied || this.#state === 'stopped') return;
      this.#events.log({ level: 'error', text: detailsOf(error) });
      this.#fail(t('The Kindred engine could not be started. {0}', messageOf(error)));
    });
  }

  async #open(): Promise<void> {
    const parameters = await this.#setup.parameters();
    // Loaded here, because the RPC library would take a third of the time that activation may.
    const { EngineLife } = await import('./engineLife');
    // Loading it and starting a process are two turns of the event loop, so that neither makes the other's wait longer.
    await turn();
    if (this.#state !== 'starting') return;
    const life: EngineLife = new EngineLife(this.#setup.launch(), this.#setup.grace, {
      status: (status) => {
        this.#events.status(status);
      },
      log: (message) => {
        this.#events.log(message);
      },
      ended: (how, crashed) => {
        this.#ended(life, how, crashed);
      },
    });
    this.#life = life;
    const crashed = this.#crashed;
    this.#events.status(await life.ask('open', crashed === undefined ? parameters : { ...parameters, crashed }));
    this.#crashed = undefined;
    if (this.#paused) this.#events.status(await life.ask('pause', {}));
    if (this.#life === life) this.#ready(life);
  }

  #ready(life: EngineLife): void {
    this.#enter('running');
    const waiters = this.#waiters;
    this.#waiters = [];
    for (const waiter of waiters) waiter.resolve(life);
    if (this.#died) this.#events.restarted();
    this.#died = false;
  }

  #ended(life: EngineLife, how: string, crashed: boolean): void {
    if (this.#life !== life) return;
    if (crashed) this.#crashed = life.pid;
    this.#life = undefined;
    this.#died = true;
    const next = this.#setup.policy.afterDeath(performance.now());
    this.#events.log({ level: 'error', text: `The engine (process ${life.pid ?? 'none'}) ended: ${how}.` });
    if (!next.restart) {
      this.#fail(t('The Kindred engine stopped several times within a few minutes (the last time, {0}).', how));
      return;
    }
    this.#enter('starting');
    this.#restart = setTimeout(() => {
      this.#launch();
    }, next.delay);
  }

  #fail(reason: string): void {
    const life = this.#life;
    this.#life = undefined;
    this.#whyFailed = reason;
    this.#enter('failed');
    this.#refuseWaiters(new EngineUnavailable(reason));
    this.#events.failed(reason);
    life?.shutDown().catch((error: unknown) => {
      this.#events.log({ level: 'error', text: detailsOf(error) });
    });
  }

  #running(): Promise<EngineLife> {
    if (this.#state === 'running' && this.#life !== undefined) return Promise.resolve(this.#life);
    if (this.#state === 'starting') {
      return new Promise((resolve, reject) => {
        this.#waiters.push({ resolve, reject });
      });
    }
    const why = this.#state === 'failed' ? this.#whyFailed : t('The Kindred engine is not running.');
    return Promise.reject(new EngineUnavailable(why));
  }

  #refuseWaiters(error: Error): void {
    const waiters = this.#waiters;
    this.#waiters = [];
    for (const waiter of waiters) waiter.reject(error);
  }

  #enter(state: EngineState): void {
    this.#state = state;
    this.#events.state(state);
  }
}
