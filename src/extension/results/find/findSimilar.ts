import { ProgressLocation, Uri, window, type ExtensionContext } from 'vscode';
import { basename } from 'node:path';
import * as v from 'valibot';
import type { SequenceSummary } from '../../../protocol/engine';
import { sequenceRef, type SequenceRef } from '../../../protocol/sequences';
import { KindredError } from '../../failure';
import type { ResultsPanels } from '../resultsPanels';
import { plain } from '../../editor/text';
import type { IndexedWorkspace } from '../../workspace/indexedWorkspace';
import { numberLastUsed, parseLastUsed, sequenceItems, withUsed } from './items';
import { pickFile } from './pickFile';
import { targetOf } from './target';
import { t } from '../../../l10n/messages';

const lastUsedKey = 'kindred.lastSequence';

export interface FindParts {
  readonly context: ExtensionContext;
  readonly workspace: IndexedWorkspace;
  readonly panel: ResultsPanels;
  /** The sequence of a file that the active editor shows, if it shows one. */
  readonly shownOf: (path: string) => SequenceRef | null;
}

/** The main command: from a file to the panel with the sequences most like it. */
export class FindSimilar {
  readonly #context: ExtensionContext;
  readonly #workspace: IndexedWorkspace;
  readonly #panel: ResultsPanels;
  readonly #shownOf: FindParts['shownOf'];

  constructor({ context, workspace, panel, shownOf }: FindParts) {
    this.#context = context;
    this.#workspace = workspace;
    this.#panel = panel;
    this.#shownOf = shownOf;
  }

  /** @param argument what the menu, keybinding or caller hands over: a file's address, or where to look for one */
  async run(argument: unknown): Promise<void> {
    const engine = this.#workspace.engine();
    const file =
      targetOf(argument) ??
      (await pickFile(engine, {
        title: t('Find Similar Sequences'),
        placeHolder: t('Find what is similar to which file?'),
      }));
    if (file === undefined) return;
    const shown = this.#shownOf(file.fsPath);
    if (shown !== null) {
      await this.again(shown);
      return;
    }
    const sequence = await this.#pickSequence(file, await this.#sequencesOf(file));
    if (sequence !== undefined) await this.#panel.show(sequence);
  }

  /** Searches from one sequence of a file again, without asking which. */
  async again(argument: unknown): Promise<void> {
    const query = v.parse(sequenceRef, argument);
    const sequences = await this.#sequencesOf(Uri.file(query.path));
    const sequence = sequences.find(({ ref }) => ref.number === query.number);
    if (sequence === undefined) {
      throw new KindredError(t('{0} has changed and no longer holds this sequence.', plain(basename(query.path))));
    }
    await this.#panel.show(sequence);
  }

  async #sequencesOf(file: Uri): Promise<readonly SequenceSummary[]> {
    if (file.scheme !== 'file') throw new KindredError(t('Kindred can only read files on a disk.'));
    const name = plain(basename(file.fsPath));
    const place = { location: ProgressLocation.Window, title: t('Kindred: reading {0}', name) };
    const sequences = await window.withProgress(place, () =>
      this.#workspace.engine().ask('sequences', { path: file.fsPath }),
    );
    if (sequences.length > 0) return sequences;
    throw new KindredError(t('{0} holds no sequence that can be compared.', name), {
      remedies: [{ label: t('Show Skipped Files'), command: 'kindred.showSkipped' }],
    });
  }

  async #pickSequence(file: Uri, sequences: readonly SequenceSummary[]): Promise<SequenceSummary | undefined> {
    if (sequences.length === 1) return sequences[0];
    const used = parseLastUsed(this.#context.workspaceState.get(lastUsedKey));
    const item = await window.showQuickPick(sequenceItems(sequences, numberLastUsed(used, file.fsPath)), {
      title: t('Sequences of {0}', plain(basename(file.fsPath))),
      placeHolder: t('Find what is similar to which sequence?'),
      matchOnDescription: true,
      matchOnDetail: true,
    });
    if (item === undefined) return undefined;
    const now = withUsed(used, file.fsPath, item.sequence.ref.number);
    await this.#context.workspaceState.update(lastUsedKey, now);
    return item.sequence;
  }
}
