import { isDeepStrictEqual } from 'node:util';
import { env, window, type ExtensionContext } from 'vscode';
import * as v from 'valibot';
import { argumentOf, recordingsCell, searchCell, windowsCell } from '../../api/python/cells';
import { refName } from '../../api/recording';
import { t } from '../../l10n/messages';
import { labelledParams, noFilter } from '../../protocol/listing';
import type { SequenceRef } from '../../protocol/sequences';
import type { WindowsFound, WindowsParams } from '../../protocol/windows';
import type { ListedView } from '../results/history';
import { commandLineOf } from '../workspace/commandLine';
import type { IndexedWorkspace } from '../workspace/indexedWorkspace';
import { checkMayRun, foldersOnDisk } from '../workspace/permission';
import { searchArguments, windowsArguments } from './arguments';

/** What a line of the side bar hands over: the recordings of a layout, or those of them that have a label. */
const lineOfIndex = v.object({ about: v.union([labelledParams, v.pick(labelledParams, ['layoutOf'])]) });

/** Copies cells that give in a notebook what the editor shows. */
export class CopyAsPython {
  constructor(
    private readonly context: ExtensionContext,
    private readonly workspace: IndexedWorkspace,
  ) {}

  /** What a results panel lists. @throws KindredError in Restricted Mode */
  search(view: ListedView): Promise<void> {
    const isWhole = isDeepStrictEqual(view.arrangement.filter, noFilter);
    const notes = isWhole ? [] : ['The filters of the panel are left out: this is the whole ranking.'];
    return this.copy(searchCell(this.line(), searchArguments(view, this.folders()), notes));
  }

  /** What the page of windows lists. @throws KindredError in Restricted Mode */
  windows(params: WindowsParams, found: WindowsFound): Promise<void> {
    return this.copy(windowsCell(this.line(), windowsArguments(params, found, this.folders())));
  }

  /**
   * Recordings of a map or a list.
   * @param layoutOf one of the layout that they all have; `null` if they have several
   * @param refs `null` for all of the layout
   * @throws KindredError in Restricted Mode
   */
  recordings(layoutOf: SequenceRef | null, refs: readonly SequenceRef[] | null): Promise<void> {
    const of = layoutOf === null ? [] : ['--layout-of', argumentOf(refName(layoutOf))];
    return this.copy(recordingsCell(this.line(), [...this.folders(), ...of], refs?.map(refName) ?? null));
  }

  /** @param argument a line of the side bar. @throws valibot's error for an argument that is none, KindredError */
  async lineOfIndex(argument: unknown): Promise<void> {
    const { about } = v.parse(lineOfIndex, argument);
    if (!('label' in about)) {
      await this.recordings(about.layoutOf, null);
      return;
    }
    const sequences = await this.workspace.engine().ask('labelled', about);
    await this.recordings(
      about.layoutOf,
      sequences.map(({ ref }) => ref),
    );
  }

  private line() {
    checkMayRun();
    return commandLineOf(this.context, this.workspace.encoder);
  }

  private folders(): readonly string[] {
    return foldersOnDisk().map(({ path }) => path);
  }

  private async copy(cell: string): Promise<void> {
    await env.clipboard.writeText(cell);
    window.setStatusBarMessage(t('Copied as Python'), 5000);
  }
}
