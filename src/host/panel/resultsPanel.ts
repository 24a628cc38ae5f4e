import { randomBytes } from 'node:crypto';
import { commands, env, l10n, Uri, ViewColumn, window, type Disposable, type ExtensionContext } from 'vscode';
import type { LogOutputChannel, WebviewPanel, WebviewPanelSerializer } from 'vscode';
import { requests, type IndexStatus, type SequenceSummary } from '../../protocol/engine';
import { detailsOf } from '../failure';
import { attempt } from '../notify';
import { openBesidePanel } from '../openFile';
import { plain } from '../text';
import type { IndexedWorkspace } from '../workspace';
import { pageOf } from './page';
import { answerOf, type AskEngine } from './panelQuestions';
import { exportTable, savePlot } from './takeAway';
import { PanelSession, type PanelPort } from './panelSession';
import { t } from '../../l10n/messages';

export const viewType = 'kindred.results';
const historyKey = 'kindred.queryHistory';

/** The one panel with results of this window, if it is open. */
export class ResultsPanel implements WebviewPanelSerializer, Disposable {
  readonly #context: ExtensionContext;
  readonly #workspace: IndexedWorkspace;
  readonly #log: LogOutputChannel;
  #open: { readonly panel: WebviewPanel; readonly session: PanelSession } | undefined;

  constructor(context: ExtensionContext, workspace: IndexedWorkspace, log: LogOutputChannel) {
    this.#context = context;
    this.#workspace = workspace;
    this.#log = log;
  }

  /** Shows what is most like `query`, in the panel that is open or a new one beside the active editor. */
  async show(query: SequenceSummary): Promise<void> {
    if (this.#open === undefined) {
      const place = { viewColumn: ViewColumn.Beside, preserveFocus: false };
      this.#take(window.createWebviewPanel(viewType, t('Similar Sequences'), place), undefined);
    } else {
      this.#open.panel.reveal(undefined, false);
    }
    await this.#open?.session.show(query);
  }

  /** Called by the editor when the window was reloaded with the panel open. */
  async deserializeWebviewPanel(panel: WebviewPanel): Promise<void> {
    this.#open?.panel.dispose();
    const session = this.#take(panel, this.#context.workspaceState.get(historyKey));
    // The editor shows the panel only once this has returned, and a search may wait for the engine.
    session.resume().catch((error: unknown) => {
      this.#log.error(detailsOf(error));
    });
    await Promise.resolve();
  }

  indexChanged(status: IndexStatus): void {
    this.#open?.session.indexChanged(status);
  }

  /** Leaves the panel itself to the editor, which brings it back when it only reloads its window. */
  dispose(): void {
    this.#open?.session.dispose();
    this.#open = undefined;
  }

  #take(panel: WebviewPanel, savedHistory: unknown): PanelSession {
    const session = new PanelSession(this.#portOf(panel), savedHistory);
    this.#open = { panel, session };
    panel.onDidDispose(() => {
      session.dispose();
      if (this.#open?.panel === panel) this.#open = undefined;
    });
    panel.webview.onDidReceiveMessage((message: unknown) => attempt(this.#log, () => session.receive(message)));
    const { situation } = this.#workspace;
    if (situation.kind === 'open') session.indexChanged(situation.status);
    this.#load(panel);
    return session;
  }

  #load(panel: WebviewPanel): void {
    const root = this.#context.extensionUri;
    const dist = Uri.joinPath(root, 'dist');
    const { webview } = panel;
    panel.iconPath = Uri.joinPath(root, 'media', 'icon.svg');
    webview.options = { enableScripts: true, localResourceRoots: [dist, Uri.joinPath(root, 'media')] };
    webview.html = pageOf({
      nonce: randomBytes(24).toString('base64url'),
      source: webview.cspSource,
      script: webview.asWebviewUri(Uri.joinPath(dist, 'webview.js')).toString(),
      style: webview.asWebviewUri(Uri.joinPath(dist, 'webview.css')).toString(),
      language: env.language,
      messages: l10n.bundle ?? {},
      title: t('Similar Sequences'),
    });
  }

  #portOf(panel: WebviewPanel): PanelPort {
    const log = this.#log;
    const ask: AskEngine = (request, parameters) => this.#workspace.engine().request(request, parameters);
    return {
      reply: (question, { scope }) => answerOf(question, { scope, weights: null }, ask),
      takeAway: (what, view) =>
        attempt(log, () => (what.type === 'export' ? exportTable(what, view, ask) : savePlot(what, view))),
      post: (message) => {
        panel.webview.postMessage(message).then(undefined, (error: unknown) => {
          log.error(detailsOf(error));
        });
      },
      search: async (parameters) => await this.#workspace.engine().request(requests.search, parameters),
      plot: async (parameters) => await this.#workspace.engine().request(requests.plot, parameters),
      moved: (history, file) => {
        panel.title = t('Similar to {0}', plain(file.slice(file.lastIndexOf('/') + 1), 60));
        this.#context.workspaceState.update(historyKey, history).then(undefined, (error: unknown) => {
          log.error(detailsOf(error));
        });
      },
      log: (text) => {
        log.error(text);
      },
      open: ({ path }) => attempt(log, () => openBesidePanel(path, panel.viewColumn)),
      pick: () => attempt(log, () => commands.executeCommand<undefined>('kindred.findSimilar')),
      showSkipped: () => attempt(log, () => commands.executeCommand<undefined>('kindred.showSkipped')),
    };
  }
}
