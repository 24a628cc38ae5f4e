import * as v from 'valibot';
import { ViewColumn, window } from 'vscode';
import { t } from '../../l10n/messages';
import { labelledParams } from '../../protocol/listing';
import type { SequenceSummary } from '../../protocol/sequences';
import { plain } from '../editor/text';
import type { RecordingEditors } from '../recording/recordingEditors';
import { sequenceItems, type SequenceItem } from '../results/find/items';
import type { IndexedWorkspace } from '../workspace/indexedWorkspace';

/**
 * Lists the recordings that have a label; the one that is picked opens.
 * @param argument what the line of the side bar hands over
 * @throws valibot's error for an argument that is none
 */
export async function showLabelled(
  workspace: IndexedWorkspace,
  recordings: RecordingEditors,
  argument: unknown,
): Promise<void> {
  const asked = v.parse(labelledParams, argument);
  const { value } = asked.label;
  const items = workspace.engine().ask('labelled', asked).then(itemsOf);
  const chosen = await window.showQuickPick(items, {
    title: value === null ? t('Recordings without a label') : t('Recordings labelled “{0}”', plain(value, 60)),
    placeHolder: t('Pick a recording to open it'),
    matchOnDescription: true,
    matchOnDetail: true,
  });
  if (chosen === undefined) return;
  const { path, number } = chosen.sequence.ref;
  await recordings.show(path, number, { viewColumn: ViewColumn.Active, preserveFocus: false });
}

function itemsOf(sequences: readonly SequenceSummary[]): readonly SequenceItem[] {
  return sequenceItems(sequences, undefined).map((item) => {
    const { file, siblings } = item.sequence;
    const name = plain(file);
    return { ...item, label: siblings > 1 ? `${name} #${item.label}` : name, description: '' };
  });
}
