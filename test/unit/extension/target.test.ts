import { describe, expect, it, vi } from 'vitest';

/** The editor as far as a search's target is concerned; its clipboard must not be looked at. */
const editor = vi.hoisted(() => {
  class Uri {
    constructor(readonly path: string) {}
  }
  class TabInputText {
    constructor(readonly uri: Uri) {}
  }
  const untouchable = (name: string) => () => {
    throw new Error(`${name} was used`);
  };
  const state: { active: unknown } = { active: undefined };
  return {
    Uri,
    TabInputText,
    TabInputCustom: class {
      readonly kind = 'custom';
    },
    TabInputNotebook: class {
      readonly kind = 'notebook';
    },
    state,
    window: {
      tabGroups: {
        get activeTabGroup() {
          return { activeTab: { input: state.active } };
        },
      },
    },
    env: { clipboard: { readText: untouchable('readText'), writeText: untouchable('writeText') } },
    commands: { executeCommand: untouchable('executeCommand') },
  };
});

vi.mock('vscode', () => editor);

const { targetOf } = await import('../../../src/extension/results/find/target');

describe('what a search is about', () => {
  const fromKey = { from: 'editor' };

  it('is the file that a menu hands over', () => {
    const uri = new editor.Uri('/w/a.csv');
    expect(targetOf(uri)).toBe(uri);
  });

  it('is the recording of the active editor for the key in an editor', () => {
    const uri = new editor.Uri('/w/a.csv');
    editor.state.active = new editor.TabInputText(uri);
    expect(targetOf(fromKey)).toBe(uri);
  });

  it.each([undefined, fromKey, { from: 'explorer' }, null, 'text'])(
    'is asked for where nothing says so, such as %j, and the clipboard is left alone',
    (argument) => {
      editor.state.active = argument === fromKey ? new editor.TabInputText(new editor.Uri('/w/main.rs')) : undefined;
      expect(targetOf(argument)).toBeUndefined();
    },
  );
});
