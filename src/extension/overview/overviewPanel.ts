import * as v from 'valibot';
import {
  commands,
  ViewColumn,
  window,
  type Disposable,
  type ExtensionContext,
  type LogOutputChannel,
  type WebviewPanel,
  type WebviewPanelSerializer,
} from 'vscode';
import { t } from '../../l10n/messages';
import { mostOpened } from '../../protocol/overviewPage';
import type { SequenceRef } from '../../protocol/sequences';
import { loadPage } from '../editor/loadPage';
import { attempt, inBackground } from '../editor/notify';
import { columnBeside } from '../editor/openFile';
import { Throttle } from '../editor/throttle';
import { KindredError } from '../failure';
import type { Situation } from '../index/situation';
import { acceptLabels } from '../labels/acceptLabels';
import type { CopyAsPython } from '../python/copyAsPython';
import type { Place } from '../recording/openWith';
import type { IndexedWorkspace } from '../workspace/indexedWorkspace';
import { excludeFiles } from './excludeFiles';
import { OverviewSession, type OverviewPort } from './overviewSession';

export const overviewViewType = 'kindred.overview';
const savedKey = 'kindred.overviewLayout';
const savedLayout = v.object({ layout: v.nullable(v.string()) });

/** Milliseconds between two looks while something goes on, and between two while the index grows. */
const lookInterval = 700;
const growthInterval = 2000;

export interface OverviewWorld {
  readonly context: ExtensionContext;
  readonly workspace: IndexedWorkspace;
  readonly log: LogOutputChannel;
  readonly python: CopyAsPython;
  /** Shows a sequence in the editor for recordings. */
  readonly showRecording: (path: string, number: number, place: Place) => Promise<void>;
  /** Searches from some sequences together. */
  readonly findSimilar: (refs: readonly SequenceRef[]) => Promise<void>;
  /** Shows a sequence beside another. */
  readonly compare: OverviewPort['compare'];
}

/** The one page of this window that shows the whole folder, if it is open. */
export class OverviewPanel implements WebviewPanelSerializer, Disposable {
  readonly #world: OverviewWorld;
  readonly #subscription: Disposable;
  readonly #follow: Throttle;
  #open: { readonly panel: WebviewPanel; readonly session: OverviewSession } | undefined;

  constructor(world: OverviewWorld) {
    this.#world = world;
    this.#subscription = window.registerWebviewPanelSerializer(overviewViewType, this);
    this.#follow = new Throttle(growthInterval, () => {
      this.#tell();
    });
  }

  show(): void {
    if (this.#open === undefined) {
      this.#take(window.createWebviewPanel(overviewViewType, t('Overview'), ViewColumn.Active));
    } else this.#open.panel.reveal();
  }

  /** Called by the editor when the window was reloaded with the page open. */
  async deserializeWebviewPanel(panel: WebviewPanel): Promise<void> {
    this.#open?.panel.dispose();
    this.#take(panel);
    await Promise.resolve();
  }

  follow(situation: Situation): void {
    if (situation.kind === 'open') this.#follow.call();
  }

  dispose(): void {
    this.#follow.dispose();
    this.#subscription.dispose();
    this.#open?.session.dispose();
    this.#open = undefined;
  }

  #tell(): void {
    const { situation } = this.#world.workspace;
    if (situation.kind !== 'open' || this.#open === undefined) return;
    inBackground(this.#world.log, this.#open.session.indexChanged(situation.status));
  }

  #take(panel: WebviewPanel): void {
    const { context, log } = this.#world;
    const saved = v.safeParse(savedLayout, context.workspaceState.get(savedKey));
    const session = new OverviewSession(this.#port(panel), saved.success ? saved.output.layout : undefined);
    const open = { panel, session };
    this.#open = open;
    panel.onDidDispose(() => {
      session.dispose();
      if (this.#open === open) this.#open = undefined;
    });
    panel.onDidChangeViewState(() => {
      if (panel.visible) inBackground(log, session.look());
    });
    panel.webview.onDidReceiveMessage((message: unknown) => attempt(log, () => session.receive(message)));
    loadPage(panel, context.extensionUri, {
      bundle: 'overview-webview',
      title: t('Overview'),
      panel: overviewViewType,
    });
  }

  #port(panel: WebviewPanel): OverviewPort {
    const { context, workspace, log, findSimilar, compare, python } = this.#world;
    return {
      ask: async (name, params, signal) => await workspace.engine().ask(name, params, signal),
      post: (message) => {
        inBackground(log, panel.webview.postMessage(message));
      },
      isVisible: () => panel.visible,
      later: (run) => {
        const timer = setTimeout(run, lookInterval);
        return () => {
          clearTimeout(timer);
        };
      },
      moved: (layout) => {
        inBackground(log, context.workspaceState.update(savedKey, { layout }));
      },
      open: (refs) => this.#openRecordings(panel, refs),
      findSimilar,
      copyPython: (layoutOf, refs) => python.recordings(layoutOf, refs),
      compare,
      setLabel: async (targets) => {
        await commands.executeCommand('kindred.setLabel', { targets });
      },
      accept: (labels) => acceptLabels(workspace, labels),
      undo: async () => {
        await commands.executeCommand('kindred.undoLabels');
      },
      exclude: (paths, sequences) => excludeFiles(log, paths, sequences),
      fineTune: async () => {
        await commands.executeCommand('kindred.fineTune');
      },
      runRemedy: async ({ command }) => {
        await commands.executeCommand(command);
      },
      log: (text) => {
        log.error(text);
      },
    };
  }

  async #openRecordings(panel: WebviewPanel, refs: readonly SequenceRef[]): Promise<void> {
    if (refs.length > mostOpened) {
      throw new KindredError(t('At most {0} recordings can be opened together. Select fewer.', mostOpened));
    }
    const place = { viewColumn: columnBeside(panel.viewColumn), preserveFocus: true, preview: refs.length === 1 };
    for (const { path, number } of refs) await this.#world.showRecording(path, number, place);
  }
}
