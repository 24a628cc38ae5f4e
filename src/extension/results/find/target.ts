import { TabInputCustom, TabInputNotebook, TabInputText, Uri, window } from 'vscode';
import { mayHoldSequences } from './formats';

/**
 * The file that a command is about, or `undefined` if the user has to be asked. A menu hands over its file, and the key in
 * an editor says `{ from: 'editor' }`. The key in the Explorer says nothing: no extension can know what is selected there,
 * and to search the file that is open instead could be wrong without a word.
 */
export function targetOf(argument: unknown): Uri | undefined {
  if (argument instanceof Uri) return argument;
  const isKey = typeof argument === 'object' && argument !== null && 'from' in argument && argument.from === 'editor';
  return isKey ? activeFile() : undefined;
}

/** What a command on several is about: files and folders that are selected, of which a menu hands over one by itself. */
export function targetsOf(argument: unknown, selected: unknown): readonly Uri[] {
  const several = Array.isArray(selected) ? selected.filter((each): each is Uri => each instanceof Uri) : [];
  const one = argument instanceof Uri ? [argument] : [];
  return several.length > 0 ? several : one;
}

/** The file of the active editor, of whatever kind, if a reader may claim it. */
export function activeFile(): Uri | undefined {
  const input = window.tabGroups.activeTabGroup.activeTab?.input;
  const hasFile = input instanceof TabInputText || input instanceof TabInputCustom || input instanceof TabInputNotebook;
  return hasFile && mayHoldSequences(input.uri.path) ? input.uri : undefined;
}
