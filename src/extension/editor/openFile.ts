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
  const viewColumn = columnBeside(panelColumn);
  await commands.executeCommand('vscode.open', uri, { viewColumn, preview: true, preserveFocus: true });
}

/** The column beside a panel, where what it leads to is opened. */
export function columnBeside(panelColumn: ViewColumn | undefined): ViewColumn {
  return panelColumn === ViewColumn.One ? ViewColumn.Two : ViewColumn.One;
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

/** @throws KindredError when a file cannot be reached */
export async function mustExist(uri: Uri): Promise<void> {
  await typeOf(uri);
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
