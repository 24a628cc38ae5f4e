import { commands, Uri, window } from 'vscode';
import * as v from 'valibot';
import type { LabelsOfAnswer, SetLabelParams } from '../../protocol/labels';
import { activeFile, targetOf } from '../results/find/target';
import { mayHoldSequences } from '../results/find/formats';
import { KindredError } from '../failure';
import { t } from '../../l10n/messages';
import { files, sequences } from '../../l10n/nouns';
import { plain } from '../editor/text';
import type { IndexedWorkspace } from '../workspace/indexedWorkspace';

/** Labels that a question names. */
const mostNamed = 6;

const rows = v.object({
  targets: v.pipe(v.array(v.object({ path: v.string(), number: v.nullable(v.number()) })), v.minLength(1)),
});

/**
 * The command **Set Label...**: gives recordings a label in the workspace's `labels.csv`.
 *
 * @param argument what the menu hands over: a file's address, or `{ targets }` for rows of the results
 * @param selected all files that are selected in the Explorer
 * @returns whether they have a label now that the user has chosen, and not cancelled
 */
export async function setLabel(workspace: IndexedWorkspace, argument: unknown, selected: unknown): Promise<boolean> {
  const engine = workspace.engine();
  const targets = targetsOf(argument, selected);
  if (targets.length === 0) throw new KindredError(t('Select recordings in the Explorer first, or open one.'));
  const { sources } = await engine.ask('labels', { pattern: null });
  const known = sources.find(({ source }) => source.kind === 'labelsFile')?.sets.flatMap(({ labels }) => labels) ?? [];
  const label = await askForLabel([...new Set(known.map((entry) => entry.label))], counted(targets, targets.length));
  if (label === undefined) return false;
  const { labels } = await engine.ask('labelsOf', { targets });
  if (!(await mayReplace(labels.filter((had) => had.label !== label)))) return false;
  const { changed } = await engine.ask('setLabel', { targets, label });
  const what = counted(targets, changed);
  const done = label === '' ? t('Label removed: {0}', what) : t('Labelled “{0}”: {1}', plain(label, 60), what);
  offerUndo(done);
  return true;
}

/** The command **Undo Set Label**: takes the last labels back. */
export async function undoLabels(workspace: IndexedWorkspace): Promise<void> {
  const { written } = await workspace.engine().ask('undoLabels', {});
  const text = written.length === 0 ? t('There is no label to take back.') : t('The labels are as they were before.');
  window.setStatusBarMessage(`$(tag) ${text}`, 8000);
}

/** Asks before the labels of several recordings are lost; a single one is seen, and can be taken back. */
async function mayReplace(labels: LabelsOfAnswer['labels']): Promise<boolean> {
  const total = labels.reduce((sum, { count }) => sum + count, 0);
  if (total < 2) return true;
  const shown = labels.slice(0, mostNamed).map(({ label, count }) => `“${plain(label, 40)}” (${count})`);
  const more = labels.length > mostNamed ? ['…'] : [];
  const detail = t('Their labels are now: {0}. They can be taken back by Undo.', [...shown, ...more].join(', '));
  const replace = t('Replace');
  const question = t('Replace the labels of {0}?', sequences(total));
  return (await window.showWarningMessage(question, { modal: true, detail }, replace)) === replace;
}

/** Says what was done, without waiting for what the user makes of it. */
function offerUndo(done: string): void {
  const undo = t('Undo');
  window.showInformationMessage(done, undo).then(
    async (chosen) => {
      if (chosen === undo) await commands.executeCommand('kindred.undoLabels');
    },
    () => undefined,
  );
}

function counted(targets: SetLabelParams['targets'], count: number): string {
  return targets.every(({ number }) => number === null) ? files(count) : sequences(count);
}

function targetsOf(argument: unknown, selected: unknown): SetLabelParams['targets'] {
  const given = v.safeParse(rows, argument);
  if (given.success) return given.output.targets;
  const several = Array.isArray(selected) ? selected.filter((item): item is Uri => item instanceof Uri) : [];
  const one = several.length > 0 ? undefined : (targetOf(argument) ?? activeFile());
  const files = one === undefined ? several : [one];
  return files
    .filter((uri) => uri.scheme === 'file' && mayHoldSequences(uri.fsPath))
    .map((uri) => ({ path: uri.fsPath, number: null }));
}

/** A list of the labels that are there, in which a new one can be typed. */
function askForLabel(known: readonly string[], what: string): Promise<string | undefined> {
  const pick = window.createQuickPick<{ label: string; value: string; description?: string }>();
  pick.title = t('Set Label: {0}', what);
  pick.placeholder = t('Type a new label, or choose one');
  const isKnown = (label: string) => label === '' || known.includes(label);
  const show = () => {
    const typed = pick.value.trim();
    const fresh = isKnown(typed) ? [] : [{ label: plain(typed), value: typed, description: t('new label') }];
    pick.items = [
      ...fresh,
      ...known.map((label) => ({ label: plain(label), value: label })),
      ...(typed === '' ? [{ label: `$(close) ${t('No label')}`, value: '' }] : []),
    ];
  };
  show();
  return new Promise((resolve) => {
    pick.onDidChangeValue(show);
    pick.onDidAccept(() => {
      // The items follow what is typed a moment later: a new label is what stands in the field now.
      const chosen = pick.selectedItems[0];
      const typed = pick.value.trim();
      const label = chosen === undefined || !isKnown(chosen.value) ? typed : chosen.value;
      resolve(label === '' && chosen === undefined ? undefined : label);
      pick.hide();
    });
    pick.onDidHide(() => {
      resolve(undefined);
      pick.dispose();
    });
    pick.show();
  });
}
