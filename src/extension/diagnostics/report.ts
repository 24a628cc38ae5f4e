import { env, version as editorVersion, type ExtensionContext } from 'vscode';
import type { Diagnostics } from '../../protocol/engine';
import { t } from '../../l10n/messages';
import { KindredError, messageOf } from '../failure';
import type { Situation } from '../index/situation';
import type { IndexedWorkspace } from '../workspace/indexedWorkspace';
import { foldersOnDisk } from '../workspace/permission';
import { currentSettings } from '../workspace/editorSettings';

/** Milliseconds that the engine may take to describe itself. */
const patience = 5000;

export interface HostFigures {
  /** What loading the extension's code and activating it took together, in milliseconds. */
  readonly activationMilliseconds: number;
  /**
   * The longest time that the extension host's event loop was blocked, in milliseconds: since the last report, at first
   * since the activation.
   */
  readonly longestBlockMilliseconds: number;
}

export interface Report {
  readonly kindred: string;
  readonly editor: string;
  readonly host: HostFigures & { readonly node: string; readonly platform: string };
  readonly folders: number;
  readonly settings: ReturnType<typeof currentSettings>;
  readonly situation: Situation;
  /** What the engine says of itself, or why it says nothing. */
  readonly engine: Diagnostics | string;
}

/** Everything that helps to understand a bug or to measure Kindred. */
export async function reportOf(
  context: ExtensionContext,
  workspace: IndexedWorkspace,
  host: HostFigures,
): Promise<Report> {
  return {
    kindred: versionOf(context),
    editor: `${env.appName} ${editorVersion}`,
    host: { ...host, node: process.versions.node, platform: `${process.platform} ${process.arch}` },
    folders: foldersOnDisk().length,
    settings: currentSettings(),
    situation: workspace.situation,
    engine: await describeEngine(workspace),
  };
}

async function describeEngine(workspace: IndexedWorkspace): Promise<Diagnostics | string> {
  if (workspace.engineState !== 'running') return workspace.engineState;
  try {
    return await withinTime(workspace.engine().ask('diagnostics', {}), patience);
  } catch (error) {
    return messageOf(error);
  }
}

function versionOf(context: ExtensionContext): string {
  const manifest: unknown = context.extension.packageJSON;
  const version = typeof manifest === 'object' && manifest !== null && 'version' in manifest ? manifest.version : '';
  return String(version);
}

/** What `promise` gives, if it does so within `milliseconds`. @throws KindredError when it does not */
async function withinTime<T>(promise: Promise<T>, milliseconds: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(new KindredError(t('There was no answer within {0} seconds.', milliseconds / 1000)));
    }, milliseconds);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
