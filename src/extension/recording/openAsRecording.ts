import { ViewColumn } from 'vscode';
import { t } from '../../l10n/messages';
import { KindredError } from '../failure';
import { activeFile, targetOf } from '../results/find/target';
import type { RecordingEditors } from './recordingEditors';

/**
 * The command **Open as Recording**.
 * @param argument what the menu hands over: a file's address, or nothing for the file that is open
 */
export async function openAsRecording(argument: unknown, recordings: RecordingEditors): Promise<void> {
  const file = targetOf(argument) ?? activeFile();
  if (file === undefined) throw new KindredError(t('Open a recording first, or select one in the Explorer.'));
  if (file.scheme !== 'file') throw new KindredError(t('Kindred can only read files on a disk.'));
  await recordings.show(file.fsPath, null, { viewColumn: ViewColumn.Active, preserveFocus: false });
}
