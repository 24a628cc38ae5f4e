import { CancellationError, type CancellationToken } from 'vscode';

/**
 * Does something that the editor, or another extension, may cancel.
 * @throws CancellationError once it is cancelled, and whatever the work throws before
 */
export async function cancellable<T>(
  token: CancellationToken | undefined,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  const { signal } = controller;
  if (token?.isCancellationRequested === true) controller.abort();
  const subscription = token?.onCancellationRequested(() => {
    controller.abort();
  });
  try {
    return await work(signal);
  } catch (error) {
    if (signal.aborted) throw new CancellationError();
    throw error;
  } finally {
    subscription?.dispose();
  }
}
