import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import type { ExtensionContext, LogOutputChannel } from 'vscode';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { IndexedWorkspace } from '../../../src/extension/workspace/indexedWorkspace';

/** The editor as far as a workspace is concerned: its settings, its folders, its trust. */
const editor = vi.hoisted(() => {
  class EventEmitter {
    private readonly listeners = new Set<(event: unknown) => unknown>();
    readonly event = (listener: (event: unknown) => unknown) => {
      this.listeners.add(listener);
      return { dispose: () => this.listeners.delete(listener) };
    };
    fire(event: unknown): void {
      for (const listener of this.listeners) listener(event);
    }
    dispose(): void {
      this.listeners.clear();
    }
  }
  const settings = new Map<string, unknown>();
  const [trusted, folders, configuration] = [new EventEmitter(), new EventEmitter(), new EventEmitter()];
  return {
    EventEmitter,
    ExtensionMode: { Production: 1, Development: 2, Test: 3 },
    settings,
    trusted,
    folders,
    configuration,
    commands: { executeCommand: () => Promise.resolve(undefined) },
    window: {
      showErrorMessage: () => Promise.resolve(undefined),
      showWarningMessage: () => Promise.resolve(undefined),
    },
    workspace: {
      isTrusted: true,
      workspaceFolders: [{ name: 'one', uri: { scheme: 'file', fsPath: '/one' } }],
      fs: { createDirectory: () => Promise.resolve() },
      getConfiguration: () => ({ get: (name: string) => settings.get(name) }),
      onDidGrantWorkspaceTrust: trusted.event,
      onDidChangeWorkspaceFolders: folders.event,
      onDidChangeConfiguration: configuration.event,
    },
  };
});

vi.mock('vscode', () => editor);

let folder: string;
let program: string;
let workspace: IndexedWorkspace;
let logged: string[];
let watchers: { readonly holds: () => boolean; readonly resolve: () => void }[];

/** Resolves with the first line of the log after which `holds` is true. */
function until(holds: () => boolean): Promise<void> {
  if (holds()) return Promise.resolve();
  return new Promise((resolve) => watchers.push({ holds, resolve }));
}

function write(text: string): void {
  logged.push(text);
  for (const { holds, resolve } of watchers) if (holds()) resolve();
}

/** What the engine was told of changes. */
const configured = () =>
  logged.flatMap((line) => {
    const [, changes] = /^configured (.*)$/.exec(line) ?? [];
    return changes === undefined ? [] : [JSON.parse(changes) as Record<string, unknown>];
  });

function set(name: string, value: unknown): void {
  editor.settings.set(name, value);
  editor.configuration.fire({ affectsConfiguration: (section: string) => section === 'kindred' });
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kindred-workspace-'));
  program = join(folder, 'fakeEngine.cjs');
  await build({
    entryPoints: [join(import.meta.dirname, 'fakeEngine.ts')],
    bundle: true,
    platform: 'node',
    format: 'cjs',
    outfile: program,
    logLevel: 'silent',
  });
});

afterAll(async () => {
  await rm(folder, { recursive: true });
});

beforeEach(async () => {
  const { IndexedWorkspace } = await import('../../../src/extension/workspace/indexedWorkspace');
  const { EncoderChoice } = await import('../../../src/extension/workspace/encoderChoice');
  editor.settings.clear();
  logged = [];
  watchers = [];
  const state = new Map<string, unknown>();
  const context = {
    asAbsolutePath: (path: string) => (path === 'dist/engine.cjs' ? program : `/extension/${path}`),
    storageUri: { fsPath: folder },
    workspaceState: {
      get: (key: string) => state.get(key),
      update: (key: string, value: unknown) => Promise.resolve(state.set(key, value)),
    },
  } as unknown as ExtensionContext;
  const log = { debug: write, info: write, warn: write, error: write } as unknown as LogOutputChannel;
  workspace = new IndexedWorkspace(context, new EncoderChoice(context), log);
});

afterEach(async () => {
  workspace.dispose();
  await workspace.stop();
});

describe('the indexed workspace', () => {
  it('is opened again for settings of the index, and for no others', async () => {
    workspace.begin();
    await workspace.engine().ask('status', {});
    set('fineTune.seed', 7);
    set('index.automatic', false);
    set('encoder.maximumSteps', 2048);
    await until(() => configured().length > 0);
    set('encoder.maximumSteps', 2048);
    set('fineTune.seed', 8);
    set('engine.threads', 3);
    await until(() => configured().length > 1);
    expect(configured()).toMatchObject([
      { settings: { maximumSteps: 2048, threads: 2 } },
      { settings: { maximumSteps: 2048, threads: 3 } },
    ]);
  });

  it('takes up another encoder, and other folders, each by itself', async () => {
    workspace.begin();
    await workspace.engine().ask('status', {});
    await workspace.useEncoder({ folder: '/tuned', name: 'Tuned' });
    await workspace.useEncoder(null);
    editor.folders.fire(undefined);
    await until(() => configured().length > 2);
    expect(configured()).toEqual([
      { models: '/tuned' },
      { models: '/extension/models' },
      { folders: [{ name: 'one', path: '/one' }] },
    ]);
  });

  it('does not start for a setting where it should not, and starts when it should', async () => {
    editor.settings.set('index.automatic', false);
    workspace.begin();
    set('engine.threads', 3);
    expect(workspace.engineState).toBe('idle');
    set('index.automatic', true);
    expect(workspace.engineState).toBe('starting');
    await workspace.engine().ask('status', {});
    expect(configured()).toEqual([]);
  });
});
