import { commands, type LogOutputChannel } from 'vscode';
import { inBackground } from './notify';

/** Tells the editor's `when` clauses a value. */
export function setContextKey(
  log: LogOutputChannel,
  key: string,
  value: boolean | Readonly<Record<string, true>>,
): void {
  inBackground(log, commands.executeCommand('setContext', key, value));
}
