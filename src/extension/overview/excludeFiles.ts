import { relative, sep } from 'node:path';
import { ConfigurationTarget, Uri, window, workspace, type LogOutputChannel } from 'vscode';
import { t } from '../../l10n/messages';
import { files, recordings } from '../../l10n/nouns';
import { inBackground } from '../editor/notify';
import { plain } from '../editor/text';
import { exactGlob } from './exactGlob';

/** Files that a question names. */
const mostNamed = 8;

/**
 * Leaves files out of the index by the workspace's setting `kindred.files.exclude`, after a question, and offers to take
 * that back. The files stay where they are.
 * @param sequences that they hold
 */
export async function excludeFiles(log: LogOutputChannel, paths: readonly string[], sequences: number): Promise<void> {
  const inside = paths.map(insideFolder);
  const named = inside.slice(0, mostNamed).map((path) => plain(path));
  const more = inside.length > mostNamed ? [t('+{0} more', inside.length - mostNamed)] : [];
  const detail = t(
    'They stay on the disk, and are named in the setting kindred.files.exclude of this workspace:\n{0}',
    [...named, ...more].join('\n'),
  );
  const exclude = t('Exclude');
  const question = t('Leave {0} with {1} out of the index?', files(paths.length), recordings(sequences));
  if ((await window.showWarningMessage(question, { modal: true, detail }, exclude)) !== exclude) return;
  const added = inside.map(exactGlob).filter((glob) => !excluded().includes(glob));
  await write([...excluded(), ...added]);
  inBackground(log, offerUndo(paths.length, added));
}

async function offerUndo(count: number, added: readonly string[]): Promise<void> {
  const undo = t('Undo');
  const chosen = await window.showInformationMessage(t('Left out of the index: {0}', files(count)), undo);
  if (chosen === undo) await write(excluded().filter((glob) => !added.includes(glob)));
}

function excluded(): readonly string[] {
  const set: unknown = workspace.getConfiguration('kindred').get('files.exclude');
  return Array.isArray(set) ? set.filter((glob): glob is string => typeof glob === 'string') : [];
}

async function write(globs: readonly string[]): Promise<void> {
  await workspace.getConfiguration('kindred').update('files.exclude', globs, ConfigurationTarget.Workspace);
}

function insideFolder(path: string): string {
  const folder = workspace.getWorkspaceFolder(Uri.file(path));
  return folder === undefined ? path : relative(folder.uri.fsPath, path).split(sep).join('/');
}
