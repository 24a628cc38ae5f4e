import { basename } from 'node:path';
import * as v from 'valibot';
import {
  ViewColumn,
  window,
  type Disposable,
  type ExtensionContext,
  type LogOutputChannel,
  type WebviewPanel,
  type WebviewPanelSerializer,
} from 'vscode';
import { t } from '../../l10n/messages';
import type { Span } from '../../protocol/explanation';
import { windowsParams, type WindowsParams } from '../../protocol/windows';
import { loadPage } from '../editor/loadPage';
import { attempt, inBackground } from '../editor/notify';
import { columnBeside } from '../editor/openFile';
import { plain } from '../editor/text';
import type { Learner } from '../firstSteps';
import type { Situation } from '../index/situation';
import type { CopyAsPython } from '../python/copyAsPython';
import type { Place } from '../recording/openWith';
import type { IndexedWorkspace } from '../workspace/indexedWorkspace';
import { WindowsSession } from './windowsSession';

export const windowsViewType = 'kindred.windows';
const savedKey = 'kindred.windowsPage';

export interface WindowsWorld extends Learner {
  readonly context: ExtensionContext;
  readonly workspace: IndexedWorkspace;
  readonly log: LogOutputChannel;
  readonly python: CopyAsPython;
  /** Shows a stretch of a sequence in the editor for recordings. */
  readonly showPart: (path: string, number: number, span: Span, place: Place) => Promise<void>;
}

/** The one page of this window that lists windows like a part of a recording, if it is open. */
export class WindowsPanel implements WebviewPanelSerializer, Disposable {
  readonly #world: WindowsWorld;
  readonly #subscription: Disposable;
  #open: { readonly panel: WebviewPanel; readonly session: WindowsSession } | undefined;

  constructor(world: WindowsWorld) {
    this.#world = world;
    this.#subscription = window.registerWebviewPanelSerializer(windowsViewType, this);
  }

  /** Searches for a part of a recording, and shows what was found beside what is open. */
  async show(params: WindowsParams): Promise<void> {
    this.#world.did('part');
    if (this.#open === undefined) {
      const place = { viewColumn: ViewColumn.Beside, preserveFocus: false };
      const panel = window.createWebviewPanel(windowsViewType, titleOf(params), place);
      await this.#take(panel, params).search();
      return;
    }
    const { panel, session } = this.#open;
    panel.reveal(undefined, false);
    await session.search(params);
  }

  /** Called by the editor when the window was reloaded with the page open. */
  async deserializeWebviewPanel(panel: WebviewPanel): Promise<void> {
    const saved = v.safeParse(windowsParams, this.#world.context.workspaceState.get(savedKey));
    this.#open?.panel.dispose();
    if (saved.success) {
      // The editor shows the panel only once this has returned, and the engine may still be on its way.
      this.#go(this.#take(panel, saved.output));
    } else panel.dispose();
    await Promise.resolve();
  }

  /** Asks what could not be asked before the engine ran. */
  follow(situation: Situation): void {
    const session = this.#open?.session;
    if (situation.kind === 'open' && session?.isWaiting === true) this.#go(session);
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#open?.session.dispose();
    this.#open = undefined;
  }

  #go(session: WindowsSession): void {
    inBackground(this.#world.log, session.search());
  }

  #take(panel: WebviewPanel, params: WindowsParams): WindowsSession {
    const { context, log } = this.#world;
    const open = { panel, session: this.#sessionOf(panel, params) };
    this.#open = open;
    panel.onDidDispose(() => {
      open.session.dispose();
      if (this.#open === open) this.#open = undefined;
    });
    panel.webview.onDidReceiveMessage((message: unknown) => attempt(log, () => open.session.receive(message)));
    loadPage(panel, context.extensionUri, {
      bundle: 'windows-webview',
      title: t('Similar Parts'),
      panel: windowsViewType,
    });
    return open.session;
  }

  #sessionOf(panel: WebviewPanel, params: WindowsParams): WindowsSession {
    const { context, workspace, log, showPart, python } = this.#world;
    const port: ConstructorParameters<typeof WindowsSession>[0] = {
      ask: async (name, asked, signal) => await workspace.engine().ask(name, asked, signal),
      post: (message) => {
        inBackground(log, panel.webview.postMessage(message));
      },
      moved: (next) => {
        panel.title = titleOf(next);
        inBackground(log, context.workspaceState.update(savedKey, next));
      },
      open: ({ path, number }, span) => {
        const place = { viewColumn: columnBeside(panel.viewColumn), preserveFocus: true };
        return showPart(path, number, span, place);
      },
      copyPython: (asked, found) => python.windows(asked, found),
      log: (text) => {
        log.error(text);
      },
    };
    return new WindowsSession(port, params);
  }
}

function titleOf({ query }: WindowsParams): string {
  return t('Parts like {0}', plain(basename(query.path), 60));
}
