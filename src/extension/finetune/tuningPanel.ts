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
import { attempt, inBackground } from '../editor/notify';
import { loadPage } from '../editor/loadPage';
import { TuningSession, type TuningPort } from './tuningSession';

export const tuningViewType = 'kindred.fineTuning';

/** The one page for fine-tuning of this window, if it is open. */
export class TuningPanel implements WebviewPanelSerializer, Disposable {
  readonly #context: ExtensionContext;
  readonly #log: LogOutputChannel;
  readonly #portOf: (post: TuningPort['post']) => TuningPort;
  #open: { readonly panel: WebviewPanel; readonly session: TuningSession } | undefined;

  constructor(context: ExtensionContext, log: LogOutputChannel, portOf: (post: TuningPort['post']) => TuningPort) {
    this.#context = context;
    this.#log = log;
    this.#portOf = portOf;
  }

  get isVisible(): boolean {
    return this.#open?.panel.visible ?? false;
  }

  open(): void {
    if (this.#open !== undefined) this.#open.panel.reveal();
    else this.#take(window.createWebviewPanel(tuningViewType, t('Fine-Tune'), ViewColumn.Active));
  }

  /** Brings the page up to date. */
  show(): void {
    this.#open?.session.show();
  }

  /** Counts labels again, if the page is open. */
  async recount(): Promise<void> {
    await this.#open?.session.recount();
  }

  /** Called by the editor when the window was reloaded with the page open. */
  async deserializeWebviewPanel(panel: WebviewPanel): Promise<void> {
    this.#open?.panel.dispose();
    this.#take(panel);
    await Promise.resolve();
  }

  dispose(): void {
    this.#open = undefined;
  }

  #take(panel: WebviewPanel): void {
    const log = this.#log;
    const session = new TuningSession(
      this.#portOf((message) => {
        inBackground(log, panel.webview.postMessage(message));
      }),
    );
    this.#open = { panel, session };
    panel.onDidDispose(() => {
      if (this.#open?.panel === panel) this.#open = undefined;
    });
    panel.webview.onDidReceiveMessage((message: unknown) => attempt(log, () => session.receive(message)));
    loadPage(panel, this.#context.extensionUri, {
      bundle: 'finetune-webview',
      title: t('Fine-Tune'),
      panel: tuningViewType,
    });
  }
}
