import { basename } from 'node:path';
import * as v from 'valibot';
import {
  Position,
  Selection,
  Uri,
  ViewColumn,
  window,
  workspace,
  type Disposable,
  type ExtensionContext,
  type LogOutputChannel,
  type WebviewPanel,
  type WebviewPanelSerializer,
} from 'vscode';
import { t } from '../../l10n/messages';
import { decisions } from '../../protocol/reading';
import { loadPage } from '../editor/loadPage';
import { attempt, inBackground } from '../editor/notify';
import { openBesidePanel } from '../editor/openFile';
import { plain } from '../editor/text';
import type { Situation } from '../index/situation';
import { savePlot } from '../results/takeAway';
import type { IndexedWorkspace } from '../workspace/indexedWorkspace';
import { ReadingSession, type ReadingPort, type SavedReading } from './readingSession';

const readingViewType = 'kindred.reading';
const savedKey = 'kindred.readingPage';

const savedReading = v.object({ path: v.string(), decisions: v.nullable(decisions) });

/** The one page of this window that shows how a file is read, if it is open. */
export class ReadingPanel implements WebviewPanelSerializer, Disposable {
  readonly #context: ExtensionContext;
  readonly #workspace: IndexedWorkspace;
  readonly #log: LogOutputChannel;
  readonly #subscriptions: readonly Disposable[];
  #open: { readonly panel: WebviewPanel; session: ReadingSession } | undefined;

  constructor(context: ExtensionContext, indexed: IndexedWorkspace, log: LogOutputChannel) {
    this.#context = context;
    this.#workspace = indexed;
    this.#log = log;
    this.#subscriptions = [
      window.registerWebviewPanelSerializer(readingViewType, this),
      workspace.onDidSaveTextDocument(({ uri }) => attempt(log, () => this.#open?.session.saved(uri.fsPath))),
    ];
  }

  /** Shows how the file at `path` is read. */
  async show(path: string): Promise<void> {
    const saved = { path, decisions: null };
    if (this.#open === undefined) {
      await this.#take(window.createWebviewPanel(readingViewType, titleOf(path), ViewColumn.Active), saved);
      return;
    }
    const { panel, session } = this.#open;
    panel.reveal();
    if (session.path === path) {
      // The file or the rules may have changed since.
      await session.begin();
      return;
    }
    session.dispose();
    this.#open.session = this.#sessionOf(panel, saved);
    await this.#open.session.begin();
  }

  /** Called by the editor when the window was reloaded with the page open. */
  async deserializeWebviewPanel(panel: WebviewPanel): Promise<void> {
    const saved = v.safeParse(savedReading, this.#context.workspaceState.get(savedKey));
    this.#open?.panel.dispose();
    if (!saved.success) {
      panel.dispose();
      return;
    }
    // The editor shows the panel only once this has returned, and the engine may still be on its way.
    inBackground(this.#log, this.#take(panel, saved.output));
    await Promise.resolve();
  }

  /** Asks what could not be asked before the engine ran. */
  follow(situation: Situation): void {
    const session = this.#open?.session;
    if (situation.kind !== 'open' || session?.isWaiting !== true) return;
    inBackground(this.#log, session.begin());
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
    this.#open?.session.dispose();
    this.#open = undefined;
  }

  async #take(panel: WebviewPanel, saved: SavedReading): Promise<void> {
    const open = { panel, session: this.#sessionOf(panel, saved) };
    this.#open = open;
    panel.onDidDispose(() => {
      open.session.dispose();
      if (this.#open === open) this.#open = undefined;
    });
    panel.webview.onDidReceiveMessage((message: unknown) => attempt(this.#log, () => open.session.receive(message)));
    loadPage(panel, this.#context.extensionUri, {
      bundle: 'reading-webview',
      title: t('How Is This File Read?'),
      panel: readingViewType,
    });
    await open.session.begin();
  }

  #sessionOf(panel: WebviewPanel, saved: SavedReading): ReadingSession {
    this.#keep(saved);
    panel.title = titleOf(saved.path);
    return new ReadingSession(this.#port(panel), saved);
  }

  #port(panel: WebviewPanel): ReadingPort {
    const log = this.#log;
    return {
      ask: async (name, params, signal) => await this.#workspace.engine().ask(name, params, signal),
      post: (message) => {
        inBackground(log, panel.webview.postMessage(message));
      },
      moved: (next) => {
        this.#keep(next);
      },
      openFile: (path) => openBesidePanel(path, panel.viewColumn),
      openRules: openAtLine,
      savePlot: async (what, path) => {
        await attempt(log, () => savePlot(what, path));
      },
      log: (text) => {
        log.error(text);
      },
    };
  }

  #keep(saved: SavedReading): void {
    inBackground(this.#log, this.#context.workspaceState.update(savedKey, saved));
  }
}

function titleOf(path: string): string {
  return t('Reading of {0}', plain(basename(path), 60));
}

/** Opens a file of rules at a line. */
async function openAtLine(path: string, line: number): Promise<void> {
  const document = await workspace.openTextDocument(Uri.file(path));
  const at = new Position(Math.max(0, Math.min(line, document.lineCount) - 1), 0);
  await window.showTextDocument(document, { selection: new Selection(at, at), viewColumn: ViewColumn.Beside });
}
