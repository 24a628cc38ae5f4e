import { commands, window, workspace, type ExtensionContext, type LogOutputChannel } from 'vscode';
import { t } from '../../l10n/messages';
import { recordings } from '../../l10n/nouns';
import { inBackground } from '../editor/notify';
import type { Situation } from '../index/situation';

const offeredKey = 'kindred.overviewOffered';

/** So few recordings are seen at a glance. */
const fewest = 10;

/** Offers the overview once in a workspace, when its first index is complete; not to users who want nothing to open by itself. */
export class OverviewOffer {
  readonly #context: ExtensionContext;
  readonly #log: LogOutputChannel;

  constructor(context: ExtensionContext, log: LogOutputChannel) {
    this.#context = context;
    this.#log = log;
  }

  follow(situation: Situation): void {
    if (situation.kind !== 'open' || situation.status.state !== 'ready' || situation.status.sequences < fewest) return;
    if (this.#context.workspaceState.get(offeredKey) === true) return;
    const isWelcome = workspace
      .getConfiguration('workbench.welcomePage.walkthroughs')
      .get<boolean>('openOnInstall', true);
    if (isWelcome) inBackground(this.#log, this.#offer(situation.status.sequences));
  }

  async #offer(sequences: number): Promise<void> {
    await this.#context.workspaceState.update(offeredKey, true);
    const show = t('Show Overview');
    const text = t(
      '{0} are indexed. The overview shows what is in the folder: groups, copies and outliers.',
      recordings(sequences),
    );
    if ((await window.showInformationMessage(text, show)) === show) await commands.executeCommand('kindred.overview');
  }
}
