// First, because it notes the time.
import { loadStarted } from './diagnostics/clock';
import { commands, window, type ExtensionContext, type LogOutputChannel } from 'vscode';
import { registerCommands } from './commands';
import { LoopMonitor } from './diagnostics/loopMonitor';
import { reportOf } from './diagnostics/report';
import { EncoderShelf } from './encoders/encoderShelf';
import { FindSimilar } from './results/find/findSimilar';
import { FineTuning } from './finetune/fineTuning';
import { tuningViewType } from './finetune/tuningPanel';
import { ContextKeys } from './index/contextKeys';
import { IndexStatusBar } from './index/statusBar';
import { useLanguageOfEditor } from './editor/l10n';
import { showFailure } from './editor/notify';
import { ReadingPanel } from './reading/readingPanel';
import { ResultsPanels, viewType } from './results/resultsPanels';
import { RecentSearches } from './results/recent/recentSearches';
import { SideBar } from './sideBar/sideBar';
import { ReadOnlyDocuments } from './editor/readOnlyDocuments';
import { EncoderChoice } from './workspace/encoderChoice';
import { IndexedWorkspace } from './workspace/indexedWorkspace';

let indexed: IndexedWorkspace | undefined;

/** How long the code took to load; the editor may wait a while between that and the activation. */
const loadingMilliseconds = performance.now() - loadStarted;

/** Called by the editor once, when Kindred is needed first. */
export function activate(context: ExtensionContext): void {
  useLanguageOfEditor();
  const log = window.createOutputChannel('Kindred', { log: true });
  context.subscriptions.push(log);
  try {
    start(context, log);
  } catch (error) {
    context.subscriptions.push(
      commands.registerCommand('kindred.showLog', () => {
        log.show();
      }),
    );
    showFailure(log, error);
  }
}

/** Called by the editor before it ends the extension host; the engine must not outlive it. */
export async function deactivate(): Promise<void> {
  await indexed?.stop();
}

function start(context: ExtensionContext, log: LogOutputChannel): void {
  const began = performance.now();
  const monitor = new LoopMonitor();
  const workspace = new IndexedWorkspace(context, new EncoderChoice(context), log);
  const recent = new RecentSearches(context, log);
  const panels = new ResultsPanels({ context, workspace, log }, (query, file) => {
    recent.add(query, file);
  });
  const reading = new ReadingPanel(context, workspace, log);
  const documents = new ReadOnlyDocuments();
  const statusBar = new IndexStatusBar();
  const keys = new ContextKeys(log);
  const shelf = new EncoderShelf(context, workspace);
  const sideBar = new SideBar(workspace, recent, shelf, log);
  const find = new FindSimilar(context, workspace, panels);
  const tuning = new FineTuning(context, workspace, shelf, log);
  let activationMilliseconds = 0;
  const report = () =>
    reportOf(context, workspace, { activationMilliseconds, longestBlockMilliseconds: monitor.takeLongestBlock() });
  context.subscriptions.push(
    monitor,
    workspace,
    panels,
    reading,
    recent,
    shelf,
    sideBar,
    documents,
    statusBar,
    window.registerWebviewPanelSerializer(viewType, panels),
    tuning,
    window.registerWebviewPanelSerializer(tuningViewType, tuning.panel),
    ...registerCommands({ workspace, find, panels, reading, recent, documents, shelf, tuning, log, report }),
    workspace.onDidChange((situation) => {
      statusBar.show(situation);
      keys.follow(situation);
      sideBar.follow(situation);
      reading.follow(situation);
      if (situation.kind === 'open') panels.indexChanged(situation.status);
    }),
  );
  indexed = workspace;
  // Starting a process takes milliseconds that other extensions would wait for.
  setImmediate(() => {
    monitor.start();
    workspace.begin();
    tuning.restore();
  });
  activationMilliseconds = loadingMilliseconds + performance.now() - began;
  log.info(`Activated in ${activationMilliseconds.toFixed(1)} ms.`);
}
