import { randomBytes } from 'node:crypto';
import {
  env,
  l10n,
  Uri,
  ViewColumn,
  window,
  type Disposable,
  type ExtensionContext,
  type LogOutputChannel,
  type WebviewPanel,
  type WebviewPanelSerializer,
} from 'vscode';
import { t } from '../../l10n/messages';
import { detailsOf } from '../failure';
import { attempt } from '../notify';
import { pageOf } from '../panel/page';
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
        panel.webview.postMessage(message).then(undefined, (error: unknown) => {
          log.error(detailsOf(error));
        });
      }),
    );
    this.#open = { panel, session };
    panel.onDidDispose(() => {
      if (this.#open?.panel === panel) this.#open = undefined;
    });
    panel.webview.onDidReceiveMessage((message: unknown) => attempt(log, () => session.receive(message)));
    const root = this.#context.extensionUri;
    const dist = Uri.joinPath(root, 'dist');
    const { webview } = panel;
    panel.iconPath = Uri.joinPath(root, 'media', 'icon.svg');
    webview.options = { enableScripts: true, localResourceRoots: [dist] };
    webview.html = pageOf({
      nonce: randomBytes(24).toString('base64url'),
      source: webview.cspSource,
      script: webview.asWebviewUri(Uri.joinPath(dist, 'finetune-webview.js')).toString(),
      style: webview.asWebviewUri(Uri.joinPath(dist, 'finetune-webview.css')).toString(),
      language: env.language,
      messages: l10n.bundle ?? {},
      title: t('Fine-Tune'),
      panel: tuningViewType,
    });
  }
}
