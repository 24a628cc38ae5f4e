import * as v from 'valibot';
import { EncoderError } from '../core/encoder/description';
import { UnreadableError } from '../core/recordings/reader';
import {
  engineRequests,
  type Answer,
  type ExportContent,
  type Exported,
  type ExportParams,
  type Params,
  type RequestEntry,
  type RequestName,
} from '../protocol/engine';
import { ownerHandlers, sessionHandlers } from './handlers';
import { OpenWorkspace } from './openWorkspace';
import { shownPath } from './paths';
import { RequestError } from './requestError';
import { Session, type SessionListener } from './session';

type Table<On> = Readonly<Partial<Record<RequestName, (on: On, params: unknown, signal: AbortSignal) => unknown>>>;

// Each handler takes the parameters of its own name, which have been validated when it is called.
const ofOwner = ownerHandlers as Table<OpenWorkspace<Session>>;
const ofSession = sessionHandlers as Table<Session>;

const nobody = new AbortController().signal;

/** The engine without a process around it. */
export class Engine {
  private readonly workspace: OpenWorkspace<Session>;

  /** @param workerScript the bundle of `worker.ts` */
  constructor(workerScript: string, listener: SessionListener) {
    this.workspace = new OpenWorkspace((params, paused) => Session.open(params, paused, workerScript, listener));
  }

  /** Answers a request of the protocol. @throws RequestError for what the user can understand, and any other error */
  async ask<Name extends RequestName>(
    name: Name,
    params: Params<Name>,
    signal: AbortSignal = nobody,
  ): Promise<Answer<Name>> {
    const entry: RequestEntry = engineRequests[name];
    const parsed = v.safeParse(entry.params, params);
    if (!parsed.success) {
      throw new RequestError(`The engine cannot make sense of what it was asked (${name}).`, {
        kind: 'invalid',
        cause: new v.ValiError(parsed.issues),
      });
    }
    const asked: unknown = parsed.output;
    const forOwner = ofOwner[name];
    const forSession = ofSession[name];
    const answer =
      forSession === undefined
        ? explained(
            () => forOwner?.(this.workspace, asked, signal),
            () => null,
          )
        : this.use((session, until) => forSession(session, asked, until), {
            about: fileOf(asked as AboutFile),
            signal,
            repeatable: entry.repeatable === true,
          });
    return (await answer) as Answer<Name>;
  }

  /** Does something with the open workspace; what fails of it is explained with the file that it is about. */
  use<T>(
    work: (session: Session, signal: AbortSignal) => T | Promise<T>,
    { about = null, signal = nobody, repeatable = false }: UseOptions = {},
  ): Promise<T> {
    return this.workspace.use(
      (session, until) =>
        explained(
          () => work(session, until),
          (named) => {
            const path = named ?? about;
            return path === null ? null : shownPath(path, session.params.folders);
          },
        ),
      signal,
      repeatable,
    );
  }

  /** Writes a table to a stream. @throws RequestError, and the errors of the stream */
  exportTo(
    what: Pick<ExportParams, 'content' | 'format'>,
    out: NodeJS.WritableStream,
    signal: AbortSignal,
  ): Promise<Exported> {
    const about = pathOf(what.content);
    return this.use(({ exporting }, until) => exporting.to(what.content, what.format, out, until), { about, signal });
  }

  /** Resolves when the index is complete. */
  indexed(): Promise<void> {
    return this.use(({ indexing }) => indexing.settled(), { repeatable: true });
  }

  close(): Promise<void> {
    return this.workspace.close();
  }
}

export interface UseOptions {
  /** The file that it is about. */
  readonly about?: string | null;
  readonly signal?: AbortSignal;
  /** Whether it may begin again with the next workspace. */
  readonly repeatable?: boolean;
}

/** Parameters as far as they name a file, which all requests do by one of these names. */
type AboutFile = Params<'export' | 'timeline' | 'search' | 'series' | 'sequences'> | Readonly<Record<string, never>>;

/** The file that a request is about. */
function fileOf(params: AboutFile): string | null {
  if ('content' in params) return pathOf(params.content);
  if ('match' in params) return params.match.path;
  if ('query' in params) return params.query.path;
  if ('ref' in params) return params.ref.path;
  return 'path' in params ? params.path : null;
}

function pathOf(content: ExportContent): string | null {
  return (content.kind === 'search' ? content.query : content.layoutOf)?.path ?? null;
}

/**
 * Turns the errors that a user can do something about into sentences for the user.
 * @param shown the file that an error is about, by the path that it names; `null` for none
 */
async function explained<T>(work: () => T | Promise<T>, shown: (path: string | null) => string | null): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof UnreadableError) {
      const file = shown(error.path);
      if (file === null) throw error;
      throw new RequestError(`${file} cannot be used, because ${error.message}.`, { kind: 'unreadable', cause: error });
    }
    if (error instanceof EncoderError) throw new RequestError(error.message, { cause: error });
    throw error;
  }
}
