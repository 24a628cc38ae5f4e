import { commands, window } from 'vscode';
import { menuItems } from './menuItems';
import type { Situation } from './situation';
import { t } from '../../l10n/messages';

/** Offers what can be done about the index, and does what is chosen. */
export async function showIndexMenu(situation: Situation): Promise<void> {
  const item = await window.showQuickPick(menuItems(situation), { title: 'Kindred', placeHolder: t('Index') });
  if (item !== undefined) await commands.executeCommand(item.command, ...(item.arguments ?? []));
}
