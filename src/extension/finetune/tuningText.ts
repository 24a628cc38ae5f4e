import { t } from '../../l10n/messages';
import { formatCount, formatDecimals } from '../../l10n/numbers';
import { percent, problemText, stageText } from '../../l10n/tuning';
import type { TuningProgress } from '../../protocol/finetune';
import type { TuningSituation } from '../../protocol/finetunePanel';

export interface TuningStatus {
  /** With the editor's `$(icon)` syntax. */
  readonly text: string;
  readonly tooltip: string;
}

/** What the status bar says of a fine-tuning, or `undefined` where there is nothing to say. */
export function tuningStatus(situation: TuningSituation): TuningStatus | undefined {
  switch (situation.kind) {
    case 'none':
      return undefined;
    case 'running': {
      const { progress, stage, stopping } = situation;
      const text = stopping
        ? `$(sync~spin) ${t('Pausing')}`
        : `$(mortar-board) ${progress === null ? t('Fine-tuning') : textOf(progress)}`;
      return { text, tooltip: t('Kindred is fine-tuning an encoder. {0}.', stageText(stage)) };
    }
    case 'paused':
      return { text: `$(debug-pause) ${t('Fine-tuning paused')}`, tooltip: t('The fine-tuning is paused.') };
    case 'elsewhere':
      return {
        text: `$(mortar-board) ${t('Fine-tuning')}`,
        tooltip: t('Another window is fine-tuning in this workspace.'),
      };
    case 'failed':
      return { text: `$(warning) ${t('Fine-tuning stopped')}`, tooltip: problemText(situation.problem) };
    case 'done':
      return {
        text: `$(mortar-board) ${t('Fine-tuning done')}`,
        tooltip: t('The fine-tuning is done: look at the report.'),
      };
  }
}

function textOf({ done, secondsLeft, validations }: TuningProgress): string {
  const parts = [percent(done)];
  const newest = validations.at(-1);
  if (newest !== undefined) parts.push(`recall@1 ${formatDecimals(newest.figures.recallAt1, 2)}`);
  if (secondsLeft > 0) parts.push(timeLeft(secondsLeft));
  return parts.join(', ');
}

/** `3 min left`. */
export function timeLeft(seconds: number): string {
  return seconds < 90
    ? t('{0} s left', formatCount(Math.max(seconds, 1)))
    : t('{0} min left', formatCount(seconds / 60));
}
