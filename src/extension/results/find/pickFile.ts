import { Uri, window, type QuickPickItem } from 'vscode';
import type { EngineProcess } from '../../engine/engineProcess';
import { extensions } from './formats';
import { fileItems } from './items';
import { activeFile } from './target';
import { t } from '../../../l10n/messages';

interface Item extends QuickPickItem {
  /** Absent for the item that browses. */
  readonly path?: string;
}

const browse = (): Item => ({
  label: `$(folder-opened) ${t('Browse...')}`,
  description: t('a file that is not in the index'),
});

/** Asks which file is meant: one of the index, or any other. */
export async function pickFile(
  engine: EngineProcess,
  texts: { readonly title: string; readonly placeHolder: string },
): Promise<Uri | undefined> {
  const active = activeFile()?.fsPath;
  const items = engine.ask('files', {}).then((files): readonly Item[] => [...fileItems(files, active), browse()]);
  const item = await window.showQuickPick(items, {
    ...texts,
    matchOnDescription: true,
  });
  if (item === undefined) return undefined;
  return item.path === undefined ? await browseForFile(texts.title) : Uri.file(item.path);
}

/** Asks which files of the index are meant, of which none may be. */
export async function pickFiles(engine: EngineProcess): Promise<readonly Uri[]> {
  const items = engine.ask('files', {}).then((files): readonly Item[] => fileItems(files, activeFile()?.fsPath));
  const chosen = await window.showQuickPick(items, {
    canPickMany: true,
    title: t('Find Similar to All'),
    placeHolder: t('Find what is similar to which files?'),
    matchOnDescription: true,
  });
  return (chosen ?? []).flatMap(({ path }) => (path === undefined ? [] : [Uri.file(path)]));
}

async function browseForFile(title: string): Promise<Uri | undefined> {
  const chosen = await window.showOpenDialog({
    canSelectMany: false,
    title,
    openLabel: t('Open'),
    filters: { [t('Recordings')]: [...extensions, 'gz'], [t('All Files')]: ['*'] },
  });
  return chosen?.[0];
}
