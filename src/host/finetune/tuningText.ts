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
        ? '$(sync~spin) Pausing'
        : `$(mortar-board) ${progress === null ? 'Fine-tuning' : textOf(progress)}`;
      return { text, tooltip: `Kindred is fine-tuning an encoder. ${stage}.` };
    }
    case 'paused':
      return { text: '$(debug-pause) Fine-tuning paused', tooltip: 'The fine-tuning is paused.' };
    case 'elsewhere':
      return { text: '$(mortar-board) Fine-tuning', tooltip: 'Another window is fine-tuning in this workspace.' };
    case 'failed':
      return { text: '$(warning) Fine-tuning stopped', tooltip: situation.reason };
    case 'done':
      return { text: '$(mortar-board) Fine-tuning done', tooltip: 'The fine-tuning is done: look at the report.' };
  }
}

function textOf({ done, secondsLeft, validations }: TuningProgress): string {
  const parts = [`${Math.round(100 * done)}%`];
  const newest = validations.at(-1);
  if (newest !== undefined) parts.push(`recall@1 ${newest.figures.recallAt1.toFixed(2)}`);
  if (secondsLeft > 0) parts.push(timeLeft(secondsLeft));
  return parts.join(', ');
}

/** `about 3 min left`. */
export function timeLeft(seconds: number): string {
  return seconds < 90 ? `${Math.max(Math.round(seconds), 1)} s left` : `${Math.round(seconds / 60)} min left`;
}
