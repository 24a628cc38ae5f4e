import {
  commands,
  ConfigurationTarget,
  env,
  QuickPickItemKind,
  ThemeIcon,
  Uri,
  window,
  workspace,
  type QuickInputButton,
  type QuickPick,
  type QuickPickItem,
} from 'vscode';
import type { SkippedFile } from '../../protocol/engine';
import type { ReadOnlyDocuments } from '../editor/readOnlyDocuments';
import { skippedThings } from '../../l10n/nouns';
import { openOrReveal } from '../editor/openFile';
import { skippedGroups } from './skippedGroups';
import { skippedItems, skippedText, type SkippedItem } from './skippedItems';
import { t } from '../../l10n/messages';

const copy = (): QuickInputButton => ({ iconPath: new ThemeIcon('copy'), tooltip: t('Copy the list') });
const howRead = (): QuickInputButton => ({
  iconPath: new ThemeIcon('question'),
  tooltip: t('How Is This File Read?'),
});
const asText = (): QuickInputButton => ({ iconPath: new ThemeIcon('go-to-file'), tooltip: t('Open the list as text') });

/** A line as the editor shows it, with the line that it stands for. */
type Line = QuickPickItem & { readonly item: SkippedItem };

/** Lists what was skipped by reason and file; a file that is picked is opened, a setting is changed. */
export async function showSkipped(files: readonly SkippedFile[], documents: ReadOnlyDocuments): Promise<void> {
  if (files.length === 0) {
    await window.showInformationMessage(t('Kindred has skipped no files.'));
    return;
  }
  const pick = window.createQuickPick<Line>();
  const sequences = files.filter(({ number }) => number !== null).length;
  pick.title = t('Kindred: {0}', skippedThings(files.length - sequences, sequences));
  pick.placeholder = t('Pick a file to open it');
  pick.matchOnDetail = true;
  pick.items = skippedItems(skippedGroups(files)).map(lineOf);
  const copies = copy();
  pick.buttons = [copies, asText()];
  const next = await choiceIn(pick, copies, files, documents);
  pick.dispose();
  await next?.();
}

function lineOf(item: SkippedItem): Line {
  if (item.kind === 'reason') return { item, label: item.label, kind: QuickPickItemKind.Separator };
  const { label, detail } = item;
  return item.kind === 'remedy' ? { item, label, detail } : { item, label, detail, buttons: [howRead()] };
}

async function follow(item: SkippedItem): Promise<void> {
  if (item.kind === 'file') await openOrReveal(item.path);
  if (item.kind !== 'remedy') return;
  const { setting, value } = item.remedy;
  await workspace.getConfiguration('kindred').update(setting, value, ConfigurationTarget.Workspace);
}

/** What the user wants done with the list, or `undefined` if they leave it. */
function choiceIn(
  pick: QuickPick<Line>,
  copies: QuickInputButton,
  files: readonly SkippedFile[],
  documents: ReadOnlyDocuments,
): Promise<(() => PromiseLike<unknown>) | undefined> {
  return new Promise((resolve) => {
    pick.onDidHide(() => {
      resolve(undefined);
    });
    pick.onDidAccept(() => {
      const [line] = pick.selectedItems;
      if (line !== undefined) resolve(() => follow(line.item));
    });
    pick.onDidTriggerItemButton(({ item: { item } }) => {
      if (item.kind !== 'file') return;
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
