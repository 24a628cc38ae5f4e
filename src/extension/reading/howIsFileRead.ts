import { t } from '../../l10n/messages';
import { KindredError } from '../failure';
import { pickFile } from '../results/find/pickFile';
import { activeFile, targetOf } from '../results/find/target';
import type { IndexedWorkspace } from '../workspace/indexedWorkspace';
import type { ReadingPanel } from './readingPanel';

/**
 * The command **How Is This File Read?**.
 * @param argument what the menu hands over: a file's address, or nothing for the file that is open
 */
export async function howIsFileRead(
  workspace: IndexedWorkspace,
  panel: ReadingPanel,
  argument: unknown,
): Promise<void> {
  const engine = workspace.engine();
  const file =
    targetOf(argument) ??
    activeFile() ??
    (await pickFile(engine, { title: t('How Is This File Read?'), placeHolder: t('Which file?') }));
  if (file === undefined) return;
  if (file.scheme !== 'file') throw new KindredError(t('Kindred can only read files on a disk.'));
  await panel.show(file.fsPath);
}
