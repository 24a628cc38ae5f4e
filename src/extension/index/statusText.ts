import type { IndexStatus } from '../../protocol/engine';
import { files, sequences as sequencesOf, skippedThings } from '../../l10n/nouns';
import { formatCount } from '../../l10n/numbers';
import { escapeMarkdown } from '../editor/text';
import type { Situation } from './situation';
import { t } from '../../l10n/messages';

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
        t('Kindred reads no files in Restricted Mode.'),
        link(t('Manage workspace trust'), 'workbench.trust.manage'),
      ]);
    case 'idle':
      return calm('$(graph-line) Kindred', [t('This folder is not indexed yet: the first search starts it.')]);
    case 'starting':
      return calm('$(loading~spin) Kindred', [t('The engine is starting.')]);
    case 'failed':
      return {
        text: '$(error) Kindred',
        tooltip: paragraphs([
          escapeMarkdown(situation.reason),
          `${link(t('Restart'), 'kindred.restartEngine')} · ${link(t('Show log'), 'kindred.showLog')}`,
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
  if (problem !== null)
    lines.push(t('**Problem:** {0}', escapeMarkdown(problem)), link(t('Show log'), 'kindred.showLog'));
  return {
    text: problem === null ? textOf(status) : textOf(status).replace(/^\$\([^)]+\)/, '$(warning)'),
    tooltip: paragraphs(lines),
    severity: problem === null ? 'none' : 'warning',
  };
}

function textOf({ state, done, total, sequences }: IndexStatus): string {
  const progress = t('{0} of {1}', formatCount(done), formatCount(total));
  switch (state) {
    case 'starting':
      return '$(loading~spin) Kindred';
    case 'scanning':
    case 'indexing':
      return `$(sync~spin) ${progress}`;
    case 'paused':
      return `$(debug-pause) ${total === 0 ? t('Paused') : t('Paused at {0}', progress)}`;
    case 'ready':
      return `$(graph-line) ${sequencesOf(sequences)}`;
  }
}

function headline({ state }: IndexStatus): string {
  switch (state) {
    case 'starting':
      return t('Kindred is starting.');
    case 'scanning':
      return t('Kindred is looking for recordings.');
    case 'indexing':
      return t('Kindred is indexing. Searches work already, over what is indexed so far.');
    case 'paused':
      return t('Indexing is paused. Searches work, over what is indexed so far.');
    case 'ready':
      return t('Kindred follows this folder.');
  }
}

function counts({ done, total, sequences, skipped, skippedSequences }: IndexStatus): string {
  const said = [formatCount(done), files(total), sequencesOf(sequences)] as const;
  if (skipped + skippedSequences === 0) return t('{0} of {1} done, {2} indexed.', ...said);
  const skippedLink = link(skippedThings(skipped, skippedSequences), 'kindred.showSkipped');
  return t('{0} of {1} done, {2} indexed, {3}.', ...said, skippedLink);
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
