import { commands, FileType, Uri, ViewColumn, workspace } from 'vscode';
import { KindredError } from '../failure';
import { t } from '../../l10n/messages';

/**
 * Opens the file at `path` beside the panel in `panelColumn`, leaving the focus where it is.
 * @throws KindredError when the file cannot be reached
 */
export async function openBesidePanel(path: string, panelColumn: ViewColumn | undefined): Promise<void> {
  const uri = Uri.file(path);
  await typeOf(uri);
  const viewColumn = panelColumn === ViewColumn.One ? ViewColumn.Two : ViewColumn.One;
  await commands.executeCommand('vscode.open', uri, { viewColumn, preview: true, preserveFocus: true });
}

/**
 * Opens files in tabs that stay, as `openBesidePanel` does.
 * @throws KindredError when one cannot be reached
 */
export async function openInTabs(paths: readonly string[], panelColumn: ViewColumn | undefined): Promise<void> {
  const viewColumn = panelColumn === ViewColumn.One ? ViewColumn.Two : ViewColumn.One;
  for (const path of paths) {
    const uri = Uri.file(path);
    await typeOf(uri);
    await commands.executeCommand('vscode.open', uri, { viewColumn, preview: false, preserveFocus: true });
  }
}

/**
 * Opens the file at `path`; a folder is shown in the Explorer.
 * @throws KindredError when it cannot be reached
 */
export async function openOrReveal(path: string): Promise<void> {
  const uri = Uri.file(path);
  const isFolder = ((await typeOf(uri)) & FileType.Directory) !== 0;
  if (isFolder) await commands.executeCommand('revealInExplorer', uri);
  else await commands.executeCommand('vscode.open', uri, { preview: true });
}

async function typeOf(uri: Uri): Promise<FileType> {
  try {
    return (await workspace.fs.stat(uri)).type;
  } catch (error) {
    throw new KindredError(t('{0} cannot be opened: it was moved or deleted, or you may not read it.', uri.fsPath), {
      cause: error,
    });
  }
}
