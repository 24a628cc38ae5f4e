import type { CancellationToken } from 'vscode';

/** Aborted when the editor cancels; never without a token. */
export function signalOf(token: CancellationToken | undefined): AbortSignal {
  const controller = new AbortController();
  if (token?.isCancellationRequested === true) controller.abort();
  token?.onCancellationRequested(() => {
    controller.abort();
  });
  return controller.signal;
}
