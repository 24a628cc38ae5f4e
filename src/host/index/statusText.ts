import type { IndexStatus } from '../../protocol/engine';
import { counted, escapeMarkdown, grouped } from '../text';
import type { Situation } from './situation';

export interface StatusView {
  /** With the editor's `$(icon)` syntax. */
  readonly text: string;
  /** Markdown; whatever comes from outside is escaped. */
  readonly tooltip: string;
  readonly severity: 'none' | 'warning' | 'error';
}

/** The commands that links of a tooltip may run. */
export const tooltipCommands = [
  'workbench.trust.manage',
  'kindred.showSkipped',
  'kindred.restartEngine',
  'kindred.showLog',
] as const;

/** What the status bar says of `situation`, or `undefined` if there is nothing to say. */
export function statusView(situation: Situation): StatusView | undefined {
  switch (situation.kind) {
    case 'noFolder':
      return undefined;
    case 'restricted':
      return calm('$(shield) Kindred', [
        'Kindred reads no files in Restricted Mode.',
        link('Manage workspace trust', 'workbench.trust.manage'),
      ]);
    case 'idle':
      return calm('$(graph-line) Kindred', ['This folder is not indexed yet: the first search starts it.']);
    case 'starting':
      return calm('$(loading~spin) Kindred', ['The engine is starting.']);
    case 'failed':
      return {
        text: '$(error) Kindred',
        tooltip: paragraphs([
          escapeMarkdown(situation.reason),
          `${link('Restart', 'kindred.restartEngine')} · ${link('Show log', 'kindred.showLog')}`,
        ]),
        severity: 'error',
      };
    case 'open':
      return indexView(situation.status);
  }
}

function indexView(status: IndexStatus): StatusView {
  const { problem } = status;
  const lines = [headline(status), counts(status)];
  if (problem !== null) lines.push(`**Problem:** ${escapeMarkdown(problem)}`, link('Show log', 'kindred.showLog'));
  return {
    text: problem === null ? textOf(status) : textOf(status).replace(/^\$\([^)]+\)/, '$(warning)'),
    tooltip: paragraphs(lines),
    severity: problem === null ? 'none' : 'warning',
  };
}

function textOf({ state, done, total, sequences }: IndexStatus): string {
  const progress = `${grouped(done)} of ${grouped(total)}`;
  switch (state) {
    case 'starting':
      return '$(loading~spin) Kindred';
    case 'scanning':
    case 'indexing':
      return `$(sync~spin) ${progress}`;
    case 'paused':
      return total === 0 ? '$(debug-pause) Paused' : `$(debug-pause) Paused at ${progress}`;
    case 'ready':
      return `$(graph-line) ${counted(sequences, 'sequence')}`;
  }
}

function headline({ state }: IndexStatus): string {
  switch (state) {
    case 'starting':
      return 'Kindred is starting.';
    case 'scanning':
      return 'Kindred is looking for recordings.';
    case 'indexing':
      return 'Kindred is indexing. Searches work already, over what is indexed so far.';
    case 'paused':
      return 'Indexing is paused. Searches work, over what is indexed so far.';
    case 'ready':
      return 'Kindred follows this folder.';
  }
}

function counts({ done, total, sequences, skipped }: IndexStatus): string {
  const files = `${grouped(done)} of ${counted(total, 'file')} done, ${counted(sequences, 'sequence')} indexed`;
  return skipped === 0 ? `${files}.` : `${files}, ${link(`${grouped(skipped)} skipped`, 'kindred.showSkipped')}.`;
}

function calm(text: string, lines: readonly string[]): StatusView {
  return { text, tooltip: paragraphs(lines), severity: 'none' };
}

function paragraphs(lines: readonly string[]): string {
  return lines.join('\n\n');
}

function link(text: string, command: (typeof tooltipCommands)[number]): string {
  return `[${text}](command:${command})`;
}
