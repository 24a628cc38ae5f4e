import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CancellationToken, LanguageModelToolInvocationOptions, LogOutputChannel } from 'vscode';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { tools } from '../../../../src/api/tools/tools';
import type { IndexedWorkspace } from '../../../../src/extension/workspace/indexedWorkspace';

const editor = await vi.hoisted(async () => (await import('./editor')).agentsEditor());
vi.mock('vscode', () => editor);
// Files share their modules, and other tests have an editor of their own.
vi.resetModules();

const { registerTools } = await import('../../../../src/extension/agents/languageModelTools');
const { checkMayRun } = await import('../../../../src/extension/workspace/permission');

let folder: string;
let asked: [string, unknown][];
let logged: string[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kindred-tools-'));
  writeFileSync(join(folder, '*a*.csv'), 'x\n1\n');
  [asked, logged] = [[], []];
  editor.state.trusted = true;
  editor.state.folders = [folder];
  const ask = (name: string, params: unknown) => {
    asked.push([name, params]);
    if (name === 'setLabel') return Promise.resolve({ changed: 1, written: [join(folder, 'labels.csv')] });
    return Promise.reject(new Error('the engine is broken'));
  };
  const workspace = {
    engine: () => {
      checkMayRun();
      return { ask };
    },
  } as unknown as IndexedWorkspace;
  registerTools(workspace, { error: (text: string) => logged.push(text) } as unknown as LogOutputChannel);
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const never = {
  isCancellationRequested: false,
  onCancellationRequested: () => undefined,
} as unknown as CancellationToken;

function invoke(name: string, input: object): Promise<{ readonly content: readonly { readonly value: string }[] }> {
  const options = { input, toolInvocationToken: undefined } as LanguageModelToolInvocationOptions<unknown>;
  return Promise.resolve(editor.state.tools.get(name)!.invoke(options, never)) as never;
}

function prepare(name: string, input: object) {
  return editor.state.tools.get(name)!.prepareInvocation!({ input }, never) as {
    confirmationMessages?: { title: string; message: { value: string } };
  };
}

describe('the tools of the editor', () => {
  it('are all of them, and only one that writes asks first', () => {
    expect([...editor.state.tools.keys()]).toEqual(tools.map(({ name }) => name));
    for (const { name, confirm } of tools) {
      const input = name === 'kindred_set_label' ? { recordings: [{ file: '*a*.csv' }], label: '[x](y)' } : {};
      expect(prepare(name, input).confirmationMessages === undefined).toBe(confirm === undefined);
    }
  });

  it('name what is written, in which nothing of a file is Markdown', () => {
    const input = { recordings: [{ file: '*a*.csv', sequence: 2 }], label: '[x](command:y)' };
    const { confirmationMessages } = prepare('kindred_set_label', input);
    expect(confirmationMessages?.message.value).toContain('"\\[x\\]\\(command:y\\)"');
    expect(confirmationMessages?.message.value).toContain('"\\*a\\*.csv" \\#2');
    expect(() => prepare('kindred_set_label', { recordings: [], label: 'x' })).toThrow(/does not fit/);
    expect(() => prepare('kindred_set_label', { ...input, label: 'a\u202eb' })).toThrow(/does not fit/);
  });

  it('write what was agreed to', async () => {
    const { content } = await invoke('kindred_set_label', { recordings: [{ file: '*a*.csv' }], label: 'slow' });
    expect(content[0]?.value).toMatch(/^The label "slow" was given to 1 recording/);
    const targets = [{ path: join(folder, '*a*.csv'), number: null }];
    expect(asked).toEqual([['setLabel', { targets, label: 'slow' }]]);
  });

  it('do nothing in Restricted Mode, nor outside of the folder', async () => {
    await expect(invoke('kindred_find_similar', { file: '/etc/passwd' })).rejects.toThrow(/is not in the folder/);
    editor.state.trusted = false;
    expect(() => prepare('kindred_find_similar', { file: '*a*.csv' })).toThrow(/Restricted Mode/);
    await expect(invoke('kindred_find_similar', { file: '*a*.csv' })).rejects.toThrow(/Restricted Mode/);
    expect(asked).toEqual([]);
  });

  it('are cancelled without a word in the log', async () => {
    const token = { ...never, isCancellationRequested: true };
    const options = { input: { file: '*a*.csv' }, toolInvocationToken: undefined };
    const cancelled = Promise.resolve(editor.state.tools.get('kindred_find_similar')!.invoke(options, token));
    await expect(cancelled).rejects.toBeInstanceOf(editor.CancellationError);
    expect(logged).toEqual([]);
  });

  it('say what went wrong, and log what nobody expected', async () => {
    await expect(invoke('kindred_find_similar', { file: '*a*.csv' })).rejects.toThrow(
      /Something unexpected went wrong/,
    );
    expect(logged.join()).toContain('the engine is broken');
  });
});
