import { counted } from '../text';
import { isIndexing, isPaused, type Situation } from './situation';

export interface MenuItem {
  /** With the editor's `$(icon)` syntax. */
  readonly label: string;
  readonly description?: string;
  readonly command: string;
  readonly arguments?: readonly unknown[];
}

/** What can be done about the index as it stands. */
export function menuItems(situation: Situation): readonly MenuItem[] {
  return [...actions(situation), ...always];
}

const always: readonly MenuItem[] = [
  { label: '$(pulse) Show Diagnostics', command: 'kindred.showDiagnostics' },
  { label: '$(output) Show Log', command: 'kindred.showLog' },
  { label: '$(gear) Settings', command: 'workbench.action.openSettings', arguments: ['kindred.'] },
];

function actions(situation: Situation): readonly MenuItem[] {
  switch (situation.kind) {
    case 'noFolder':
      return [{ label: '$(folder-opened) Open Folder...', command: 'vscode.openFolder' }];
    case 'restricted':
      return [{ label: '$(shield) Manage Workspace Trust', command: 'workbench.trust.manage' }];
    case 'starting':
      return [];
    case 'idle':
      return [{ label: '$(play) Index This Folder', command: 'kindred.resumeIndexing' }];
    case 'failed':
      return [{ label: '$(debug-restart) Restart the Engine', command: 'kindred.restartEngine' }];
    case 'open':
      return indexActions(situation);
  }
}

function indexActions(situation: Situation & { kind: 'open' }): readonly MenuItem[] {
  const { skipped } = situation.status;
  const items: MenuItem[] = [];
  if (skipped > 0) {
    items.push({
      label: '$(warning) Skipped Files',
      description: `${counted(skipped, 'file')} or sequences, each with its reason`,
      command: 'kindred.showSkipped',
    });
  }
  if (isIndexing(situation)) items.push({ label: '$(debug-pause) Pause Indexing', command: 'kindred.pauseIndexing' });
  if (isPaused(situation)) items.push({ label: '$(play) Resume Indexing', command: 'kindred.resumeIndexing' });
  items.push(
    {
      label: '$(refresh) Rebuild Index',
      description: 'forget everything and index again',
      command: 'kindred.rebuildIndex',
    },
    { label: '$(trash) Clear Index', description: 'forget everything and pause', command: 'kindred.clearIndex' },
  );
  return items;
}
