import * as v from 'valibot';
import {
  EventEmitter,
  ExtensionMode,
  workspace,
  type Disposable,
  type ExtensionContext,
  type LogOutputChannel,
} from 'vscode';
import { requests, type IndexStatus, type LogMessage, type OpenParams, type WorkspaceFolder } from '../protocol/engine';
import { EngineProcess, type EngineState } from './engine/engineProcess';
import { EngineUnavailable } from './engine/engineErrors';
import { forkEngine } from './engine/fork';
import { inspectionOptions } from './engine/inspection';
import { RestartPolicy } from './engine/restartPolicy';
import { KindredError } from './failure';
import type { Situation } from './index/situation';
import { attempt, showFailure, showWarning } from './editor/notify';
import { readSettings, type Settings } from './settings';
import { t } from '../l10n/messages';

/** Milliseconds that the engine may take to end; the editor itself waits no longer than about 5 seconds. */
const shutdownGrace = 2000;

const encoderKey = 'kindred.encoder';

/** The encoder that a user has chosen; `null` stands for the bundled one. */
const chosenEncoder = v.object({ folder: v.string(), name: v.string() });
export type ChosenEncoder = v.InferOutput<typeof chosenEncoder>;

/** The folders of this window with the engine that indexes them, as far as trust and the settings allow. */
export class IndexedWorkspace implements Disposable {
  readonly #context: ExtensionContext;
  readonly #log: LogOutputChannel;
  readonly #changed = new EventEmitter<Situation>();
  readonly #subscriptions: readonly { dispose(): unknown }[];
  readonly #engine: EngineProcess;
  #status: IndexStatus | undefined;
  #whyFailed = '';
  #toldOfRestart = false;

  readonly onDidChange = this.#changed.event;

