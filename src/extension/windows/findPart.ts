import * as v from 'valibot';
import { window } from 'vscode';
import { t } from '../../l10n/messages';
import type { WindowsParams } from '../../protocol/windows';
import { findPart } from '../../protocol/windowsPage';
import { fileItems } from '../results/find/items';
import type { IndexedWorkspace } from '../workspace/indexedWorkspace';
import { windowsAtOnce } from './windowsSession';
import type { WindowsPanel } from './windowsPanel';

const part = v.omit(findPart, ['type']);

/**
 * Searches for a part of a recording that is selected on its plot.
 * @param argument what the page asks for
 * @throws valibot's error for an argument that is none
 */
export async function searchForPart(
  workspace: IndexedWorkspace,
  panel: WindowsPanel,
  argument: unknown,
): Promise<void> {
  const { query, span, where } = v.parse(part, argument);
  const among = where === 'files' ? await chosenFiles(workspace, query.path) : { kind: where };
  if (among === null) return;
  // Of one recording only the best window would be one row.
  const each = where === 'recording' ? 'all' : 'best';
  await panel.show({ query, span, among, each, limit: windowsAtOnce });
}

async function chosenFiles(workspace: IndexedWorkspace, own: string): Promise<WindowsParams['among'] | null> {
  const items = workspace
    .engine()
    .ask('files', {})
    .then((files) => fileItems(files, own));
  const chosen = await window.showQuickPick(items, {
    title: t('Find Similar Parts'),
    placeHolder: t('In which files?'),
    canPickMany: true,
    matchOnDescription: true,
  });
  const paths = chosen?.map(({ path }) => path) ?? [];
  return paths.length === 0 ? null : { kind: 'files', paths };
}
