import { ProgressLocation, Uri, window, type ExtensionContext, type LogOutputChannel } from 'vscode';
import { basename } from 'node:path';
import * as v from 'valibot';
import type { SequenceSummary } from '../../../protocol/engine';
import { querySet, sequenceRef, type SequenceRef } from '../../../protocol/sequences';
import { detailsOf, KindredError } from '../../failure';
import type { View } from '../history';
import { setOfAll } from '../marks';
import type { ResultsPanels } from '../resultsPanels';
import { plain } from '../../editor/text';
import type { IndexedWorkspace } from '../../workspace/indexedWorkspace';
import { numberLastUsed, parseLastUsed, withUsed } from './items';
import { filesMeant } from './filesMeant';
import { pickFile, pickFiles } from './pickFile';
import { pickSequence } from './pickSequence';
import { targetOf, targetsOf } from './target';
import { t } from '../../../l10n/messages';

const lastUsedKey = 'kindred.lastSequence';

/** A search that is kept: its query, and what was asked about beside it. */
const keptSearch = v.object({ ...sequenceRef.entries, set: v.exactOptional(querySet) });

export interface FindParts {
  readonly context: ExtensionContext;
  readonly workspace: IndexedWorkspace;
  readonly panel: ResultsPanels;
  /** The sequence of a file that the active editor shows, if it shows one. */
  readonly shownOf: (path: string) => SequenceRef | null;
  readonly log: LogOutputChannel;
}

/** The main command: from a file to the panel with the sequences most like it. */
export class FindSimilar {
  readonly #context: ExtensionContext;
  readonly #workspace: IndexedWorkspace;
  readonly #panel: ResultsPanels;
  readonly #shownOf: FindParts['shownOf'];
  readonly #log: LogOutputChannel;

  constructor({ context, workspace, panel, shownOf, log }: FindParts) {
    this.#context = context;
    this.#workspace = workspace;
    this.#panel = panel;
    this.#shownOf = shownOf;
    this.#log = log;
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

  /**
   * The same from several files together, with all of their sequences. A folder stands for the recordings in it.
   * @param selected what is selected in the Explorer
   * @throws KindredError
   */
  async toAll(argument: unknown, selected: unknown): Promise<void> {
    const engine = this.#workspace.engine();
    const targets = targetsOf(argument, selected);
    const chosen = targets.length > 0 ? await this.#filesOf(targets) : await pickFiles(engine);
    const [first] = chosen;
    if (first === undefined) return;
    if (chosen.length === 1) {
      await this.run(first);
      return;
    }
    const sequences: SequenceSummary[] = [];
    for (const file of chosen) {
      sequences.push(...(await this.#sequencesOf(file)));
      // Before more files are read than can be searched with.
      setOfAll(sequences.map(({ ref }) => ref));
    }
    const [query] = sequences;
    if (query !== undefined) await this.#panel.show(query, { set: setOfAll(sequences.map(({ ref }) => ref)) });
  }

  /** Searches from one sequence of a file again, without asking which, and from those that were asked about beside it. */
  async again(argument: unknown): Promise<void> {
    const { set, ...query } = v.parse(keptSearch, argument);
    await this.#panel.show(await this.#sequence(query), { set });
  }

  /** Asks what was asked before. */
  async view({ query, set, scope, weights }: View): Promise<void> {
    await this.#panel.show(await this.#sequence(query), { set, comparing: { scope, weights } });
  }

  /** Searches from sequences together, without asking which. @throws KindredError for too many */
  async fromAll(refs: readonly SequenceRef[]): Promise<void> {
    const [query] = refs;
    const set = setOfAll(refs);
    if (query !== undefined) await this.#panel.show(await this.#sequence(query), { set });
  }

  /** Searches from a sequence, and shows it beside another at once. @param isPooled whether they may have different channels */
  async comparing(query: SequenceRef, other: SequenceRef, isPooled: boolean): Promise<void> {
    const comparing = { scope: isPooled ? 'all' : 'layout' } as const;
    await this.#panel.show(await this.#sequence(query), { comparing, beside: other });
  }

  async #filesOf(targets: readonly Uri[]): Promise<readonly Uri[]> {
    const indexed = await this.#workspace.engine().ask('files', {});
    const meant = filesMeant(
      targets,
      indexed.map(({ path }) => path),
    );
    if (meant.length > 0) return meant;
    throw new KindredError(t('The index holds no recording of what is selected.'));
  }

  async #sequence(query: SequenceRef): Promise<SequenceSummary> {
    const sequences = await this.#sequencesOf(Uri.file(query.path));
    const sequence = sequences.find(({ ref }) => ref.number === query.number);
    if (sequence !== undefined) return sequence;
    throw new KindredError(t('{0} has changed and no longer holds this sequence.', plain(basename(query.path))));
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
    const last = numberLastUsed(used, file.fsPath);
    const chosen = await pickSequence(this.#workspace.engine(), file, sequences, last, (error) => {
      this.#log.error(`The sequences of ${file.fsPath} cannot be drawn: ${detailsOf(error)}`);
    });
    if (chosen === undefined) return undefined;
    const now = withUsed(used, file.fsPath, chosen.ref.number);
    await this.#context.workspaceState.update(lastUsedKey, now);
    return chosen;
  }
}
