import { commands, window, type LogOutputChannel } from 'vscode';
import { detailsOf, messageOf, remediesOf, type Remedy } from '../failure';

/** Runs `work`; a failure ends in the log and in a notification that offers what can be done about it. */
export async function attempt<T>(log: LogOutputChannel, work: () => T | PromiseLike<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    showFailure(log, error);
    return undefined;
  }
}

/** Goes on without waiting for something; a failure of it ends in the log alone. */
export function inBackground(log: LogOutputChannel, work: PromiseLike<unknown>): void {
  work.then(undefined, (error: unknown) => {
    log.error(detailsOf(error));
  });
}

/** Tells the user of a failure, without waiting for an answer. */
export function showFailure(log: LogOutputChannel, error: unknown): void {
  log.error(detailsOf(error));
  const remedies = remediesOf(error);
  const shown = window.showErrorMessage(messageOf(error), ...labelsOf(remedies));
  follow(log, shown, remedies);
}

/** Tells the user of something that is no failure of what they asked for, without waiting for an answer. */
export function showWarning(log: LogOutputChannel, message: string, remedies: readonly Remedy[]): void {
  follow(log, window.showWarningMessage(message, ...labelsOf(remedies)), remedies);
}

function labelsOf(remedies: readonly Remedy[]): string[] {
  return remedies.map(({ label }) => label);
}

function follow(log: LogOutputChannel, choice: Thenable<string | undefined>, remedies: readonly Remedy[]): void {
  const followed = choice
    .then((label) => remedies.find((remedy) => remedy.label === label))
    .then((remedy) => (remedy === undefined ? undefined : commands.executeCommand(remedy.command)));
  inBackground(log, followed);
}
