import { basename, dirname } from 'node:path';
import { Selection, Uri, window, workspace } from 'vscode';
import { JsonError } from '../../../core/files/checkedJson';
import { t } from '../../../l10n/messages';
import { mustExist } from '../../editor/openFile';
import { asSentence, plain } from '../../editor/text';
import { KindredError } from '../../failure';
import type { FindSimilar } from '../find/findSimilar';
import type { View } from '../history';
import { queryFileExtension, viewOf } from './queryFile';

/** More than any set needs. */
const mostBytes = 1_000_000;

/**
 * Shows what a saved set of queries and marks finds. One that is damaged is opened as text, where it is wrong.
 * @param argument the file, or nothing to be asked for one
 * @throws KindredError that says what is wrong
 */
export async function openQueries(find: FindSimilar, argument: unknown): Promise<void> {
  const file = argument instanceof Uri ? argument : await pick();
  if (file === undefined) return;
  if (file.scheme !== 'file') throw new KindredError(t('Kindred can only read files on a disk.'));
  await find.view(await viewIn(file));
}

async function pick(): Promise<Uri | undefined> {
  const chosen = await window.showOpenDialog({
    canSelectMany: false,
    title: t('Open Queries'),
    openLabel: t('Open'),
    filters: { [t('Queries and marks')]: [queryFileExtension] },
  });
  return chosen?.[0];
}

async function viewIn(file: Uri): Promise<View> {
  await mustExist(file);
  const name = plain(basename(file.fsPath));
  if ((await workspace.fs.stat(file)).size > mostBytes) {
    throw new KindredError(t('{0} is too large for a file with queries.', name));
  }
  const text = Buffer.from(await workspace.fs.readFile(file)).toString('utf8');
  try {
    return viewOf(text.replace(/^\uFEFF/, ''), dirname(file.fsPath));
  } catch (error) {
    if (!(error instanceof JsonError)) throw error;
    await showAt(file, error.offset);
    const place = t('{0}, line {1}', name, error.line);
    throw new KindredError(asSentence(t('{0} cannot be used: {1}', place, plain(error.message, 300))), {
      cause: error,
    });
  }
}

async function showAt(file: Uri, offset: number): Promise<void> {
  const document = await workspace.openTextDocument(file);
  const at = document.positionAt(offset);
  await window.showTextDocument(document, { selection: new Selection(at, at), preview: true });
}
