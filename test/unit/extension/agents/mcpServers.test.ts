import type { ExtensionContext } from 'vscode';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { version } from '../../../../package.json';
import type { IndexedWorkspace } from '../../../../src/extension/workspace/indexedWorkspace';

const editor = await vi.hoisted(async () => (await import('./editor')).agentsEditor());
vi.mock('vscode', () => editor);
// Files share their modules, and other tests have an editor of their own.
vi.resetModules();

const { registerMcpServer } = await import('../../../../src/extension/agents/mcpServers');
const { mcpProvider } = await import('../../../../src/extension/agents/mcpProvider');

const context = {
  asAbsolutePath: (path: string) => `/extension/${path}`,
  storageUri: { fsPath: '/storage' },
} as ExtensionContext;

const withEncoder = (folder: string) =>
  ({ encoder: { folder, bundled: '/extension/models' } }) as unknown as IndexedWorkspace;

const definitions = () => editor.state.providers.get(mcpProvider)?.provideMcpServerDefinitions();

beforeEach(() => {
  editor.state.trusted = true;
  editor.state.folders = ['/w'];
  editor.state.settings = {};
  editor.state.providers.clear();
});

describe('the MCP server of a window', () => {
  it('is run by the editor’s Node on its folders and its index', () => {
    registerMcpServer(context, withEncoder('/extension/models'));
    expect(definitions()).toEqual([
      {
        label: 'Kindred',
        command: process.execPath,
        args: ['/extension/dist/cli.cjs', 'mcp', '/w', '--threads', '2', '--cache', '/storage'],
        env: { ELECTRON_RUN_AS_NODE: '1' },
        version,
      },
    ]);
  });

  it('has the encoder and the settings of the window', () => {
    editor.state.folders = ['/w', '/v'];
    editor.state.settings = { 'files.exclude': ['raw/**'], 'engine.threads': 3 };
    registerMcpServer(context, withEncoder('/own'));
    const [definition] = definitions() ?? [];
    expect(definition?.args.slice(2)).toEqual([
      ...['/w', '/v', '--threads', '3', '--encoder', '/own'],
      ...['--settings', '{"exclude":["raw/**"]}', '--cache', '/storage'],
    ]);
  });

  it('is not there in Restricted Mode, nor without a folder', () => {
    registerMcpServer(context, withEncoder('/extension/models'));
    editor.state.trusted = false;
    expect(definitions()).toEqual([]);
    editor.state.trusted = true;
    editor.state.folders = [];
    expect(definitions()).toEqual([]);
  });

  it.each([
    ['1.100.3', false],
    ['1.101.0', true],
    ['1.139.1-insider', true],
    ['2.0.0', true],
  ])('is registered in %s: %s, because the draft of 1.100 refuses it', (editorVersion, expected) => {
    const before = editor.version;
    editor.version = editorVersion;
    registerMcpServer(context, withEncoder('/extension/models'));
    expect(editor.state.providers.has(mcpProvider)).toBe(expected);
    editor.version = before;
  });

  it('is left out where the editor has none', () => {
    const { registerMcpServerDefinitionProvider } = editor.lm;
    Reflect.deleteProperty(editor.lm, 'registerMcpServerDefinitionProvider');
    expect(registerMcpServer(context, withEncoder('/extension/models'))).toEqual([]);
    editor.lm['registerMcpServerDefinitionProvider'] = registerMcpServerDefinitionProvider;
  });
});
