import { basename } from 'node:path';
import { window, type Disposable, type QuickPick, type Uri } from 'vscode';
import { t } from '../../../l10n/messages';
import type { AskEngine } from '../../../protocol/engine';
import { mostListed } from '../../../protocol/recordings';
import type { SequenceSummary } from '../../../protocol/sequences';
import { plain } from '../../editor/text';
import { sequenceItems, type SequenceItem } from './items';

/** Sequences beyond these have no sketch: nobody reads a list that far. */
const mostSketched = 1000;

/**
 * Lets the user choose one of the sequences of a file, by number, name or label. Sketches of their curves follow as they are
 * made.
 *
 * @param lastUsed the number of the one that comes first
 * @param failed told why there are no sketches
 */
export async function pickSequence(
  engine: { readonly ask: AskEngine },
  file: Uri,
  sequences: readonly SequenceSummary[],
  lastUsed: number | undefined,
  failed: (error: unknown) => void,
): Promise<SequenceSummary | undefined> {
  const pick = listOf(file);
  const over = new AbortController();
  const listeners: Disposable[] = [];
  try {
    pick.items = sequenceItems(sequences, lastUsed);
    // For a moment after the items were replaced nothing is active, and a key that comes then means what was.
    let replaced: SequenceItem | undefined;
    const chosen = new Promise<SequenceItem | undefined>((resolve) => {
      listeners.push(
        pick.onDidChangeValue(() => {
          replaced = undefined;
        }),
        pick.onDidAccept(() => {
          const item = pick.selectedItems[0] ?? replaced;
          if (item !== undefined) resolve(item);
        }),
        pick.onDidHide(() => {
          resolve(undefined);
        }),
      );
    });
    pick.show();
    sketchesOf(engine.ask, sequences, over.signal).then(
      (sketches) => {
        if (over.signal.aborted) return;
        // The editor tells of the first active item a moment after the items.
        const active = pick.activeItems[0] ?? (pick.value === '' ? pick.items[0] : undefined);
        replaced = active;
        pick.keepScrollPosition = true;
        pick.items = sequenceItems(sequences, lastUsed, sketches);
        const again = pick.items.find(({ sequence }) => sequence.ref.number === active?.sequence.ref.number);
        if (again !== undefined) pick.activeItems = [again];
      },
      (error: unknown) => {
        if (!over.signal.aborted) failed(error);
      },
    );
    return (await chosen)?.sequence;
  } finally {
    over.abort();
    for (const listener of listeners) listener.dispose();
    pick.dispose();
  }
}

function listOf(file: Uri): QuickPick<SequenceItem> {
  const pick = window.createQuickPick<SequenceItem>();
  pick.title = t('Sequences of {0}', plain(basename(file.fsPath)));
  pick.placeholder = t('Find what is similar to which sequence?');
  [pick.matchOnDescription, pick.matchOnDetail] = [true, true];
  return pick;
}

/** The sketches of the first sequences, by their numbers. */
async function sketchesOf(
  ask: AskEngine,
  sequences: readonly SequenceSummary[],
  signal: AbortSignal,
): Promise<ReadonlyMap<number, readonly number[]>> {
  const sketches = new Map<number, readonly number[]>();
  const [first] = sequences;
  if (first === undefined) return sketches;
  const end = Math.min(first.siblings, mostSketched);
  for (let from = 0; from < end; from += mostListed) {
    const listed = await ask('sequenceList', { ref: first.ref, from, count: mostListed }, signal);
    for (const { number, sketch } of listed) sketches.set(number, sketch);
  }
  return sketches;
}
