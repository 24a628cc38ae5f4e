import { commands, env, ThemeIcon, Uri, window, type QuickInputButton, type QuickPick } from 'vscode';
import type { SkippedFile } from '../../protocol/engine';
import type { ReadOnlyDocuments } from '../editor/readOnlyDocuments';
import { formatCount } from '../../l10n/numbers';
import { openOrReveal } from '../editor/openFile';
import { skippedItems, skippedText, type SkippedItem } from './skippedItems';
import { t } from '../../l10n/messages';

const copy = (): QuickInputButton => ({ iconPath: new ThemeIcon('copy'), tooltip: t('Copy the list') });
const howRead = (): QuickInputButton => ({
  iconPath: new ThemeIcon('question'),
  tooltip: t('How Is This File Read?'),
});
const asText = (): QuickInputButton => ({ iconPath: new ThemeIcon('go-to-file'), tooltip: t('Open the list as text') });

/** Lists the skipped files with their reasons; the one that is picked is opened. */
export async function showSkipped(files: readonly SkippedFile[], documents: ReadOnlyDocuments): Promise<void> {
  if (files.length === 0) {
    await window.showInformationMessage(t('Kindred has skipped no files.'));
    return;
  }
  const pick = window.createQuickPick<SkippedItem>();
  pick.title =
    files.length === 1 ? t('Kindred: 1 skipped file') : t('Kindred: {0} skipped files', formatCount(files.length));
  pick.placeholder = t('Pick a file to open it');
  pick.matchOnDetail = true;
  pick.items = skippedItems(files).map((item) => ({ ...item, buttons: [howRead()] }));
  const copies = copy();
  pick.buttons = [copies, asText()];
  const next = await choiceIn(pick, copies, files, documents);
  pick.dispose();
  await next?.();
}

/** What the user wants done with the list, or `undefined` if they leave it. */
function choiceIn(
  pick: QuickPick<SkippedItem>,
  copies: QuickInputButton,
  files: readonly SkippedFile[],
  documents: ReadOnlyDocuments,
): Promise<(() => PromiseLike<unknown>) | undefined> {
  return new Promise((resolve) => {
    pick.onDidHide(() => {
      resolve(undefined);
    });
    pick.onDidAccept(() => {
      const [item] = pick.selectedItems;
      if (item !== undefined) resolve(() => openOrReveal(item.path));
    });
    pick.onDidTriggerItemButton(({ item }) => {
      resolve(() => commands.executeCommand<undefined>('kindred.howIsThisFileRead', Uri.file(item.path)));
    });
    pick.onDidTriggerButton((button) => {
      const text = skippedText(files);
      resolve(() =>
        button === copies ? env.clipboard.writeText(text) : documents.show(t('Kindred skipped files.txt'), text),
      );
    });
    pick.show();
  });
}
