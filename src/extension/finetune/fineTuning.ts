import { join } from 'node:path';
import {
  commands,
  StatusBarAlignment,
  window,
  workspace as editor,
  type Disposable,
  type ExtensionContext,
  type LogOutputChannel,
} from 'vscode';
import { t } from '../../l10n/messages';
import { refusalText } from '../../l10n/labels';
import { problemText, summaryText } from '../../l10n/tuning';
import type { TuningSituation } from '../../protocol/finetunePanel';
import type { LabelSource } from '../../protocol/labels';
import type { EncoderShelf } from '../encoders/encoderShelf';
import { forkEngine } from '../engine/fork';
import { detailsOf, KindredError } from '../failure';
import { isIndexing } from '../index/situation';
import { attempt, inBackground } from '../editor/notify';
import { openOrReveal } from '../editor/openFile';
import { plain } from '../editor/text';
import type { IndexedWorkspace } from '../workspace/indexedWorkspace';
import { currentSettings } from '../workspace/editorSettings';
import { TuningFolder } from './tuningFolder';
import { TuningJob } from './tuningJob';
import { TuningPanel } from './tuningPanel';
import type { TuningPort } from './tuningSession';
import { tuningStatus } from './tuningText';

/** Fine-tuning as the editor offers it: the command, the page, the status bar, and the process behind them. */
export class FineTuning implements Disposable {
  readonly panel: TuningPanel;
  readonly #context: ExtensionContext;
  readonly #workspace: IndexedWorkspace;
  readonly #shelf: EncoderShelf;
  readonly #log: LogOutputChannel;
  readonly #item = window.createStatusBarItem('kindred.fineTuning', StatusBarAlignment.Right, 99);
  readonly #subscriptions: readonly { dispose(): unknown }[];
  #job: TuningJob | undefined;
  #shown: TuningSituation['kind'] = 'none';
  #toldOf = '';

  constructor(context: ExtensionContext, workspace: IndexedWorkspace, shelf: EncoderShelf, log: LogOutputChannel) {
    this.#context = context;
    this.#workspace = workspace;
    this.#shelf = shelf;
    this.#log = log;
    this.panel = new TuningPanel(context, log, (post) => this.#portOf(post));
    this.#item.name = t('Kindred Fine-Tuning');
    this.#item.command = 'kindred.fineTune';
    this.#subscriptions = [
      this.#item,
      this.panel,
      editor.onDidGrantWorkspaceTrust(() => {
        this.restore();
      }),
      editor.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration('kindred.fineTune')) this.panel.show();
      }),
      workspace.onDidChange((situation) => {
        // The index tells of every file; the page only cares whether it is complete, and by which encoder.
        const now = `${isIndexing(situation) ? 'indexing' : 'ready'} ${workspace.encoder.name}`;
        if (now === this.#toldOf) return;
        this.#toldOf = now;
        inBackground(log, this.panel.recount());
      }),
    ];
  }

  /** Takes up what an earlier window left. */
  restore(): void {
    if (this.#context.storageUri === undefined || this.#workspace.situation.kind === 'restricted') return;
    inBackground(this.#log, this.#jobOf().restore());
  }

  /** The command: opens the page, in which everything else happens. */
  async open(): Promise<void> {
    this.#workspace.engine();
    await this.#jobOf().restore();
    this.panel.open();
  }

  dispose(): void {
    this.#job?.dispose();
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  #jobOf(): TuningJob {
    const storage = this.#context.storageUri;
    if (storage === undefined)
      throw new KindredError(t('The editor gave no folder to keep encoders in. Open a folder first.'));
    this.#job ??= new TuningJob({
      folder: new TuningFolder(join(storage.fsPath, 'finetune')),
      launch: (folder) => forkEngine(this.#context.asAbsolutePath('dist/finetune.cjs'), [folder]),
      changed: (situation) => {
        this.#changed(situation);
      },
      log: (text) => {
        this.#log.warn(text);
      },
    });
    return this.#job;
  }

  #changed(situation: TuningSituation): void {
    const status = tuningStatus(situation);
    if (status === undefined) this.#item.hide();
    else {
      this.#item.text = status.text;
      this.#item.tooltip = status.tooltip;
      this.#item.show();
    }
    this.panel.show();
    const before = this.#shown;
    this.#shown = situation.kind;
    if (situation.kind === before || before !== 'running' || this.panel.isVisible) return;
    if (situation.kind === 'done') this.#tell(summaryText(situation.report));
    if (situation.kind === 'failed') this.#tell(problemText(situation.problem));
  }

  /** The end of something that took minutes, and needs an answer. */
  #tell(text: string): void {
    const show = t('Show Report');
    window.showInformationMessage(text, show).then(
      (choice) => (choice === show ? attempt(this.#log, () => this.open()) : undefined),
      (error: unknown) => {
        this.#log.error(detailsOf(error));
      },
    );
  }

  async #start(source: LabelSource, sets: readonly string[]): Promise<void> {
    const job = this.#jobOf();
    const started = await job.start(async (folder) => {
      const settings = currentSettings().tuning;
      const plan = { source, sets: [...sets], settings, folder };
      const { problem } = await this.#workspace.engine().ask('planTuning', plan);
      if (problem !== null) throw new KindredError(refusalText(problem));
    });
    // A second click finds what the first has started.
    if (started || job.situation.kind === 'running') return;
    throw new KindredError(t('A fine-tuning is under way already. End it first.'));
  }

  async #use(): Promise<void> {
    const entry = await this.#jobOf().finish((folder) => this.#shelf.keep(folder));
    if (entry === null) return;
    await this.#shelf.use(entry);
    window.setStatusBarMessage(`$(check) ${t('Kindred ranks by “{0}” now.', plain(entry.card.name, 80))}`, 8000);
  }

  #portOf(post: TuningPort['post']): TuningPort {
    const job = () => this.#jobOf();
    return {
      post,
      count: (pattern) => this.#workspace.engine().ask('labels', { pattern }),
      start: (source, sets) => this.#start(source, sets),
      pause: () => job().pause(),
      resume: () => job().resume(),
      discard: () => job().discard(),
      use: () => this.#use(),
      openSettings: async () => {
        await commands.executeCommand('workbench.action.openSettings', 'kindred.fineTune');
      },
      open: (path) => openOrReveal(path),
      situation: () => job().situation,
      settings: () => currentSettings().tuning,
      encoder: () => this.#shelf.activeName,
      indexing: () => isIndexing(this.#workspace.situation),
      log: (text) => {
        this.#log.warn(text);
      },
    };
  }
}
