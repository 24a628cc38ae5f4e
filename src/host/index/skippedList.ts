import { env, ThemeIcon, window, type QuickInputButton, type QuickPick } from 'vscode';
import type { SkippedFile } from '../../protocol/engine';
import type { ReadOnlyDocuments } from '../readOnlyDocuments';
import { counted } from '../text';
import { openOrReveal } from '../openFile';
import { skippedItems, skippedText, type SkippedItem } from './skippedItems';

const copy: QuickInputButton = { iconPath: new ThemeIcon('copy'), tooltip: 'Copy the list' };
const asText: QuickInputButton = { iconPath: new ThemeIcon('go-to-file'), tooltip: 'Open the list as text' };

/** Lists the skipped files with their reasons; the one that is picked is opened. */
export async function showSkipped(files: readonly SkippedFile[], documents: ReadOnlyDocuments): Promise<void> {
  if (files.length === 0) {
    await window.showInformationMessage('Kindred has skipped no files.');
    return;
  }
  const pick = window.createQuickPick<SkippedItem>();
  pick.title = `Kindred: ${counted(files.length, 'skipped file')}`;
  pick.placeholder = 'Pick a file to open it';
  pick.matchOnDetail = true;
  pick.items = skippedItems(files);
  pick.buttons = [copy, asText];
  const next = await choiceIn(pick, files, documents);
  pick.dispose();
  await next?.();
}

/** What the user wants done with the list, or `undefined` if they leave it. */
function choiceIn(
  pick: QuickPick<SkippedItem>,
  files: readonly SkippedFile[],
  documents: ReadOnlyDocuments,
): Promise<(() => PromiseLike<void>) | undefined> {
  return new Promise((resolve) => {
    pick.onDidHide(() => {
      resolve(undefined);
    });
    pick.onDidAccept(() => {
      const [item] = pick.selectedItems;
      if (item !== undefined) resolve(() => openOrReveal(item.path));
    });
    pick.onDidTriggerButton((button) => {
      const text = skippedText(files);
      resolve(() =>
        button === copy ? env.clipboard.writeText(text) : documents.show('Kindred skipped files.txt', text),
      );
    });
    pick.show();
  });
}
