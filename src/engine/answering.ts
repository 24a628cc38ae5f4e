import { ResponseError, type CancellationToken } from 'vscode-jsonrpc/node';
import type { Refusal } from '../protocol/engine';
import { RequestError } from './requestError';

/** How requests are answered over JSON-RPC. */

/** The code of a refused request; why it was refused stands in the error's data. */
const refused = 1;

/**
 * The answer to a request, or its refusal as a response.
 * @param log is told of those that are nobody's wish
 */
export async function answered<T>(
  token: CancellationToken,
  log: (details: string) => void,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T | ResponseError<Refusal>> {
  const signal = signalOf(token);
  try {
    return await work(signal);
  } catch (error) {
    const refusal = refusalOf(error, signal, log);
    return new ResponseError(refused, refusal.reason, refusal);
  }
}

function refusalOf(error: unknown, signal: AbortSignal, log: (details: string) => void): Refusal {
  if (error instanceof RequestError && error.kind !== 'invalid') return { kind: error.kind, reason: error.message };
  if (signal.aborted) return { kind: 'cancelled', reason: 'Nobody waits for the answer any more.' };
  log(detailsOf(error));
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
