import { commands, type LogOutputChannel } from 'vscode';
import { detailsOf } from '../failure';

/** Tells the editor's `when` clauses a value. */
export function setContextKey(log: LogOutputChannel, key: string, value: boolean): void {
  commands.executeCommand('setContext', key, value).then(undefined, (error: unknown) => {
    log.error(detailsOf(error));
  });
}
