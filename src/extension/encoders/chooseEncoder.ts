import { join } from 'node:path';
import { QuickPickItemKind, ThemeIcon, Uri, window, type QuickInputButton, type QuickPickItem } from 'vscode';
import { t } from '../../l10n/messages';
import type { EncoderEntry } from '../../protocol/encoders';
import { KindredError } from '../failure';
import { plain } from '../editor/text';
import { encoderItems, nameOf, type EncoderItem } from './encoderItems';
import type { EncoderShelf } from './encoderShelf';

type Item = QuickPickItem & { readonly entry?: EncoderEntry };

type Choice =
  { readonly kind: 'use' | 'rename' | 'export' | 'delete'; readonly entry: EncoderEntry } | { readonly kind: 'import' };

/** The command **Choose Encoder**: lists encoders with their figures, and does what is chosen. */
export async function chooseEncoder(shelf: EncoderShelf): Promise<void> {
  const choice = await ask(encoderItems(await shelf.all(), shelf.active));
  switch (choice?.kind) {
    case undefined:
      return;
    case 'use':
      await use(shelf, choice.entry);
      return;
    case 'rename':
      await rename(shelf, choice.entry);
      return;
    case 'export':
      await exportTo(shelf, choice.entry);
      return;
    case 'delete':
      await remove(shelf, choice.entry);
      return;
    case 'import':
      await importFrom(shelf);
  }
}

/**
 * The command behind the lines of the side bar: ranks by the encoder in a folder, as choosing it does.
 *
 * @param folder whatever the command was given
 * @throws KindredError for an encoder that cannot be used, or is not of this workspace
 */
export async function useEncoder(shelf: EncoderShelf, folder: unknown): Promise<void> {
  const entry = (await shelf.all()).find((candidate) => candidate.folder === folder);
  if (entry === undefined) throw new KindredError(t('This encoder is not there any more.'));
  await use(shelf, entry);
}

async function use(shelf: EncoderShelf, entry: EncoderEntry): Promise<void> {
  if (entry.problem !== null) throw new KindredError(entry.problem);
  if (entry.folder !== shelf.active) await shelf.use(entry);
}

function ask(encoders: readonly EncoderItem[]): Promise<Choice | undefined> {
  const pick = window.createQuickPick<Item>();
  const renameButton: QuickInputButton = { iconPath: new ThemeIcon('edit'), tooltip: t('Rename') };
  const exportButton: QuickInputButton = { iconPath: new ThemeIcon('export'), tooltip: t('Export') };
  const deleteButton: QuickInputButton = { iconPath: new ThemeIcon('trash'), tooltip: t('Delete') };
  pick.title = t('Choose Encoder');
  pick.placeholder = t('Rank by which encoder? The index of each is kept, so that going back takes no time.');
  pick.matchOnDetail = true;
  pick.items = [
    ...encoders.map(({ name, isActive, description, detail, entry }) => ({
      label: `$(${entry.problem === null ? (isActive ? 'check' : 'blank') : 'warning'}) ${name}`,
      description,
      detail,
      entry,
      buttons: entry.place === 'bundled' ? [exportButton] : [renameButton, exportButton, deleteButton],
    })),
    { label: '', kind: QuickPickItemKind.Separator },
    {
      label: `$(cloud-download) ${t('Import Encoder...')}`,
      detail: t('From a folder with encoder.onnx and encoder.json'),
    },
  ];
  return new Promise((resolve) => {
    pick.onDidTriggerItemButton(({ button, item: { entry } }) => {
      const kind = button === renameButton ? 'rename' : button === exportButton ? 'export' : 'delete';
      if (entry !== undefined) resolve({ kind, entry });
      pick.hide();
    });
    pick.onDidAccept(() => {
      const [item] = pick.selectedItems;
      if (item !== undefined)
        resolve(item.entry === undefined ? { kind: 'import' } : { kind: 'use', entry: item.entry });
      pick.hide();
    });
    pick.onDidHide(() => {
      resolve(undefined);
      pick.dispose();
    });
    pick.show();
  });
}

async function rename(shelf: EncoderShelf, { card, folder }: EncoderEntry): Promise<void> {
  const name = await window.showInputBox({
    title: t('Rename Encoder'),
    value: card.name,
    validateInput: (text) => (text.trim() === '' || text.length > 200 ? t('A name of 1 to 200 characters') : undefined),
  });
  if (name !== undefined) await shelf.rename(folder, name.trim());
}

async function exportTo(shelf: EncoderShelf, entry: EncoderEntry): Promise<void> {
  const { card, folder } = entry;
  const [parent] =
    (await window.showOpenDialog({
      title: t('Export “{0}”', plain(nameOf(entry), 60)),
      openLabel: t('Export into This Folder'),
      canSelectFiles: false,
      canSelectFolders: true,
    })) ?? [];
  if (parent === undefined) return;
  const name = card.name.replace(/[^\w.-]+/g, '-').replace(/^[-.]+/, '') || 'encoder';
  const to = join(parent.fsPath, name);
  await shelf.export(folder, to);
  window.setStatusBarMessage(`$(check) ${t('Exported to {0}', plain(to))}`, 8000);
}

async function remove(shelf: EncoderShelf, { card, folder }: EncoderEntry): Promise<void> {
  const message = t('Delete the encoder “{0}”?', plain(card.name, 80));
  const yes = t('Delete');
  const answer = await window.showWarningMessage(message, { modal: true, detail: t('This cannot be undone.') }, yes);
  if (answer === yes) await shelf.remove(folder);
}

async function importFrom(shelf: EncoderShelf): Promise<void> {
  const [folder] =
    (await window.showOpenDialog({
      title: t('Import Encoder'),
      openLabel: t('Import'),
      canSelectFiles: false,
      canSelectFolders: true,
      defaultUri: Uri.file(shelf.places.shared[0] ?? '/'),
    })) ?? [];
  if (folder === undefined) return;
  const entry = await shelf.import(folder.fsPath);
  await shelf.use(entry);
}
