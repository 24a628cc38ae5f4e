import { randomUUID } from 'node:crypto';
import { commands, env, Uri, type ExtensionContext, type LogOutputChannel, type WebviewPanel } from 'vscode';
import { t } from '../../l10n/messages';
import type { AskEngine, QuerySet, SequenceRef } from '../../protocol/engine';
import { attempt, inBackground } from '../editor/notify';
import type { Learner } from '../firstSteps';
import { columnBeside } from '../editor/openFile';
import { plain } from '../editor/text';
import { openAsText, type Place } from '../recording/openWith';
import type { CopyAsPython } from '../python/copyAsPython';
import type { IndexedWorkspace } from '../workspace/indexedWorkspace';
import { loadPage } from '../editor/loadPage';
import { droppedFiles } from './droppedFiles';
import { mayHoldSequences } from './find/formats';
import type { SavedPanel, View } from './history';
import type { PanelPort } from './panelPort';
import { PanelSession } from './panelSession';
import type { ShownSequence } from './shownSequences';
import { queryFileExtension } from './queryFile/queryFile';
import { saveQueries } from './queryFile/saveQueries';
import { exportTable, savePlot } from './takeAway';

/** What a panel tells the rest of the extension. */
export interface PanelEvents {
  moved(panel: OpenPanel, view: View, file: string): void;
  searchElsewhere(query: ShownSequence, set: QuerySet | undefined): Promise<void>;
  pinned(panel: OpenPanel): void;
  focused(focused: boolean): void;
  closed(panel: OpenPanel): void;
}

export interface PanelWorld extends Learner {
  readonly context: ExtensionContext;
  readonly workspace: IndexedWorkspace;
  readonly log: LogOutputChannel;
  readonly python: CopyAsPython;
  /** Shows a sequence in the editor for recordings. */
  readonly showRecording: (path: string, number: number, place: Place) => Promise<void>;
}

/** A tab with results. */
export class OpenPanel {
  readonly id: string;
  readonly session: PanelSession;
  saved: SavedPanel | undefined;
  readonly #world: PanelWorld;
  readonly #events: PanelEvents;
  #file = '';
  #others = 0;