  constructor(context: ExtensionContext, log: LogOutputChannel) {
    this.#context = context;
    this.#log = log;
    this.#engine = new EngineProcess(
      {
        launch: () => {
          const development = context.extensionMode === ExtensionMode.Development;
          const inspection = inspectionOptions(development, process.env['KINDRED_INSPECT']);
          return forkEngine(context.asAbsolutePath('dist/engine.cjs'), [], inspection);
        },
        parameters: () => this.#parameters(),
        policy: new RestartPolicy(),
        grace: shutdownGrace,
      },
      {
        state: (state) => {
          this.#engineChanged(state);
        },
        status: (status) => {
          this.apply(status);
        },
        log: (message) => {
          this.#write(message);
        },
        restarted: () => {
          this.#tellOfRestart();
        },
        failed: (reason) => {
          this.#whyFailed = reason;
          this.#changed.fire(this.situation);
          showFailure(log, new EngineUnavailable(reason));
        },
      },
    );
    this.#subscriptions = [
      this.#changed,
      workspace.onDidGrantWorkspaceTrust(() => {
        this.begin();
      }),
      workspace.onDidChangeWorkspaceFolders(() => attempt(log, () => this.#foldersChanged())),
      workspace.onDidChangeConfiguration((event) =>
        event.affectsConfiguration('kindred') ? attempt(log, () => this.#settingsChanged()) : undefined,
      ),
    ];
  }

  get situation(): Situation {
    if (foldersOnDisk().length === 0) return { kind: 'noFolder' };
    if (!workspace.isTrusted) return { kind: 'restricted' };
    switch (this.#engine.state) {
      case 'failed':
        return { kind: 'failed', reason: this.#whyFailed };
      case 'running':
        return this.#status === undefined ? { kind: 'starting' } : { kind: 'open', status: this.#status };
      case 'starting':
        return { kind: 'starting' };
      case 'idle':
      case 'stopped':
        return { kind: 'idle' };
    }
  }

  /** The state of the engine's process, whatever the folders are. */
  get engineState(): EngineState {
    return this.#engine.state;
  }

  /** Starts indexing if it may and should start by itself. */
  begin(): void {
    const mayStart = this.situation.kind === 'idle' && this.#engine.state === 'idle';
    if (mayStart && currentSettings().automatic) this.#engine.start();
    this.#changed.fire(this.situation);
  }

  /**
   * The engine, started if it has not been yet.
   * @throws KindredError when it must not run here: Restricted Mode, no folder
   */
  engine(): EngineProcess {
    const { kind } = this.situation;
    if (kind === 'noFolder') {
      throw new KindredError(t('Kindred compares the recordings of a folder. Please open one on this disk first.'), {
        remedies: [{ label: t('Open Folder'), command: 'vscode.openFolder' }],
      });
    }
    if (kind === 'restricted') {
      throw new KindredError(t('Kindred reads no files in Restricted Mode. Trust this workspace to search in it.'), {
        remedies: [{ label: t('Manage Trust'), command: 'workbench.trust.manage' }],
      });
    }
    if (this.#engine.state === 'idle') this.#engine.start();
    return this.#engine;
  }

  /** Starts the engine again after it had failed. */
  restart(): void {
    this.engine().start();
  }

  /** Takes up what the engine says of the index. */
  apply(status: IndexStatus): void {
    this.#status = status;
    this.#changed.fire(this.situation);
  }

  /** The folder of the encoder to rank by. */
  get encoderFolder(): string {
    return this.#chosenEncoder()?.folder ?? this.#bundled;
  }

  get encoderName(): string {
    return this.#chosenEncoder()?.name ?? t('Bundled encoder');
  }

  /** Ranks by another encoder from now on. */
  async useEncoder(encoder: ChosenEncoder | null): Promise<void> {
    await this.rememberEncoder(encoder);
    if (this.#isUp) this.apply(await this.#engine.request(requests.open, await this.#parameters()));
  }

  async rememberEncoder(encoder: ChosenEncoder | null): Promise<void> {
    await this.#context.workspaceState.update(encoderKey, encoder ?? undefined);
    this.#changed.fire(this.situation);
  }

  /** Ends the engine for good. */
  async stop(): Promise<void> {
    await this.#engine.stop();
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  get #isUp(): boolean {
    return this.#engine.state === 'running' || this.#engine.state === 'starting';
  }

  get #bundled(): string {
    return this.#context.asAbsolutePath('models');
  }

  #chosenEncoder(): ChosenEncoder | null {
    const saved = v.safeParse(chosenEncoder, this.#context.workspaceState.get(encoderKey));
    return saved.success ? saved.output : null;
  }

  async #parameters(): Promise<OpenParams> {
    const storage = this.#context.storageUri;
    if (storage === undefined) throw new KindredError(t('The editor gave no folder to keep the index in.'));
    await workspace.fs.createDirectory(storage);
    return {
      folders: foldersOnDisk(),
      storage: storage.fsPath,
      models: this.encoderFolder,
      bundledModels: this.#bundled,
      settings: currentSettings().engine,
      watch: true,
    };
  }

  async #foldersChanged(): Promise<void> {
    if (this.#isUp) this.apply(await this.#engine.request(requests.folders, foldersOnDisk()));
    else this.begin();
  }

  async #settingsChanged(): Promise<void> {
    if (this.#isUp) this.apply(await this.#engine.request(requests.configure, currentSettings().engine));
    else this.begin();
  }

  #engineChanged(state: EngineState): void {
    if (state !== 'running') this.#status = undefined;
    this.#changed.fire(this.situation);
  }

  #tellOfRestart(): void {
    if (this.#toldOfRestart) return;
    this.#toldOfRestart = true;
    const message = t(
      'The Kindred engine stopped unexpectedly and was restarted. Nothing is lost: it goes on indexing.',
    );
    showWarning(this.#log, message, [{ label: t('Show Log'), command: 'kindred.showLog' }]);
  }

  #write({ level, text }: LogMessage): void {
    this.#log[level](text);
  }
}

export function currentSettings(): Settings {
  const configuration = workspace.getConfiguration('kindred');
  return readSettings((name) => configuration.get(name));
}

/** The folders that lie on a disk that the engine can read. */
export function foldersOnDisk(): readonly WorkspaceFolder[] {
  return (workspace.workspaceFolders ?? [])
    .filter(({ uri }) => uri.scheme === 'file')
    .map(({ name, uri }) => ({ name, path: uri.fsPath }));
}
