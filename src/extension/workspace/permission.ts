import { workspace } from 'vscode';
import { t } from '../../l10n/messages';
import type { WorkspaceFolder } from '../../protocol/engine';
import { KindredError } from '../failure';

/** The folders that lie on a disk that the engine can read. */
export function foldersOnDisk(): readonly WorkspaceFolder[] {
  return (workspace.workspaceFolders ?? [])
    .filter(({ uri }) => uri.scheme === 'file')
    .map(({ name, uri }) => ({ name, path: uri.fsPath }));
}

/** Why the engine must not run here: there is no folder, or the editor is in Restricted Mode; `null` where it may. */
export function obstacle(): 'noFolder' | 'restricted' | null {
  if (foldersOnDisk().length === 0) return 'noFolder';
  return workspace.isTrusted ? null : 'restricted';
}

/** @throws KindredError with what the user can do, when the engine must not run here */
export function checkMayRun(): void {
  switch (obstacle()) {
    case 'noFolder':
      throw new KindredError(t('Kindred compares the recordings of a folder. Please open one on this disk first.'), {
        remedies: [{ label: t('Open Folder'), command: 'vscode.openFolder' }],
      });
    case 'restricted':
      throw new KindredError(t('Kindred reads no files in Restricted Mode. Trust this workspace to search in it.'), {
        remedies: [{ label: t('Manage Trust'), command: 'workbench.trust.manage' }],
      });
    case null:
  }
}
