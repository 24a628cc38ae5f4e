import { readFile, rename, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { IndexState, KindredApi, KindredExports } from '../../../docs/kindred';

/** What the test has it ask: in `ask.json` of the editor's home, for the Explorer draws anew what changes in the folder. */
export interface NeighbourAsked {
  readonly what: 'index' | 'version' | 'search' | 'embed' | 'cancel' | 'tools' | 'tool';
  /** From the workspace folder. */
  readonly file?: string;
  readonly options?: object;
  readonly tool?: string;
  readonly input?: object;
}

/** Another extension, as far as it has to do with Kindred: it asks what it is told, and writes what came of it to `answer.json`. */
export function activate(context: vscode.ExtensionContext): void {
  const states: IndexState[] = [];
  const started = start(states);
  const run = async () => {
    const folder = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? '';
    const asked = JSON.parse(await readFile(join(homedir(), 'ask.json'), 'utf8')) as NeighbourAsked;
    const answer = await perform(await started, states, folder, asked).catch((error: unknown) => ({
      error: error instanceof Error ? error.message : String(error),
    }));
    await writeFile(join(homedir(), 'answer.part'), JSON.stringify(answer));
    await rename(join(homedir(), 'answer.part'), join(homedir(), 'answer.json'));
  };
  context.subscriptions.push(vscode.commands.registerCommand('neighbour.run', run));
}

function kindred(): vscode.Extension<KindredExports> {
  const extension = vscode.extensions.getExtension<KindredExports>('kindred.kindred');
  if (extension === undefined) throw new Error('Kindred is not installed');
  return extension;
}

async function start(states: IndexState[]): Promise<KindredApi> {
  const api = (await kindred().activate()).getApi(1);
  api.onDidChangeIndex((state) => states.push(state));
  return api;
}

async function perform(
  api: KindredApi,
  states: readonly IndexState[],
  folder: string,
  { what, file = '', options, tool = '', input = {} }: NeighbourAsked,
): Promise<object> {
  const uri = vscode.Uri.file(join(folder, file));
  switch (what) {
    case 'index':
      return { version: api.version, index: api.index, states };
    case 'version':
      return kindred().exports.getApi(2 as 1);
    case 'search':
      return api.search(uri, options);
    case 'embed': {
      const { recording, encoder, channels, weights } = await api.embed(uri, options);
      const isTyped = [...channels, weights].every((each) => (each as unknown) instanceof Float32Array);
      return { recording, encoder, isTyped, channels: channels.map((each) => [...each]), weights: [...weights] };
    }
    case 'cancel': {
      const source = new vscode.CancellationTokenSource();
      const search = api.search(uri, {}, source.token);
      source.cancel();
      return search;
    }
    case 'tools':
      return {
        tools: vscode.lm.tools.map(({ name }) => name).filter((name) => name.startsWith('kindred_')),
        mcp: 'registerMcpServerDefinitionProvider' in vscode.lm,
      };
    case 'tool': {
      const { content } = await vscode.lm.invokeTool(tool, { input, toolInvocationToken: undefined });
      return { text: content.map((part) => (part instanceof vscode.LanguageModelTextPart ? part.value : '')).join('') };
    }
  }
}
