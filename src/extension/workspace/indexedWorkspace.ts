import {
  EventEmitter,
  ExtensionMode,
  workspace,
  type Disposable,
  type ExtensionContext,
  type LogOutputChannel,
} from 'vscode';
import { t } from '../../l10n/messages';
import type { IndexStatus, LogMessage, OpenParams, WorkspaceChanges } from '../../protocol/engine';
import { attempt, showFailure, showWarning } from '../editor/notify';
import { EngineUnavailable } from '../engine/engineErrors';
import { EngineProcess, type EngineState } from '../engine/engineProcess';
import { forkEngine } from '../engine/fork';
import { inspectionOptions } from '../engine/inspection';
import { RestartPolicy } from '../engine/restartPolicy';
import { KindredError } from '../failure';
import type { Situation } from '../index/situation';
import type { ChosenEncoder, EncoderChoice } from './encoderChoice';
import { checkMayRun, foldersOnDisk, obstacle } from './permission';
import { currentSettings, followSettings } from './editorSettings';

/** Milliseconds that the engine may take to end; the editor itself waits no longer than about 5 seconds. */
const shutdownGrace = 2000;

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

  constructor(
    context: ExtensionContext,
    readonly encoder: EncoderChoice,
    log: LogOutputChannel,
  ) {
    this.#context = context;
    this.#log = log;
    this.#engine = new EngineProcess(
      {
        launch: () => launchEngine(context),
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
      workspace.onDidChangeWorkspaceFolders(() => attempt(log, () => this.#changes({ folders: foldersOnDisk() }))),
      // What does not concern the index may still let it begin.
      followSettings((settings) => {
        if (settings !== null) return attempt(log, () => this.#changes({ settings }));
        this.begin();
        return undefined;
      }),
    ];
  }

  get situation(): Situation {
    const kind = obstacle();
    if (kind !== null) return { kind };
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
    checkMayRun();
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

  /** Ranks by another encoder from now on. */
  async useEncoder(encoder: ChosenEncoder | null): Promise<void> {
    await this.rememberEncoder(encoder);
    await this.#changes({ models: this.encoder.folder });
  }

  /** Calls the encoder in use by another name. */
  async rememberEncoder(encoder: ChosenEncoder | null): Promise<void> {
    await this.encoder.set(encoder);
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

  async #parameters(): Promise<OpenParams> {
    const storage = this.#context.storageUri;
    if (storage === undefined) throw new KindredError(t('The editor gave no folder to keep the index in.'));
    await workspace.fs.createDirectory(storage);
    return {
      folders: foldersOnDisk(),
      storage: storage.fsPath,
      models: this.encoder.folder,
      bundledModels: this.encoder.bundled,
      settings: currentSettings().engine,
      watch: true,
    };
  }

  /** Has an engine that runs take up what has changed; one that does not run reads it when it starts. */
  async #changes(changes: WorkspaceChanges): Promise<void> {
    if (this.#isUp) this.apply(await this.#engine.ask('configure', changes));
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

function launchEngine(context: ExtensionContext): ReturnType<typeof forkEngine> {
  const development = context.extensionMode === ExtensionMode.Development;
  const inspection = inspectionOptions(development, process.env['KINDRED_INSPECT']);
  return forkEngine(context.asAbsolutePath('dist/engine.cjs'), [], inspection);
}
