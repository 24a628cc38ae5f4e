import { commands, window } from 'vscode';
import { t } from '../../l10n/messages';
import { sequences } from '../../l10n/nouns';
import type { SetLabelParams } from '../../protocol/labels';
import { plain } from '../editor/text';
import type { IndexedWorkspace } from '../workspace/indexedWorkspace';

/**
 * Gives recordings labels that were proposed, without asking for them, and offers to take them back.
 * @param labels what gets each label
 */
export async function acceptLabels(
  workspace: IndexedWorkspace,
  labels: ReadonlyMap<string, SetLabelParams['targets']>,
): Promise<void> {
  let changed = 0;
  let written = 0;
  for (const [label, targets] of labels) {
    const answer = await workspace.engine().ask('setLabel', { targets, label });
    changed += answer.changed;
    if (answer.written.length > 0) written += 1;
  }
  const [only] = labels.keys();
  const what = sequences(changed);
  const done =
    labels.size === 1 && only !== undefined
      ? t('Labelled “{0}”: {1}', plain(only, 60), what)
      : t('Labelled: {0}', what);
  const undo = t('Undo');
  window.showInformationMessage(done, undo).then(
    async (chosen) => {
      if (chosen !== undo) return;
      // Each label was a step of its own.
      for (let step = 0; step < written; step++) await commands.executeCommand('kindred.undoLabels');
    },
    () => undefined,
  );
}
