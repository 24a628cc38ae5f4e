import { commands, type Disposable, type LogOutputChannel } from 'vscode';
import type { Report } from './diagnostics/report';
import { chooseEncoder, useEncoder } from './encoders/chooseEncoder';
import type { EncoderShelf } from './encoders/encoderShelf';
import type { FineTuning } from './finetune/fineTuning';
import type { FirstSteps } from './firstSteps';
import { setLabel, undoLabels } from './labels/setLabel';
import type { OverviewPanel } from './overview/overviewPanel';
import { howIsFileRead } from './reading/howIsFileRead';
import type { ReadingPanel } from './reading/readingPanel';
import type { RecordingEditors } from './recording/recordingEditors';
import { recordingActions } from './recording/actions';
import { openAsRecording } from './recording/openAsRecording';
import type { FindSimilar } from './results/find/findSimilar';
import { openQueries } from './results/queryFile/openQueries';
import type { ResultsPanels } from './results/resultsPanels';
import type { RecentSearches } from './results/recent/recentSearches';
import { panelCommands } from '../protocol/panel';
import { openOrReveal } from './editor/openFile';
import { showLabelled } from './index/labelledList';
import { showIndexMenu } from './index/indexMenu';
import { showSkipped } from './index/skippedList';
import { showUnsure } from './index/unsureList';
import { attempt } from './editor/notify';
import type { CopyAsPython } from './python/copyAsPython';
import type { ReadOnlyDocuments } from './editor/readOnlyDocuments';
import { searchForPart } from './windows/findPart';
import { findSelectedRows } from './windows/findSelectedRows';
import type { WindowsPanel } from './windows/windowsPanel';
import type { IndexedWorkspace } from './workspace/indexedWorkspace';

export interface CommandParts {
  readonly workspace: IndexedWorkspace;
  readonly find: FindSimilar;
  readonly panels: ResultsPanels;
  readonly reading: ReadingPanel;
  readonly recordings: RecordingEditors;
  readonly windows: WindowsPanel;
  readonly overview: OverviewPanel;
  readonly recent: RecentSearches;
  readonly documents: ReadOnlyDocuments;
  readonly shelf: EncoderShelf;
  readonly tuning: FineTuning;
  readonly steps: FirstSteps;
  readonly python: CopyAsPython;
  readonly log: LogOutputChannel;
  readonly report: () => Promise<Report>;
}

type Handler = (argument: unknown, selected: unknown) => unknown;

/** Every command of Kindred; those that only links and lines of trees run are not declared in the manifest. */
function handlersOf(parts: CommandParts): Readonly<Record<string, Handler>> {
  const { workspace, panels, reading, recordings, recent, documents, overview, shelf, tuning, log, report } = parts;
  const tell = (request: 'pause' | 'resume' | 'rebuild' | 'clear') => async () => {
    workspace.apply(await workspace.engine().ask(request, {}));
  };
  return {
    ...searchesOf(parts),
    ...listsOf(parts),
    'kindred.howIsThisFileRead': (argument) => howIsFileRead(workspace, reading, argument),
    'kindred.overview': () => {
      overview.show();
    },
    'kindred.showSkipped': async () => {
      await showSkipped(await workspace.engine().ask('skipped', {}), documents);
    },
    'kindred.showUnsure': async () => {
      await showUnsure(await workspace.engine().ask('unsure', {}));
    },
    'kindred.showLabelled': (argument) => showLabelled(workspace, recordings, argument),
    'kindred.pauseIndexing': tell('pause'),
    'kindred.resumeIndexing': tell('resume'),
    'kindred.rebuildIndex': tell('rebuild'),
    'kindred.clearIndex': tell('clear'),
    'kindred.indexMenu': () => showIndexMenu(workspace.situation),
    'kindred.showDiagnostics': async () => {
      const figures = await report();
      await documents.show('Kindred diagnostics.json', `${JSON.stringify(figures, null, 2)}\n`);
      return figures;
    },
    'kindred.showLog': () => {
      log.show();
    },
    'kindred.restartEngine': () => {
      workspace.restart();
    },
    'kindred.openSkippedFile': (path) => (typeof path === 'string' ? openOrReveal(path) : undefined),
    'kindred.clearRecentSearches': () => {
      recent.clear();
    },
    'kindred.fineTune': () => tuning.open(),
    'kindred.chooseEncoder': () => chooseEncoder(shelf),
    'kindred.useEncoder': (folder) => useEncoder(shelf, folder),
    'kindred.openRecording': (argument) => openAsRecording(argument, recordings),
    ...below('recording', recordingActions, (action) => recordings.run(action)),
    ...below('match', panelCommands, (command, context) => {
      panels.run(command, context);
    }),
  };
}

function listsOf({ workspace, panels, recordings, steps, python }: CommandParts): Readonly<Record<string, Handler>> {
  return {
    'kindred.setLabel': async (argument, selected) => {
      const isSet = await setLabel(workspace, argument, selected);
      if (isSet) steps.did('teach');
      return isSet;
    },
    'kindred.copyAsPython': (argument) => python.lineOfIndex(argument),
    'kindred.undoLabels': async () => {
      await undoLabels(workspace);
      recordings.refresh();
      await panels.refresh();
    },
  };
}

function searchesOf({ workspace, find, windows }: CommandParts): Readonly<Record<string, Handler>> {
  return {
    'kindred.findSimilar': (argument) => find.run(argument),
    'kindred.findSimilarToAll': (argument, selected) => find.toAll(argument, selected),
    'kindred.findSimilarToFolder': (argument, selected) => find.toAll(argument, selected),
    'kindred.openQueries': (argument) => openQueries(find, argument),
    'kindred.searchAgain': (argument) => find.again(argument),
    'kindred.findPart': (argument) => searchForPart(workspace, windows, argument),
    'kindred.findSelectedRows': () => findSelectedRows(workspace, windows),
  };
}

/** Commands that have one way of being carried out. */
function below<Name extends string>(
  prefix: string,
  names: readonly Name[],
  run: (name: Name, argument: unknown) => unknown,
): Readonly<Record<string, Handler>> {
  return Object.fromEntries(
    names.map((name) => [`kindred.${prefix}.${name}`, (argument: unknown) => run(name, argument)]),
  );
}

/** Registers every command; failures are shown to the user. */
export function registerCommands(parts: CommandParts): readonly Disposable[] {
  return Object.entries(handlersOf(parts)).map(([id, handler]) =>
    commands.registerCommand(id, (argument: unknown, selected: unknown) =>
      attempt(parts.log, () => handler(argument, selected)),
    ),
  );
}
