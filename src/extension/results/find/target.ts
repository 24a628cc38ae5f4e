import { isAbsolute } from 'node:path';
import { commands, env, TabInputCustom, TabInputNotebook, TabInputText, Uri, window } from 'vscode';
import { mayHoldSequences } from './formats';

/** The file that the command is about, or `undefined` if the user has to be asked. */
export async function targetOf(argument: unknown): Promise<Uri | undefined> {
  if (argument instanceof Uri) return argument;
  switch (placeIn(argument)) {
    case 'explorer':
      return await selectedInExplorer();
    case 'editor':
      return activeFile();
    default:
      return undefined;
  }
}

function placeIn(argument: unknown): unknown {
  return typeof argument === 'object' && argument !== null && 'from' in argument ? argument.from : undefined;
}

/** The file of the active editor, of whatever kind, if a reader may claim it. */
export function activeFile(): Uri | undefined {
  const input = window.tabGroups.activeTabGroup.activeTab?.input;
  const hasFile = input instanceof TabInputText || input instanceof TabInputCustom || input instanceof TabInputNotebook;
  return hasFile && mayHoldSequences(input.uri.path) ? input.uri : undefined;
}

/**
 * The first file that is selected in the Explorer. The Explorer tells extensions of it only by way of the clipboard,
 * which gets its text back.
 */
async function selectedInExplorer(): Promise<Uri | undefined> {
  const before = await env.clipboard.readText();
  await commands.executeCommand('copyFilePath');
  const after = await env.clipboard.readText();
  // A browser that forbids reading always gives the empty text, which must not replace what the user has copied.
  if (after !== before) await env.clipboard.writeText(before);
  const [path] = after.split(/\r?\n/);
  return path !== undefined && isAbsolute(path) ? Uri.file(path) : undefined;
}
