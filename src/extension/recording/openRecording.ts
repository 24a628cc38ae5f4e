import { dirname } from 'node:path';
import {
  commands,
  RelativePattern,
  Uri,
  window,
  workspace,
  type Disposable,
  type ExtensionContext,
  type LogOutputChannel,
  type WebviewPanel,
} from 'vscode';
import { t } from '../../l10n/messages';
import { loadPage } from '../editor/loadPage';
import { attempt, inBackground } from '../editor/notify';
import { Throttle } from '../editor/throttle';
import { KindredError } from '../failure';
import type { Learner } from '../firstSteps';
import { savePlot } from '../results/takeAway';
import type { IndexedWorkspace } from '../workspace/indexedWorkspace';
import type { RecordingAction } from './actions';
import { isCompanion } from './companions';
import { openAsText } from './openWith';
import { RecordingSession, type RecordingPort } from './recordingSession';

export interface RecordingWorld extends Learner {
  readonly context: ExtensionContext;
  readonly workspace: IndexedWorkspace;
  readonly log: LogOutputChannel;
}

/** What a tab tells the rest of the extension. */
export interface RecordingEvents {
  focused(focused: boolean): void;
  closed(): void;
  /** Shows another recording in the place of this one. */
  step(path: string): Promise<void>;
}

/** Milliseconds between two looks at a file that keeps changing. */
const lookInterval = 500;

/** A tab that shows a recording. */
export class OpenRecording implements Disposable {
  readonly panel: WebviewPanel;
  readonly uri: Uri;
  readonly session: RecordingSession;
  readonly #world: RecordingWorld;
  readonly #events: RecordingEvents;
  readonly #look: Throttle;
  readonly #watch: Disposable;

  constructor(
    { panel, uri, number }: { readonly panel: WebviewPanel; readonly uri: Uri; readonly number: number | null },
    world: RecordingWorld,
    events: RecordingEvents,
  ) {
    [this.panel, this.uri, this.#world, this.#events] = [panel, uri, world, events];
    this.session = new RecordingSession(this.#port(), uri.fsPath, number);
    this.#look = new Throttle(lookInterval, this.renew);
    this.#watch = this.#watchFile();
    panel.onDidDispose(() => {
      this.dispose();
      events.closed();
    });
    panel.onDidChangeViewState(() => {
      if (!panel.active) events.focused(false);
    });
    panel.webview.onDidReceiveMessage((message: unknown) => attempt(world.log, () => this.session.receive(message)));
    loadPage(panel, world.context.extensionUri, {
      bundle: 'recording-webview',
      title: t('Kindred Recording'),
      panel: panel.viewType,
    });
  }

  /** What menus and keys of the editor can ask for, beside what the page does. */
  readonly actions: Readonly<Record<RecordingAction, () => Promise<void> | void>> = {
    findSimilar: () => this.session.act('findSimilar'),
    setLabel: () => this.session.act('setLabel'),
    nextSequence: () => {
      this.session.run('nextSequence');
    },
    previousSequence: () => {
      this.session.run('previousSequence');
    },
    next: () => this.#step(1),
    previous: () => this.#step(-1),
    showReading: () => this.#showReading(),
    openAsText: () => this.#openAsText(),
    reveal: async () => {
      await commands.executeCommand('revealInExplorer', this.uri);
    },
  };

  /** Reads the file again, without anybody waiting for it. */
  readonly renew = (): void => {
    inBackground(this.#world.log, this.session.renew());
  };

  dispose(): void {
    this.#look.dispose();
    this.#watch.dispose();
    this.session.dispose();
  }

  #watchFile(): Disposable {
    const folder = Uri.file(dirname(this.uri.fsPath));
    const watcher = workspace.createFileSystemWatcher(new RelativePattern(folder, '*'));
    const look = (changed: Uri): void => {
      if (isCompanion(changed.fsPath, this.uri.fsPath)) this.#look.call();
    };
    watcher.onDidChange(look);
    watcher.onDidCreate(look);
    watcher.onDidDelete(look);
    return watcher;
  }

  async #step(by: 1 | -1): Promise<void> {
    const { previous, next } = await this.#world.workspace.engine().ask('neighbours', { path: this.uri.fsPath });
    const path = by === 1 ? next : previous;
    if (path !== null) await this.#events.step(path);
    else {
      const text =
        by === 1 ? t('This is the last recording of its folder.') : t('This is the first recording of its folder.');
      window.setStatusBarMessage(text, 5000);
    }
  }

  async #showReading(): Promise<void> {
    await commands.executeCommand('kindred.howIsThisFileRead', this.uri);
  }

  async #openAsText(): Promise<void> {
    await openAsText(this.uri.fsPath, { viewColumn: this.panel.viewColumn, preserveFocus: false });
  }

  #port(): RecordingPort {
    const { workspace: indexed, log } = this.#world;
    const { uri, panel } = this;
    return {
      ask: async (name, params, signal) => {
        if (uri.scheme !== 'file') throw new KindredError(t('Kindred can only read files on a disk.'));
        return await indexed.engine().ask(name, params, signal);
      },
      post: (message) => {
        inBackground(log, panel.webview.postMessage(message));
      },
      exists: async () => {
        try {
          await workspace.fs.stat(uri);
          return true;
        } catch {
          return false;
        }
      },
      findSimilar: async (ref) => {
        await commands.executeCommand('kindred.searchAgain', ref);
      },
      setLabel: async (ref, siblings) => {
        const targets = [{ path: ref.path, number: siblings > 1 ? ref.number : null }];
        return (await commands.executeCommand<boolean | undefined>('kindred.setLabel', { targets })) === true;
      },
      findPart: async (asked) => {
        await commands.executeCommand('kindred.findPart', asked);
      },
      showReading: () => this.#showReading(),
      openAsText: () => this.#openAsText(),
      step: (by) => this.#step(by),
      focused: (focused) => {
        this.#events.focused(focused);
      },
      runRemedy: async ({ command }) => {
        await commands.executeCommand(command);
      },
      savePlot: async (what) => {
        await attempt(log, () => savePlot(what, uri.fsPath));
      },
      log: (text) => {
        log.error(text);
      },
    };
  }
}
