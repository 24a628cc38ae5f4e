import { basename, dirname, join } from 'node:path';
import { Uri, window, workspace } from 'vscode';
import { t } from '../../../l10n/messages';
import { plain } from '../../editor/text';
import { KindredError } from '../../failure';
import type { View } from '../history';
import { NoPathError, queryFileExtension, textOf } from './queryFile';

/** Asks where to, and saves there what a view asks about. @throws KindredError */
export async function saveQueries(view: View): Promise<void> {
  const stem = basename(view.query.path).replace(/\.[^.]*$/, '');
  const target = await window.showSaveDialog({
    defaultUri: Uri.file(join(dirname(view.query.path), `${stem}.${queryFileExtension}`)),
    filters: { [t('Queries and marks')]: [queryFileExtension] },
  });
  if (target === undefined) return;
  if (target.scheme !== 'file')
    throw new KindredError(t('Queries can be saved on a disk only. Choose another folder.'));
  await workspace.fs.writeFile(target, Buffer.from(textIn(view, dirname(target.fsPath)), 'utf8'));
  window.setStatusBarMessage(t('Saved {0}', basename(target.path)), 5000);
}

function textIn(view: View, folder: string): string {
  try {
    return textOf(view, folder);
  } catch (error) {
    if (!(error instanceof NoPathError)) throw error;
    const name = plain(basename(error.file));
    throw new KindredError(t('{0} lies on another drive. Save the queries on the drive of the recordings.', name), {
      cause: error,
    });
  }
}
