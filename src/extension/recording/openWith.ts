import { commands, Uri, type ViewColumn } from 'vscode';
import { mustExist } from '../editor/openFile';
import { viewOf } from './kinds';

/** Where a file is opened. */
export interface Place {
  readonly viewColumn: ViewColumn | undefined;
  readonly preserveFocus: boolean;
  readonly preview?: boolean;
}

/** Opens a file as a recording, in a preview tab unless told otherwise. @throws KindredError when it cannot be reached */
export async function openRecording(path: string, { preview = true, ...place }: Place): Promise<void> {
  const uri = Uri.file(path);
  await mustExist(uri);
  await commands.executeCommand('vscode.openWith', uri, viewOf(path), { ...place, preview });
}

/** Opens a file as text. @throws KindredError when it cannot be reached */
export async function openAsText(path: string, { preview = true, ...place }: Place): Promise<void> {
  const uri = Uri.file(path);
  await mustExist(uri);
  await commands.executeCommand('vscode.openWith', uri, 'default', { ...place, preview });
}
