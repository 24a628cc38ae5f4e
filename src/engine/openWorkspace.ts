import { Mutex } from 'async-mutex';
import { isDeepStrictEqual } from 'node:util';
import type { OpenParams, WorkspaceChanges } from '../protocol/engine';
import { RequestError } from './requestError';

/** What is open until it is closed. */
export interface Openable {
  /** Aborted as soon as it is being closed: what is asked of it from then on fails. */
  readonly closed: AbortSignal;
  /** Whether the user has paused it, which outlives a change. */
  readonly paused: boolean;
  close(): Promise<void>;
}

/** @param signal aborted when nobody waits for it any more, or the workspace is closed */
type Work<S, T> = (session: S, signal: AbortSignal) => T | Promise<T>;

/**
 * Owns the open workspace. What opens, changes or closes it waits in one queue; whoever uses it waits for the queue to be
 * empty.
 */
export class OpenWorkspace<S extends Openable> {
  private readonly queue = new Mutex();
  private session: S | null = null;
  /** What was asked for last, whether it could be opened or not. */
  private wanted: OpenParams | null = null;
  private paused = false;
  private ended = false;

  /** @param start begins a session, paused or not */
  constructor(private readonly start: (params: OpenParams, paused: boolean) => Promise<S>) {}

  /** Opens a workspace that is not paused; another one that is open is closed before. @throws EncoderError */
  open(params: OpenParams): Promise<S> {
    return this.queue.runExclusive(async () => {
      await this.leave();
      this.paused = false;
      return this.replace(params);
    });
  }

  /**
   * Opens the workspace again with the changes, unless it is open like that already. One that is paused stays so.
   * @throws EncoderError, RequestError
   */
  change(changes: WorkspaceChanges): Promise<S> {
    return this.queue.runExclusive(async () => {
      if (this.wanted === null) throw notOpen();
      const params = { ...this.wanted, ...changes };
      if (this.session !== null && isDeepStrictEqual(params, this.wanted)) return this.session;
      return this.replace(params);
    });
  }

  /**
   * Does something with the open workspace, once nothing changes it any more. Work that is cut short because the workspace
   * is closed begins again with the next one, if it may be repeated.
   * @throws RequestError `noWorkspace`, `closing`, and whatever the work throws
   */
  async use<T>(work: Work<S, T>, signal: AbortSignal, repeatable: boolean): Promise<T> {
    for (;;) {
      const session = await this.current();
      signal.throwIfAborted();
      try {
        return await work(session, AbortSignal.any([signal, session.closed]));
      } catch (error) {
        if (!session.closed.aborted || signal.aborted) throw error;
        if (!repeatable || this.ended) throw closing(error);
      }
    }
  }

  /** Closes the workspace for good. */
  close(): Promise<void> {
    this.ended = true;
    return this.queue.runExclusive(async () => {
      this.wanted = null;
      await this.leave();
    });
  }

  private async replace(params: OpenParams): Promise<S> {
    if (this.ended) throw closing();
    this.wanted = params;
    await this.leave();
    this.session = await this.start(params, this.paused);
    return this.session;
  }

  private async leave(): Promise<void> {
    const { session } = this;
    this.session = null;
    this.paused = session?.paused ?? this.paused;
    await session?.close();
  }

  private async current(): Promise<S> {
    while (this.queue.isLocked()) await this.queue.waitForUnlock();
    if (this.session === null) throw notOpen();
    return this.session;
  }
}

function notOpen(): RequestError {
  return new RequestError('No workspace is open. Open a folder first.', { kind: 'noWorkspace' });
}

function closing(cause?: unknown): RequestError {
  return new RequestError(
    'The folder was closed, or a setting of the index was changed, before this was done. Try again.',
    {
      kind: 'closing',
      cause,
    },
  );
}