  constructor(
    readonly panel: WebviewPanel,
    saved: unknown,
    world: PanelWorld,
    events: PanelEvents,
    id: string = randomUUID(),
  ) {
    this.id = id;
    this.#world = world;
    this.#events = events;
    this.session = new PanelSession(this.#port(), saved);
    panel.onDidDispose(() => {
      this.session.dispose();
      events.closed(this);
    });
    panel.onDidChangeViewState(() => {
      if (!panel.active) events.focused(false);
    });
    panel.webview.onDidReceiveMessage((message: unknown) => attempt(world.log, () => this.session.receive(message)));
    const { situation } = world.workspace;
    if (situation.kind === 'open') this.session.indexChanged(situation.status);
    this.#load();
  }

  /** Whether the tab keeps its results when something else is searched. */
  get isPinned(): boolean {
    return this.session.isPinned;
  }

  set isPinned(pinned: boolean) {
    this.session.isPinned = pinned;
    this.#retitle();
  }

  #load(): void {
    loadPage(this.panel, this.#world.context.extensionUri, {
      bundle: 'webview',
      title: t('Similar Sequences'),
      panel: this.id,
    });
  }

  #retitle(): void {
    const first = plain(this.#file.slice(this.#file.lastIndexOf('/') + 1), 60);
    const name = this.#others === 0 ? first : t('{0} and {1} more', first, this.#others);
    this.panel.title = this.isPinned ? t('Pinned: similar to {0}', name) : t('Similar to {0}', name);
  }

  #moved(saved: SavedPanel, file: string): void {
    const view = saved.history.views[saved.history.position];
    [this.saved, this.#file, this.#others] = [saved, file, view?.set?.queries.length ?? 0];
    this.#retitle();
    if (view !== undefined) this.#events.moved(this, view, file);
  }

  /** Where a match is opened: beside the panel, which keeps the focus. */
  #beside(): Place {
    return { viewColumn: columnBeside(this.panel.viewColumn), preserveFocus: true };
  }

  async #openTabs(refs: readonly SequenceRef[]): Promise<void> {
    const place = { ...this.#beside(), preview: false };
    for (const { path, number } of firstOfEach(refs)) await this.#world.showRecording(path, number, place);
  }

  #port(): PanelPort {
    const { workspace, log, showRecording, did, python } = this.#world;
    const events = this.#events;
    const ask: AskEngine = async (name, params, signal) => {
      if (name === 'rank') did('find');
      if (name === 'explain') did('understand');
      return await workspace.engine().ask(name, params, signal);
    };
    return {
      ask,
      post: (message) => {
        inBackground(log, this.panel.webview.postMessage(message));
      },
      moved: (saved, file) => {
        this.#moved(saved, file);
      },
      log: (text) => {
        log.error(text);
      },
      searchElsewhere: (query, set) => attempt(log, () => events.searchElsewhere(query, set)),
      saveSet: (view) => attempt(log, () => saveQueries(view)),
      copyPython: (view) => attempt(log, () => python.search(view)),
      copyPaths: (paths) => attempt(log, () => env.clipboard.writeText(paths.join('\n'))),
      setLabel: async (targets) => (await attempt(log, () => labelled(targets))) === true,
      takeAway: (what, view) =>
        attempt(log, () => (what.type === 'export' ? exportTable(what, view, ask) : savePlot(what, view.query.path))),
      passed: {
        open: ({ ref }) => attempt(log, () => showRecording(ref.path, ref.number, this.#beside())),
        openAsText: ({ ref }) => attempt(log, () => openAsText(ref.path, this.#beside())),
        reveal: ({ ref }) =>
          attempt(log, () => commands.executeCommand<undefined>('revealInExplorer', Uri.file(ref.path))),
        openSeveral: ({ refs }) => attempt(log, () => this.#openTabs(refs)),
        pick: () => attempt(log, () => commands.executeCommand<undefined>('kindred.findSimilar')),
        reading: ({ ref }) =>
          attempt(log, () => commands.executeCommand<undefined>('kindred.howIsThisFileRead', Uri.file(ref.path))),
        dropped: ({ uris }) => attempt(log, () => searchDropped(uris)),
        findPart: (asked) => attempt(log, () => commands.executeCommand<undefined>('kindred.findPart', asked)),
        overview: () => attempt(log, () => commands.executeCommand<undefined>('kindred.overview')),
        skipped: () => attempt(log, () => commands.executeCommand<undefined>('kindred.showSkipped')),
        pin: ({ pinned }) => {
          this.isPinned = pinned;
          events.pinned(this);
        },
        focused: ({ focused }) => {
          events.focused(focused);
        },
      },
    };
  }
}

/** Asks for a label. @returns whether the sequences have it now */
async function labelled(targets: readonly SequenceRef[]): Promise<boolean> {
  return (await commands.executeCommand<boolean | undefined>('kindred.setLabel', { targets })) === true;
}

/** Does with dropped files what the menu does with selected ones. @throws KindredError */
async function searchDropped(uris: readonly string[]): Promise<void> {
  const files = droppedFiles(uris);
  if (files.length === 1 && files[0].path.endsWith(`.${queryFileExtension}`)) {
    await commands.executeCommand('kindred.openQueries', files[0]);
    return;
  }
  await commands.executeCommand(
    files.length === 1 && mayHoldSequences(files[0].path) ? 'kindred.findSimilar' : 'kindred.findSimilarToAll',
    files[0],
    files,
  );
}

/** One sequence of each file: a tab shows a file. */
function firstOfEach(refs: readonly SequenceRef[]): readonly SequenceRef[] {
  return refs.filter(({ path }, i) => refs.findIndex((other) => other.path === path) === i);
}
