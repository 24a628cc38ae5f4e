import { commands, Uri, window } from 'vscode';
import { t } from '../../l10n/messages';
import { filesToCheck } from '../../l10n/nouns';
import type { UnsureFile } from '../../protocol/engine';
import { unsureItems } from './unsureItems';

/** Lists the files that the readers were not sure of, with their doubts; of the one that is picked the reading is shown. */
export async function showUnsure(files: readonly UnsureFile[]): Promise<void> {
  if (files.length === 0) {
    await window.showInformationMessage(t('Kindred is sure of how every file is read.'));
    return;
  }
  const item = await window.showQuickPick(unsureItems(files), {
    title: filesToCheck(files.length),
    placeHolder: t('Pick a file to see how it is read, and change it'),
    matchOnDetail: true,
  });
  if (item !== undefined) await commands.executeCommand('kindred.howIsThisFileRead', Uri.file(item.path));
}
