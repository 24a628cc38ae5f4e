import { describe, expect, it } from 'vitest';
import type { IndexState, IndexStatus } from '../../../src/protocol/engine';
import { menuItems } from '../../../src/extension/index/menuItems';
import { isIndexing, isPaused, type Situation } from '../../../src/extension/index/situation';
import { statusView } from '../../../src/extension/index/statusText';

const open = (state: IndexState, more: Partial<IndexStatus> = {}): Situation => ({
  kind: 'open',
  status: {
    state,
    done: 12,
    total: 1503,
    sequences: 1,
    skipped: 0,
    skippedSequences: 0,
    unsure: 0,
    changes: { opening: 'a', files: 0, labels: 0 },
    problem: null,
    ...more,
  },
});

describe('statusView', () => {
  it.each<[Situation, string | undefined]>([
    [{ kind: 'noFolder' }, undefined],
    [{ kind: 'restricted' }, '$(shield) Kindred'],
    [{ kind: 'idle' }, '$(graph-line) Kindred'],
    [{ kind: 'starting' }, '$(loading~spin) Kindred'],
    [{ kind: 'failed', reason: 'x' }, '$(error) Kindred'],
    [open('starting'), '$(loading~spin) Kindred'],
    [open('scanning'), '$(sync~spin) 12 of 1,503'],
    [open('indexing'), '$(sync~spin) 12 of 1,503'],
    [open('paused'), '$(debug-pause) Paused at 12 of 1,503'],
    [open('ready'), '$(graph-line) 1 sequence'],
    [open('ready', { sequences: 4321 }), '$(graph-line) 4,321 sequences'],
    [open('ready', { problem: 'the disk is full' }), '$(warning) 1 sequence'],
  ])('shows %j as %s', (situation, text) => {
    expect(statusView(situation)?.text).toBe(text);
  });

  it('draws attention to problems and failures alone', () => {
    expect(statusView(open('indexing'))?.severity).toBe('none');
    expect(statusView(open('indexing', { problem: 'x' }))?.severity).toBe('warning');
    expect(statusView({ kind: 'failed', reason: 'x' })?.severity).toBe('error');
  });

  it('links to the skipped files when there are some', () => {
    expect(statusView(open('ready'))?.tooltip).not.toContain('skipped');
    expect(statusView(open('ready', { skipped: 3 }))?.tooltip).toContain(
      '[3 files skipped](command:kindred.showSkipped)',
    );
    const both = statusView(open('ready', { skipped: 1, skippedSequences: 137 }))?.tooltip;
    expect(both).toContain('[1 file and 137 sequences skipped](command:kindred.showSkipped)');
  });

  it('lets no text from outside become a link', () => {
    const hostile = '[click](command:workbench.action.quit) <img src=x>';
    for (const situation of [open('ready', { problem: hostile }), { kind: 'failed', reason: hostile } as const]) {
      const tooltip = statusView(situation)?.tooltip ?? '';
      expect(tooltip).toContain('quit');
      expect(tooltip).not.toContain('](command:workbench');
      expect(tooltip).not.toMatch(/(^|[^\\])</);
    }
  });
});

describe('menuItems', () => {
  const commandsFor = (situation: Situation) => menuItems(situation).map(({ command }) => command);

  it.each<[IndexState, string[], string[]]>([
    ['scanning', ['kindred.pauseIndexing'], ['kindred.resumeIndexing']],
    ['indexing', ['kindred.pauseIndexing'], ['kindred.resumeIndexing']],
    ['paused', ['kindred.resumeIndexing'], ['kindred.pauseIndexing']],
    ['ready', [], ['kindred.pauseIndexing', 'kindred.resumeIndexing']],
  ])('offers what makes sense while %s', (state, offered, notOffered) => {
    const commands = commandsFor(open(state));
    expect(commands).toEqual(expect.arrayContaining(['kindred.rebuildIndex', 'kindred.clearIndex', ...offered]));
    for (const command of notOffered) expect(commands).not.toContain(command);
    expect(isIndexing(open(state))).toBe(offered.includes('kindred.pauseIndexing'));
    expect(isPaused(open(state))).toBe(offered.includes('kindred.resumeIndexing'));
  });

  it('counts the skipped files, and leaves them out when there are none', () => {
    expect(commandsFor(open('ready'))).not.toContain('kindred.showSkipped');
    const items = menuItems(open('ready', { skipped: 1 }));
    expect(items[0]?.command).toBe('kindred.showSkipped');
    expect(items[0]?.description).toContain('1 file ');
  });

  it('counts the files that should be checked, and leaves them out when there are none', () => {
    expect(commandsFor(open('ready'))).not.toContain('kindred.showUnsure');
    const [one] = menuItems(open('ready', { unsure: 1 }));
    expect(one).toEqual({ label: '$(question) 1 file: check how it is read', command: 'kindred.showUnsure' });
    expect(menuItems(open('ready', { unsure: 1200 }))[0]?.label).toContain('1,200 files: check how they are read');
  });

  it('offers a way out of every other situation', () => {
    expect(commandsFor({ kind: 'restricted' })[0]).toBe('workbench.trust.manage');
    expect(commandsFor({ kind: 'failed', reason: '' })[0]).toBe('kindred.restartEngine');
    expect(commandsFor({ kind: 'idle' })[0]).toBe('kindred.resumeIndexing');
    expect(commandsFor({ kind: 'noFolder' })[0]).toBe('vscode.openFolder');
  });

  it('always offers diagnostics, log and settings', () => {
    for (const kind of ['noFolder', 'restricted', 'idle', 'starting'] as const) {
      expect(commandsFor({ kind }).slice(-3)).toEqual([
        'kindred.showDiagnostics',
        'kindred.showLog',
        'workbench.action.openSettings',
      ]);
    }
  });
});
