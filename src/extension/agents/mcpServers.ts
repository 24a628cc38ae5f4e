import * as vscode from 'vscode';
import { version } from '../../../package.json';
import { commandLineOf } from '../workspace/commandLine';
import type { IndexedWorkspace } from '../workspace/indexedWorkspace';
import { foldersOnDisk, obstacle } from '../workspace/permission';
import { mcpProvider } from './mcpProvider';

/** What editors have from 1.101 on; older ones are supported as well, and their types do not know it. */
interface EditorWithMcp {
  readonly lm: {
    registerMcpServerDefinitionProvider?(id: string, provider: McpServerProvider): vscode.Disposable;
  };
  readonly McpStdioServerDefinition?: new (
    label: string,
    command: string,
    args: string[],
    env: Record<string, string>,
    version: string,
  ) => object;
}

/** 1.100 has the function, as a draft that refuses whoever did not declare it in another way. */
function isBefore101(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major < 1 || (major === 1 && minor <= 100);
}

interface McpServerProvider {
  readonly onDidChangeMcpServerDefinitions: vscode.Event<void>;
  provideMcpServerDefinitions(): object[];
}

/**
 * Tells the editor of `kindred mcp` for the folders of this window, where it has MCP servers. In Restricted Mode there is none.
 */
export function registerMcpServer(
  context: vscode.ExtensionContext,
  workspace: IndexedWorkspace,
): readonly { dispose(): unknown }[] {
  const { lm, McpStdioServerDefinition: Definition } = vscode as unknown as EditorWithMcp;
  if (lm.registerMcpServerDefinitionProvider === undefined || Definition === undefined) return [];
  if (isBefore101(vscode.version)) return [];
  const changed = new vscode.EventEmitter<void>();
  const provider: McpServerProvider = {
    onDidChangeMcpServerDefinitions: changed.event,
    provideMcpServerDefinitions: () => {
      if (obstacle() !== null) return [];
      const { command, environment, options } = commandLineOf(context, workspace.encoder);
      const [program = '', ...before] = command;
      const args = [...before, 'mcp', ...foldersOnDisk().map(({ path }) => path), ...options];
      return [new Definition('Kindred', program, args, { ...environment }, version)];
    },
  };
  const again = (): void => {
    changed.fire();
  };
  return [
    changed,
    vscode.workspace.onDidGrantWorkspaceTrust(again),
    vscode.workspace.onDidChangeWorkspaceFolders(again),
    lm.registerMcpServerDefinitionProvider(mcpProvider, provider),
  ];
}
