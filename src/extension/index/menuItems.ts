import { filesToCheck, skippedThings } from '../../l10n/nouns';
import { isIndexing, isPaused, type Situation } from './situation';
import { t } from '../../l10n/messages';

export interface MenuItem {
  /** With the editor's `$(icon)` syntax. */
  readonly label: string;
  readonly description?: string;
  readonly command: string;
  readonly arguments?: readonly unknown[];
}

/** What can be done about the index as it stands. */
export function menuItems(situation: Situation): readonly MenuItem[] {
  return [...actions(situation), ...always()];
}

const always = (): readonly MenuItem[] => [
  { label: `$(pulse) ${t('Show Diagnostics')}`, command: 'kindred.showDiagnostics' },
  { label: `$(output) ${t('Show Log')}`, command: 'kindred.showLog' },
  { label: `$(gear) ${t('Settings')}`, command: 'workbench.action.openSettings', arguments: ['kindred.'] },
];

function actions(situation: Situation): readonly MenuItem[] {
  switch (situation.kind) {
    case 'noFolder':
      return [{ label: `$(folder-opened) ${t('Open Folder...')}`, command: 'vscode.openFolder' }];
    case 'restricted':
      return [{ label: `$(shield) ${t('Manage Workspace Trust')}`, command: 'workbench.trust.manage' }];
    case 'starting':
      return [];
    case 'idle':
      return [{ label: `$(play) ${t('Index This Folder')}`, command: 'kindred.resumeIndexing' }];
    case 'failed':
      return [{ label: `$(debug-restart) ${t('Restart the Engine')}`, command: 'kindred.restartEngine' }];
    case 'open':
      return indexActions(situation);
  }
}

function indexActions(situation: Situation & { kind: 'open' }): readonly MenuItem[] {
  const { skipped, skippedSequences, unsure } = situation.status;
  const items: MenuItem[] = [];
  if (unsure > 0) items.push({ label: `$(question) ${filesToCheck(unsure)}`, command: 'kindred.showUnsure' });
  if (skipped + skippedSequences > 0) {
    items.push({
      label: `$(warning) ${t('Skipped Files')}`,
      description: t('{0}, by reason and file', skippedThings(skipped, skippedSequences)),
      command: 'kindred.showSkipped',
    });
  }
  if (isIndexing(situation))
    items.push({ label: `$(debug-pause) ${t('Pause Indexing')}`, command: 'kindred.pauseIndexing' });
  if (isPaused(situation)) items.push({ label: `$(play) ${t('Resume Indexing')}`, command: 'kindred.resumeIndexing' });
  items.push(
    {
      label: `$(refresh) ${t('Rebuild Index')}`,
      description: t('forget everything and index again'),
      command: 'kindred.rebuildIndex',
    },
    {
      label: `$(trash) ${t('Clear Index')}`,
      description: t('forget everything and pause'),
      command: 'kindred.clearIndex',
    },
  );
  return items;
}
