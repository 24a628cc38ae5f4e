// First, because it notes the time.
import { loadStarted } from './diagnostics/clock';
import { commands, window, type ExtensionContext, type LogOutputChannel } from 'vscode';
import type { KindredExports } from '../../docs/kindred';
import { registerTools } from './agents/languageModelTools';
import { registerMcpServer } from './agents/mcpServers';
import { ExtensionApi, exportsOf } from './api/exports';
import { registerCommands } from './commands';
import { LoopMonitor } from './diagnostics/loopMonitor';
import { reportOf } from './diagnostics/report';
import { EncoderShelf } from './encoders/encoderShelf';
import { FindSimilar } from './results/find/findSimilar';
import { FineTuning } from './finetune/fineTuning';
import { tuningViewType } from './finetune/tuningPanel';
import { FirstSteps } from './firstSteps';
import { ContextKeys } from './index/contextKeys';
import { RecordingKeys } from './index/recordingKeys';
import { IndexStatusBar } from './index/statusBar';
import { useLanguageOfEditor } from './editor/l10n';
import { setContextKey } from './editor/contextKey';
import { inBackground, showFailure } from './editor/notify';
import { OverviewOffer } from './overview/overviewOffer';
import { OverviewPanel, type OverviewWorld } from './overview/overviewPanel';
import { CopyAsPython } from './python/copyAsPython';
import { ReadingPanel } from './reading/readingPanel';
import { RecordingEditors } from './recording/recordingEditors';
import type { SequenceRef } from '../protocol/sequences';
import type { PanelWorld } from './results/openPanel';
import { QueryEditor } from './results/queryFile/queryEditor';
import { ResultsPanels, viewType } from './results/resultsPanels';
import { RecentSearches } from './results/recent/recentSearches';
import { SideBar } from './sideBar/sideBar';
import { ReadOnlyDocuments } from './editor/readOnlyDocuments';
import { EncoderChoice } from './workspace/encoderChoice';
import { WindowsPanel, type WindowsWorld } from './windows/windowsPanel';
import { IndexedWorkspace } from './workspace/indexedWorkspace';

let indexed: IndexedWorkspace | undefined;

/** How long the code took to load; the editor may wait a while between that and the activation. */
const loadingMilliseconds = performance.now() - loadStarted;

/** Called by the editor once, when Kindred is needed first. @returns what other extensions may ask */
export function activate(context: ExtensionContext): KindredExports {
  useLanguageOfEditor();
  const log = window.createOutputChannel('Kindred', { log: true });
  context.subscriptions.push(log);
  try {
    return exportsOf(start(context, log));
  } catch (error) {
    context.subscriptions.push(
      commands.registerCommand('kindred.showLog', () => {
        log.show();
      }),
    );
    showFailure(log, error);
    return exportsOf(null);
  }
}

/** Called by the editor before it ends the extension host; the engine must not outlive it. */
export async function deactivate(): Promise<void> {
  await indexed?.stop();
}

/** What the extension is made of; each part owns what it shows. */
function partsOf(context: ExtensionContext, log: LogOutputChannel) {
  const workspace = new IndexedWorkspace(context, new EncoderChoice(context), log);
  const steps = new FirstSteps(context, log);
  const { did } = steps;
  const python = new CopyAsPython(context, workspace);
  const recordings = new RecordingEditors({ context, workspace, log, did });
  const showPart: WindowsWorld['showPart'] = (...shown) => recordings.showPart(...shown);
  const windows = new WindowsPanel({ context, workspace, log, did, showPart, python });
  const recent = new RecentSearches(context, log);
  const showRecording: PanelWorld['showRecording'] = (...shown) => recordings.show(...shown);
  const panels = new ResultsPanels({ context, workspace, log, did, showRecording, python }, ({ query, set }, file) => {
    recent.add({ query, ...(set === undefined ? {} : { set }), file });
  });
  const shownOf = (path: string) => recordings.shownOf(path);
  const find = new FindSimilar({ context, workspace, panel: panels, shownOf, log });
  const findAll = (refs: readonly SequenceRef[]) => find.fromAll(refs);
  const compare: OverviewWorld['compare'] = (...two) => find.comparing(...two);
  const ways = { showRecording, findSimilar: findAll, compare, python };
  const overview = new OverviewPanel({ context, workspace, log, ...ways });
  const offer = new OverviewOffer(context, log);
  const reading = new ReadingPanel(context, workspace, log);
  const documents = new ReadOnlyDocuments();
  const shelf = new EncoderShelf(context, workspace);
  const tuning = new FineTuning(context, workspace, shelf, log);
  const shown = { recordings, windows, recent, panels, reading, documents, overview };
  return { workspace, ...shown, find, shelf, tuning, steps, offer, python };
}

function recordingKeysOf(workspace: IndexedWorkspace, log: LogOutputChannel): RecordingKeys {
  return new RecordingKeys({
    ask: async (name, params, signal) => await workspace.engine().ask(name, params, signal),
    setContext: (key, value) => {
      setContextKey(log, key, value);
    },
  });
}

/** Starting a process takes milliseconds that other extensions would wait for. */
function beginSoon(monitor: LoopMonitor, { workspace, tuning }: ReturnType<typeof partsOf>): void {
  setImmediate(() => {
    monitor.start();
    workspace.begin();
    tuning.restore();
  });
}

function start(context: ExtensionContext, log: LogOutputChannel): ExtensionApi {
  const began = performance.now();
  const monitor = new LoopMonitor();
  const parts = partsOf(context, log);
  const { workspace, recordings, windows, recent, panels, reading, documents, overview, shelf, tuning } = parts;
  const { steps, offer } = parts;
  const api = new ExtensionApi(workspace);
  const statusBar = new IndexStatusBar();
  const keys = new ContextKeys(log);
  const recordingKeys = recordingKeysOf(workspace, log);
  const sideBar = new SideBar(workspace, recent, shelf, log);
  let activationMilliseconds = 0;
  const report = () =>
    reportOf(context, workspace, { activationMilliseconds, longestBlockMilliseconds: monitor.takeLongestBlock() });
  context.subscriptions.push(
    monitor,
    workspace,
    panels,
    reading,
    recordings,
    windows,
    overview,
    recent,
    shelf,
    sideBar,
    documents,
    new QueryEditor(log),
    statusBar,
    window.registerWebviewPanelSerializer(viewType, panels),
    tuning,
    api,
    ...registerTools(workspace, log),
    ...registerMcpServer(context, workspace),
    window.registerWebviewPanelSerializer(tuningViewType, tuning.panel),
    ...registerCommands({ ...parts, log, report }),
    workspace.onDidChange((situation) => {
      statusBar.show(situation);
      for (const each of [keys, sideBar, reading, recordings, windows, overview, steps, offer, api])
        each.follow(situation);
      inBackground(log, recordingKeys.follow(situation));
      if (situation.kind === 'open') panels.indexChanged(situation.status);
    }),
  );
  indexed = workspace;
  beginSoon(monitor, parts);
  activationMilliseconds = loadingMilliseconds + performance.now() - began;
  log.info(`Activated in ${activationMilliseconds.toFixed(1)} ms.`);
  return api;
}
