import type { LanguageModelTool } from 'vscode';

/** The editor as far as agents are concerned. */
export function agentsEditor() {
  const state = {
    trusted: true,
    folders: ['/w'] as readonly string[],
    settings: {} as Record<string, unknown>,
    tools: new Map<string, LanguageModelTool<unknown>>(),
    providers: new Map<string, { provideMcpServerDefinitions(): Definition[] }>(),
  };
  class EventEmitter {
    readonly event = () => ({ dispose: () => undefined });
    fire(): void {
      // Nobody listens.
    }
    dispose(): void {
      // Nothing is held.
    }
  }
  class MarkdownString {
    value = '';
    appendText(text: string): this {
      this.value += text.replace(/[\\`*_{}[\]()#+\-!~<>|]/g, '\\$&');
      return this;
    }
  }
  class Definition {
    constructor(
      readonly label: string,
      readonly command: string,
      readonly args: readonly string[],
      readonly env: Readonly<Record<string, string>>,
      readonly version: string,
    ) {}
  }
  const disposable = { dispose: () => undefined };
  return {
    state,
    version: '1.101.0',
    EventEmitter,
    MarkdownString,
    McpStdioServerDefinition: Definition as typeof Definition | undefined,
    CancellationError: class extends Error {},
    LanguageModelTextPart: class {
      constructor(readonly value: string) {}
    },
    LanguageModelToolResult: class {
      constructor(readonly content: readonly { readonly value: string }[]) {}
    },
    lm: {
      registerTool: (name: string, tool: LanguageModelTool<unknown>) => {
        state.tools.set(name, tool);
        return disposable;
      },
      registerMcpServerDefinitionProvider: (id: string, provider: never) => {
        state.providers.set(id, provider);
        return disposable;
      },
    } as Record<string, unknown>,
    workspace: {
      get isTrusted() {
        return state.trusted;
      },
      get workspaceFolders() {
        return state.folders.map((path) => ({ name: path.slice(1), uri: { scheme: 'file', fsPath: path } }));
      },
      getConfiguration: () => ({ get: (name: string) => state.settings[name] }),
      onDidGrantWorkspaceTrust: () => disposable,
      onDidChangeWorkspaceFolders: () => disposable,
    },
  };
}

export interface Definition {
  readonly label: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly version: string;
}
